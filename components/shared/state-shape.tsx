import { STATE_COLOR, type StateName } from './state-names';

const SHAPES: Readonly<Record<StateName, React.ReactNode>> = {
  injected: <rect x="1" y="1" width="10" height="10" rx="2" fill="currentColor" />,
  outdated: (
    <g stroke="currentColor" fill="none">
      <rect x="1.6" y="1.6" width="8.8" height="8.8" rx="1.6" strokeWidth="1.2" />
      <path d="M1.8 6 6 1.8M2.2 9.8 9.8 2.2M6 10.2 10.2 6" strokeWidth="1.5" />
    </g>
  ),
  'not-injected': (
    <rect x="1.75" y="1.75" width="8.5" height="8.5" rx="1.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
  ),
  ambient: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  planned: (
    <rect
      x="1.75"
      y="1.75"
      width="8.5"
      height="8.5"
      rx="1.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="2.6 1.7"
    />
  ),
  unknown: (
    <g fill="currentColor">
      <circle cx="2.2" cy="6" r="1.3" />
      <circle cx="6" cy="6" r="1.3" />
      <circle cx="9.8" cy="6" r="1.3" />
    </g>
  ),
  missing: <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />,
  refused: <path d="M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7Z" fill="currentColor" />,
};

/** The shape of a state alone, for places where its word stands near. Inside an SVG it is a nested drawing. */
export function StateShape({ state, size = 12 }: { readonly state: StateName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 12 12"
      width={size}
      height={size}
      aria-hidden="true"
      className="shrink-0"
      style={{ color: STATE_COLOR[state] }}
    >
      {SHAPES[state]}
    </svg>
  );
}
