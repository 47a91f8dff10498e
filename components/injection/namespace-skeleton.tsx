import { SkeletonLine } from '@/components/shared/skeleton';
import { TableSkeleton } from '@/components/shared/table-skeleton';
import { useWorkloadColumns } from './use-workload-columns';

/** A namespace before its answer: the list, then the truth table. */
export function NamespaceSkeleton() {
  const columns = useWorkloadColumns();
  return (
    <div aria-hidden="true" className="flex flex-col gap-3 pt-3">
      <SkeletonLine className="mb-2 w-24" />
      <SkeletonLine className="mb-1 h-7! w-60" />
      <TableSkeleton columns={columns} rowCount={6} minWidth={760} />
      <SkeletonLine className="mt-6 w-72" />
      <SkeletonLine className="w-1/2" />
      <SkeletonLine className="h-64! w-full" />
    </div>
  );
}
