import { readFileSync } from 'node:fs';
import { pause } from './sample';

const SPAN_MS = 2_000;
const QUIET_SHARE = 0.85;

/** Idle and total time of all processors so far, in ticks. */
function readTicks(): { readonly idle: number; readonly total: number } {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const ticks = first.split(/\s+/).slice(1).map(Number);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { idle: idle + waiting, total: ticks.slice(0, 8).reduce((sum, each) => sum + each, 0) };
}

/** Waits until the machine has little else to do, for a minute at most; answers the idle share of the last two seconds. */
export async function untilQuiet(timeoutMs = 60_000): Promise<number> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const before = readTicks();
    await pause(SPAN_MS);
    const after = readTicks();
    const share = (after.idle - before.idle) / (after.total - before.total);
    if (share >= QUIET_SHARE || performance.now() > deadline) return share;
  }
}
