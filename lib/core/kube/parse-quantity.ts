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
const FORM = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;
const BINARY_STEPS = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;

/**
 * Parses a Kubernetes quantity, e.g. `100m`, `128Mi`, `1e3`.
 *
 * Output: cores or bytes as a number; undefined when it is absent or no quantity.
 * Source: Kubernetes, apimachinery/pkg/api/resource, ParseQuantity.
 */
export function parseQuantity(text: string | undefined): number | undefined {
  const [, digits, exponent, suffix] = FORM.exec((text ?? '').trim()) ?? [];
  if (digits === undefined) return undefined;
  if (exponent !== undefined) return Number(digits + exponent);
  const factor = SUFFIXES[suffix ?? ''];
  return factor === undefined ? undefined : Number(digits) * factor;
}

/** Cores as Kubernetes writes them: `300m`, `2`. */
export function formatCpu(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes with the largest binary suffix that keeps them whole, else rounded to Mi: `384Mi`, `2Gi`. */
export function formatMemory(bytes: number): string {
  if (bytes === 0) return '0';
  const whole = BINARY_STEPS.find((step) => bytes % (SUFFIXES[step] ?? 1) === 0);
  return whole === undefined ? `${Math.round(bytes / 2 ** 20)}Mi` : `${bytes / (SUFFIXES[whole] ?? 1)}${whole}`;
}
