const COLORS = { plain: 'var(--edge)', lit: 'var(--accent)', broken: 'var(--state-refused)' } as const;

/** The arrow heads of the edges. */
export function EdgeMarkers() {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      <defs>
        {Object.entries(COLORS).map(([kind, color]) => (
          <marker
            key={kind}
            id={`graph-arrow-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 .8 7.5 4 0 7.2Z" fill={color} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
