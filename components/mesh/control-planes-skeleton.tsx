import { SkeletonLine } from '@/components/shared/skeleton';

/** The picture and the tables before their facts arrive. */
export function ControlPlanesSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-8 pt-2">
      <SkeletonLine className="h-64! w-full rounded-md!" />
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        {[0, 1].map((column) => (
          <div key={column} className="flex flex-col gap-4">
            {['w-32', 'w-3/4', 'w-1/2', 'w-2/3', 'w-32', 'w-3/4', 'w-1/2'].map((width, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines are fixed and keep their order.
              <SkeletonLine key={line} className={width} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
