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
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};
const BINARY = ['Pi', 'Ti', 'Gi', 'Mi', 'Ki'];

/** A Kubernetes quantity in thousandths of its unit; 0 when it is missing or not one. */
export function toMilli(quantity: unknown): number {
  if (typeof quantity === 'number') return quantity * 1_000;
  const match = /^([+-]?[\d.]+)([a-zA-Z]*)$/.exec(typeof quantity === 'string' ? quantity : '');
  const factor = SUFFIXES[match?.[2] ?? ''];
  return match === null || factor === undefined ? 0 : Math.ceil(Number(match[1]) * factor * 1_000);
}

/** The quantity of a resource as Kubernetes writes it: `4040m`, `6`, `1Gi`. */
export function fromMilli(resource: string, milli: number): string {
  if (milli % 1_000 !== 0) return `${milli}m`;
  const value = milli / 1_000;
  if (!resource.endsWith('memory') || value === 0) return String(value);
  const suffix = BINARY.find((candidate) => value % (SUFFIXES[candidate] ?? 1) === 0);
  return suffix === undefined ? String(value) : `${value / (SUFFIXES[suffix] ?? 1)}${suffix}`;
}
