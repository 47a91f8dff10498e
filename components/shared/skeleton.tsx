/** A grey line where text will stand. It shows after 200 ms, so a quick answer never flickers. */
export function SkeletonLine({ className = 'w-32' }: { readonly className?: string }) {
  return <span aria-hidden="true" className={`skeleton block h-2.5 rounded-sm bg-line ${className}`} />;
}

/** Lines of prose that are on their way. */
export function SkeletonLines({ count = 3 }: { readonly count?: number }) {
  const widths = ['w-2/3', 'w-1/2', 'w-3/5', 'w-2/5'];
  return (
    <div className="flex flex-col gap-3 py-2">
      {Array.from({ length: count }, (_, line) => line).map((line) => (
        <SkeletonLine key={line} className={widths[line % widths.length] ?? 'w-1/2'} />
      ))}
    </div>
  );
}
