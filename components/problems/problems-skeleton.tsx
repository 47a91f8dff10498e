import { SkeletonLine } from '@/components/shared/skeleton';

/** Folded groups, as most are. */
export function ProblemsSkeleton() {
  return (
    <div className="border-t border-line">
      {['w-96', 'w-80', 'w-104', 'w-72', 'w-88'].map((width) => (
        <div key={width} className="flex h-11 items-center gap-3 border-b border-line">
          <SkeletonLine className="size-3" />
          <SkeletonLine className={`${width} max-w-full`} />
          <SkeletonLine className="ml-auto w-32" />
        </div>
      ))}
    </div>
  );
}
