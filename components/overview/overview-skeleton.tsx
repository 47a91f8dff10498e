import { SkeletonLine } from '@/components/shared/skeleton';

const fill = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The overview before its figures arrive. */
export function OverviewSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-8">
      <div className="grid grid-cols-2 border-y border-line sm:grid-cols-3 lg:grid-cols-5">
        {fill(5).map((each) => (
          <div key={each} className="flex h-21.25 flex-col justify-center gap-3">
            <SkeletonLine className="h-6! w-14" />
            <SkeletonLine className="w-28" />
          </div>
        ))}
      </div>
      <div className="flex flex-col gap-3">
        <SkeletonLine className="w-40" />
        <SkeletonLine className="h-3! w-full" />
        <SkeletonLine className="w-2/3" />
      </div>
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        {[5, 6].map((rows) => (
          <div key={rows} className="flex flex-col gap-6">
            <SkeletonLine className="w-32" />
            {fill(rows).map((row) => (
              <div key={row} className="flex flex-col gap-2.5">
                <SkeletonLine className="w-1/2" />
                <SkeletonLine className="w-5/6" />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
