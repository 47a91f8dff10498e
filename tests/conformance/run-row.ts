import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeAnswer, WatchEvent } from '@/testbed/kube-client';
import { findMismatches } from './match-value';
import type { RowCluster } from './open-clusters';
import type { Row, RowRequest, RowUser, SendStep, Step, StepAnswer, WatchStep } from './row';
import { createRowNamespace } from './row-namespace';
import { fillIn, saveFrom, type Variables } from './variables';

/** How one cluster told a row: what it answered, and where that was not what the row expects. */
export interface RowOutcome {
  readonly answers: readonly StepAnswer[];
  readonly mismatches: readonly string[];
}

interface Run {
  readonly cluster: RowCluster;
  readonly user: RowUser;
  readonly variables: Variables;
  readonly answers: StepAnswer[];
  readonly mismatches: string[];
}

const EVENTUAL_MS = 15_000;
const WATCH_MS = 15_000;
/** After the last expected event: time for one that should not come. */
const QUIET_MS = 120;
const COMPARED_HEADERS = ['content-type', 'warning', 'retry-after', 'location'];

/** Runs a row in a fresh namespace of the cluster and removes that afterwards; `given` are variables beside `{ns}`. */
export async function runRow(
  cluster: RowCluster,
  row: Row,
  namespace: string,
  given: Readonly<Record<string, string>> = {},
): Promise<RowOutcome> {
  const removeNamespace = await createRowNamespace(cluster, namespace, row.isTeamNamespace ?? false);
  const variables: Variables = new Map([...Object.entries(given), ['ns', namespace]]);
  const run: Run = { cluster, user: row.user ?? 'admin', variables, answers: [], mismatches: [] };
  try {
    for (const step of row.steps) {
      await runStep(run, step);
      // What follows would only tell of the same failure again.
      if (run.mismatches.length > 0) break;
    }
  } finally {
    if (!cluster.isThrownAway) await removeNamespace();
  }
  return run;
}

async function runStep(run: Run, step: Step): Promise<void> {
  if ('send' in step) return runSend(run, step);
  if ('watch' in step) return runWatch(run, step);
  if (run.cluster.compact === undefined) throw new Error(`Nobody can compact the ${run.cluster.name} cluster.`);
  await run.cluster.compact();
}

async function runSend(run: Run, step: SendStep): Promise<void> {
  const until = Date.now() + (step.isEventual ? EVENTUAL_MS : 0);
  const expected = fillIn(step.expect, run.variables);
  let answer = await send(run, step.send, step.as);
  let mismatches = findMismatches(expected, answer, answer.title);
  while (mismatches.length > 0 && Date.now() < until) {
    await sleep(100);
    answer = await send(run, step.send, step.as);
    mismatches = findMismatches(expected, answer, answer.title);
  }
  keep(run, step, answer, mismatches, !step.isOwnToCluster);
}

function keep(
  run: Run,
  step: SendStep | WatchStep,
  answer: StepAnswer,
  mismatches: string[],
  isCompared: boolean,
): void {
  if (isCompared) run.answers.push(answer);
  run.mismatches.push(...mismatches.map((text) => `${run.cluster.name}: ${text}`));
  if (mismatches.length === 0) saveFrom(answer, step.save ?? {}, run.variables);
}

async function send(run: Run, request: RowRequest, user = run.user): Promise<StepAnswer> {
  const { method = 'GET', ...rest } = fillIn(request, run.variables);
  return toStepAnswer(`${method} ${rest.path}`, await run.cluster.client(user).request({ method, ...rest }));
}

function toStepAnswer(title: string, { status, headers, body }: KubeAnswer): StepAnswer {
  const compared = COMPARED_HEADERS.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, String(headers[name])]],
  );
  return { title, status, headers: Object.fromEntries(compared), body };
}

async function runWatch(run: Run, step: WatchStep): Promise<void> {
  const { path, ...request } = fillIn(step.watch, run.variables);
  const title = `WATCH ${path}`;
  const stop = new AbortController();
  const client = run.cluster.client(step.as ?? run.user);
  const opened = await client.openWatch({ path, ...request, signal: stop.signal });
  const expected = fillIn({ status: 200, ...step.expect }, run.variables);
  if (!opened.isOpen) {
    const refusal = toStepAnswer(title, opened.refusal);
    keep(run, step, refusal, findMismatches(expected, refusal, title), true);
    return;
  }
  const events: unknown[] = [];
  let hasEnded = false;
  const reading = (async () => {
    for await (const event of opened.events) if (step.hasBookmarks || !isPlainBookmark(event)) events.push(event);
  })()
    .catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    })
    .finally(() => {
      hasEnded = true;
    });
  await waitUntil(() => events.length >= (step.after ?? 0) || hasEnded);
  for (const one of step.meanwhile ?? []) await runSend(run, one);
  const { until } = step;
  await waitUntil(() => hasEnded || (until !== 'end' && events.length >= until));
  if (until !== 'end') await sleep(QUIET_MS);
  const wasOpen = !hasEnded;
  stop.abort();
  await reading;
  const type = opened.headers['content-type'];
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const answer = { title, status: 200, headers, events };
  const mismatches = findMismatches(expected, answer, title);
  if (until === 'end' && wasOpen) mismatches.push(`${title}: the server should have ended the watch`);
  keep(run, step, answer, mismatches, true);
}

/** A bookmark that does not tell that the initial events are over. */
function isPlainBookmark({ type, object }: WatchEvent): boolean {
  return type === 'BOOKMARK' && !JSON.stringify(object).includes('k8s.io/initial-events-end');
}

async function waitUntil(isDone: () => boolean): Promise<void> {
  const end = Date.now() + WATCH_MS;
  while (!isDone() && Date.now() < end) await sleep(10);
}
