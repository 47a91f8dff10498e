import type { AnatomyLine } from './route-lines';

const ARROW = { right: 'M-6-4 0 0-6 4Z', left: 'M6-4 0 0 6 4Z', down: 'M-4-6 0 0 4-6Z', none: '' } as const;

interface AnatomyLinesProps {
  readonly lines: readonly AnatomyLine[];
  readonly lit: ReadonlySet<string>;
}

/** The ways through the picture, behind its boxes; the same is said in each part's details. */
export function AnatomyLines({ lines, lit }: AnatomyLinesProps) {
  return (
    <svg className="anatomy-lines" aria-hidden="true">
      {lines.map(({ id, path, tip, joins, kind, isQuiet, label }) => {
        const isLit = lit.size > 0 && joins.every((key) => lit.has(key));
        if (isQuiet && !isLit) return null;
        const light = lit.size === 0 ? undefined : isLit ? 'on' : 'off';
        return (
          <g key={id} className="anatomy-line" data-kind={kind} data-light={light}>
            <path d={path} />
            <path className="anatomy-tip" transform={`translate(${tip.x} ${tip.y})`} d={ARROW[tip.points]} />
            {label !== undefined && (
              <text x={tip.x - 8} y={tip.y - 17} textAnchor="end">
                {label}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
