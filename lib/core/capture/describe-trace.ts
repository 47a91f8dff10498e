import type { Phrase } from '@/lib/core/phrase';
import type { CaptureEnd } from './capture-ends';
import type { MapFlowStep } from './capture-map';
import { LOOPBACK_EDGE, pathEdge, STATION, stationOf } from './lay-out-stations';
import { jumpEdge } from './route-edges';
import type { HookName } from './rule-types';
import type { Trace, TraceOutcome } from './trace-packet';

/** A step before its flow numbers it. */
export type StoryStep = Omit<MapFlowStep, 'id'>;

/**
 * Tells a trace as steps of the capture map: how it starts, each rule that matched, how it ends.
 *
 * Input: `opening` says who sends; `sender` is the process that does, for packets that start in the pod.
 * Output: each step with the parts of the picture that belong to it.
 */
export function describeTrace(
  trace: Trace,
  direction: 'in' | 'out',
  opening: Phrase,
  ends: readonly CaptureEnd[],
  sender?: string,
): readonly StoryStep[] {
  let at: string = direction === 'in' ? STATION.in : STATION.process;
  const steps: StoryStep[] = [{ ids: [at, ...(sender === undefined ? [] : [sender])], says: opening }];
  let pending: string[] = [];
  for (const hook of trace.hooks) {
    pending.push(...pathTo(at, hook), stationOf(hook));
    at = stationOf(hook);
    let isFirstOfTable = '';
    for (const { rule } of trace.steps.filter((step) => step.hook === hook)) {
      const cardId = `${rule.table}/${rule.chain}`;
      const entry = rule.chain === hook && isFirstOfTable !== rule.table ? [`hook/${cardId}`] : [];
      isFirstOfTable = rule.table;
      steps.push({
        ids: [...pending, ...entry, cardId, rule.id, jumpEdge(rule.id)],
        chain: rule.chain,
        says: rule.meaning,
      });
      pending = [];
    }
  }
  return [...steps, describeOutcome(trace.outcome, at, pending, ends)];
}

/** The lines between one stop and the next hook; back into the pod they go over `lo`. */
function pathTo(at: string, hook: HookName): readonly string[] {
  const to = stationOf(hook);
  if (hook === 'PREROUTING') return at === STATION.in ? [pathEdge(at, to)] : [LOOPBACK_EDGE];
  if (hook === 'INPUT') return [pathEdge(at, STATION.routing), STATION.routing, pathEdge(STATION.routing, to)];
  return [pathEdge(at, to)];
}

function describeOutcome(
  outcome: TraceOutcome,
  at: string,
  pending: readonly string[],
  ends: readonly CaptureEnd[],
): StoryStep {
  switch (outcome.kind) {
    case 'delivered': {
      const end = ends.find((one) => one.ports.some((port) => port.port === outcome.port));
      const arrived = [...pending, pathEdge(at, STATION.process), STATION.process];
      if (end === undefined)
        return { ids: arrived, says: { code: 'capture.step.delivered', values: { port: outcome.port } } };
      const says = { code: 'capture.step.received', values: { name: end.name, port: outcome.port } };
      return { ids: [...arrived, end.id, `${end.id}/${outcome.port}`], says };
    }
    case 'leaves':
      return { ids: [...pending, pathEdge(at, STATION.out), STATION.out], says: { code: 'capture.step.leaves' } };
    case 'forwarded':
      return { ids: pending, says: { code: 'capture.step.forwarded' } };
    case 'dropped':
      return { ids: pending, says: { code: 'capture.step.dropped' } };
    case 'unknown':
      return {
        ids: [...pending, outcome.rule.id],
        says: { code: 'capture.step.unknown', values: { rule: outcome.rule.text } },
      };
  }
}
