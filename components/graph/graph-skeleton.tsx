import { SkeletonLine } from '@/components/shared/skeleton';

const BOXES = [
  { id: 'left', rows: 3, columns: 2 },
  { id: 'right', rows: 5, columns: 3 },
];

/** The shape of a picture that is on its way. */
export function GraphSkeleton() {
  return (
    <div className="graph-stage items-center justify-center gap-12" aria-hidden="true">
      {BOXES.map(({ id, rows, columns }) => (
        <div
          key={id}
          className="skeleton grid gap-x-10 gap-y-4 rounded-md border border-line p-4"
          style={{ gridTemplateColumns: `repeat(${columns}, 7rem)` }}
        >
          {Array.from({ length: rows * columns }, (_, cell) => cell).map((cell) => (
            <div key={cell} className="flex h-10 items-center rounded-md border border-line px-3">
              <SkeletonLine className="w-full" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
