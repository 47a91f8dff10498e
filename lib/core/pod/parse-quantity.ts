/** Multipliers of Kubernetes quantities. Source: Kubernetes, apimachinery, pkg/api/resource/suffix.go. */
const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A quantity such as `100m`, `1.5Gi` or `2e3` in its base unit (cores, bytes); undefined when it is none. */
export function parseQuantity(text: string | undefined): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]i?|Ki))?$/.exec(text ?? '');
  if (match === null) return undefined;
  const factor = SUFFIXES[match[3] ?? ''];
  return factor === undefined ? undefined : Number(`${match[1]}${match[2] ?? ''}`) * factor;
}

/** Cores as people write them: `100m`, `2`. */
export function formatCpu(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes in the largest binary unit that stays exact, or rounded to Mi. */
export function formatMemory(bytes: number): string {
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki'] as const) {
    const size = SUFFIXES[unit] ?? 1;
    if (Math.abs(bytes) >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return Math.abs(bytes) >= 2 ** 20 ? `${Math.round(bytes / 2 ** 20)}Mi` : String(Math.round(bytes));
}
