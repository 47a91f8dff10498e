import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALLOWED_DIFFERENCES } from './allowed-differences.data';
import { describeDifference, findDifferences } from './compare-answers';
import { createNormaliser } from './normalise-answer';
import { openDemoCluster, openRealCluster, type RowCluster } from './open-clusters';
import type { Row } from './row';
import { ROWS } from './rows.data';
import { type RowOutcome, runRow } from './run-row';
import { startWebhookServer, type WebhookServer } from './webhook-server';

const START_MS = 180_000;
const ROW_MS = 60_000;
const MOST_DIFFERENCES = 10;
/** Rows that make the whole cluster forget its history: nothing else may run beside them. */
const ALONE = new Set(['expiry']);

const started: RowCluster[] = [];
let webhooks: WebhookServer | undefined;
beforeAll(async () => {
  webhooks = await startWebhookServer();
  const real = await openRealCluster();
  if (real !== undefined) started.push(real);
  started.push(await openDemoCluster());
}, START_MS);
afterAll(async () => {
  for (const cluster of started) await cluster.stop();
  await webhooks?.stop();
}, START_MS);

const runId = Date.now().toString(36).slice(-5);
const seenDifferences = new Set<string>();
let count = 0;

async function tellRow(row: Row): Promise<void> {
  count += 1;
  const namespace = `row-${runId}-${String(count).padStart(3, '0')}`;
  const outcomes = await Promise.all(started.map((cluster) => runRow(cluster, row, namespace, webhooks?.variables)));
  expect(outcomes.flatMap(({ mismatches }) => mismatches)).toEqual([]);
  const [real, demo] = outcomes;
  if (real !== undefined && demo !== undefined) expect(unexplained(row, demo, real)).toEqual([]);
}

function unexplained(row: Row, demo: RowOutcome, real: RowOutcome): string[] {
  const [ofDemo, ofReal] = [demo, real].map(({ answers }) => {
    const normalise = createNormaliser();
    return answers.map((answer) => normalise(answer));
  });
  const allowed = ALLOWED_DIFFERENCES.filter(({ rows }) => rows.test(row.name));
  return (ofReal ?? [])
    .flatMap((answer, at) => findDifferences(ofDemo?.[at], answer, `${at + 1}`))
    .filter((difference) => {
      const cover = allowed.find((one) => one.covers(difference));
      if (cover !== undefined) seenDifferences.add(cover.what);
      return cover === undefined;
    })
    .map(describeDifference);
}

describe.each(Object.entries(ROWS))('%s', (subject, rows) => {
  const test = ALONE.has(subject) ? it : it.concurrent;
  test.each(rows)('$name', { timeout: ROW_MS }, tellRow);
});

describe('the table', () => {
  const names = Object.values(ROWS).flatMap((rows) => rows.map(({ name }) => name));

  it('names every row once', () => {
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('allows few differences, all of which show', () => {
    expect(ALLOWED_DIFFERENCES.length).toBeLessThanOrEqual(MOST_DIFFERENCES);
    if (started.length > 1) {
      expect(ALLOWED_DIFFERENCES.map(({ what }) => what).filter((what) => !seenDifferences.has(what))).toEqual([]);
    }
  });
});
