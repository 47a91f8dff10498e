/** The mark: a pod with its sidecar. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold tracking-tight">
      <svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">
        <rect x="1" y="1" width="14" height="14" rx="3.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <rect
          x="11.5"
          y="4.5"
          width="9"
          height="7"
          rx="1.8"
          fill="var(--state-injected)"
          stroke="var(--panel)"
          strokeWidth="1.4"
        />
      </svg>
      <span>Sidelight</span>
    </span>
  );
}
