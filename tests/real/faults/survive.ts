import { expect } from 'vitest';
import type { FaultLab } from './fault-lab';
import { compareDashboard, compareSnapshot } from './fresh-list';
import type { Measurement } from './measurements';
import type { PageState } from './page-log';
import { measureUse } from './process-use';

const RECOVER_MS = 30_000;
const EQUAL_MS = 30_000;
/** Fewer would mean that nothing was compared. */
const LEAST_OBJECTS = 50;
const MOST_GROWTH = 0.2;
/** Sockets that may be kept for a next request. */
const IDLE_SOCKETS = 16;

/** When a fault began and ended; the fault itself says so. */
export class FaultClock {
  brokenAt = 0;
  mendedAt = 0;
  note = '';

  broken(): void {
    this.brokenAt = Date.now();
  }

  mended(): void {
    this.mendedAt = Date.now();
  }
}

export interface Trial {
  readonly fault: string;
  /** Breaks something, says when, and mends it. */
  readonly run: (clock: FaultClock) => Promise<void>;
  /** What the page has to say meanwhile; undefined where the fault leaves the snapshot current. */
  readonly says?: Required<Pick<PageState, 'problem'>>['problem'];
}

/**
 * Puts the dashboard through a fault, and checks what has to hold after any: the page said what was stale and since when,
 * the snapshot equals a fresh list, no request and no connection was left hanging, and memory did not grow.
 */
export async function survive(lab: FaultLab, { fault, run, says }: Trial): Promise<Measurement> {
  const { log, url, churn } = lab;
  const held = await measureUse(url);
  const changesBefore = churn.done();
  log.clear();
  const clock = new FaultClock();
  await run(clock);
  if (says === undefined) expect(log.events.filter(({ state }) => state.status !== 'live')).toEqual([]);
  else expectSaid(lab, clock, says);
  await expect.poll(() => isLive(lab), { timeout: RECOVER_MS, interval: 50 }).toBe(true);
  const recoveredAt = Math.max(clock.mendedAt, ...[log.events, log.answers].map((told) => told.at(-1)?.at ?? 0));

  churn.pause();
  await expect.poll(async () => (await compareSnapshot(lab.session)).differing, { timeout: EQUAL_MS }).toEqual([]);
  expect((await compareSnapshot(lab.session)).objects).toBeGreaterThan(LEAST_OBJECTS);
  const equal = async () => {
    const { shown, fresh } = await compareDashboard(url, lab.admin());
    return shown.filter((line) => !fresh.includes(line)).concat(fresh.filter((line) => !shown.includes(line)));
  };
  await expect.poll(equal, { timeout: EQUAL_MS, interval: 500 }).toEqual([]);
  churn.resume();

  const after = await measureUse(url);
  expect(log.failures).toEqual([]);
  expect([lab.gate.dead(), lab.sessionGate.dead()]).toEqual([0, 0]);
  expect(after.sockets).toBeLessThanOrEqual(held.sockets + IDLE_SOCKETS);
  expect(after.requests).toBeLessThanOrEqual(held.requests + 2);
  // A process that gave memory back meanwhile may take it again.
  const before = Math.max(held.residentBytes, lab.usedAtFirst.residentBytes);
  const growth = after.residentBytes / before - 1;
  expect(growth).toBeLessThan(MOST_GROWTH);
  const noticed = log.events.find(({ at, state }) => at >= clock.brokenAt && state.status === 'stale');
  return {
    fault,
    ...(noticed === undefined ? {} : { noticedMs: noticed.at - clock.brokenAt }),
    ...(says === undefined ? {} : { recoveredMs: recoveredAt - clock.mendedAt }),
    growth,
    changes: churn.done() - changesBefore,
    slowestAnswerMs: log.slowestMs,
    note: clock.note,
  };
}

function isLive({ log, session }: FaultLab): boolean {
  const told = [log.events, log.answers].map((list) => list.at(-1)?.state.status);
  return (
    told.every((status) => status === undefined || status === 'live') && session.store.connection().status === 'live'
  );
}

/** Both the event stream and the answers said that the data is old, since when, and why. */
function expectSaid({ log }: FaultLab, clock: FaultClock, problem: PageState['problem']): void {
  for (const told of [log.events, log.answers]) {
    const stale = told.filter(({ state }) => state.status === 'stale');
    expect(stale.map(({ state }) => state.problem)).toContain(problem);
    const since = Date.parse(stale[0]?.state.staleSince ?? '');
    expect(since).toBeGreaterThan(clock.brokenAt - 10_000);
    expect(since).toBeLessThanOrEqual(stale[0]?.at ?? 0);
  }
}
