/** What a series of timings comes to, in milliseconds. */
export interface Sample {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function toSample(timesMs: readonly number[]): Sample {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export function median(values: readonly number[]): number {
  return toSample(values).p50;
}

export const toMs = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;

export function sampleText({ count, p50, p95, p99, max }: Sample): string {
  return `p50 ${toMs(p50)}, p95 ${toMs(p95)}, p99 ${toMs(p99)}, max ${toMs(max)} (n=${count})`;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function untilTrue(
  question: () => Promise<boolean> | boolean,
  timeoutMs: number,
  everyMs = 25,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await question())) {
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${question}`);
    await pause(everyMs);
  }
}
