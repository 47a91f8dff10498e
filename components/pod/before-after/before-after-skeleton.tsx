import { SkeletonLine } from '@/components/shared/skeleton';

/** The two pods and the numbers, before they are known. */
export function BeforeAfterSkeleton({ label }: { readonly label: string }) {
  const box = 'h-80 rounded-[10px] border border-line bg-panel p-4';
  return (
    <div role="status" aria-label={label}>
      <SkeletonLine className="mb-4 w-96 max-w-full" />
      <div className="grid gap-10 min-[1200px]:grid-cols-[1fr_1.55fr]">
        <div className={`${box} max-[1199px]:hidden`}>
          <SkeletonLine className="w-40" />
        </div>
        <div className={box}>
          <SkeletonLine className="w-56" />
        </div>
      </div>
      <div className="mt-6 flex flex-wrap gap-8">
        {['a', 'b', 'c', 'd', 'e'].map((each) => (
          <SkeletonLine key={each} className="w-16" />
        ))}
      </div>
    </div>
  );
}
