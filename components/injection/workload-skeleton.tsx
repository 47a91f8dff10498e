import { SkeletonLine } from '@/components/shared/skeleton';

const fill = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A workload before its answer: a few pods, then the gates of the next one. */
export function WorkloadSkeleton() {
  return (
    <div aria-hidden="true">
      <SkeletonLine className="mt-1 mb-4 w-16" />
      <div className="table-frame">
        <div className="h-8 border-b border-line bg-sunk" />
        {fill(3).map((row) => (
          <div key={row} className="flex h-9 items-center gap-10 border-b border-line px-3 last:border-b-0">
            <SkeletonLine className="w-60 max-w-full" />
            <SkeletonLine className="w-80 max-md:hidden" />
          </div>
        ))}
      </div>
      <SkeletonLine className="mt-9 mb-5 w-56" />
      <div className="flex flex-col gap-5">
        {fill(8).map((row) => (
          <SkeletonLine key={row} className="w-96 max-w-full" />
        ))}
      </div>
    </div>
  );
}
