import type { ChainEnd } from './apply-target';
import type { Packet, PodNetwork } from './packet';
import { isRoutedLocally, redirectAddress, withInterfaces } from './route-packet';
import {
  BUILT_IN_CHAINS,
  findChain,
  HOOK_TABLES,
  type HookName,
  type Rule,
  type RuleSet,
  type TableName,
} from './rule-types';
import type { TableVisit, Trace, TraceOutcome, TraceStep } from './trace-types';
import { handoverPort, type RuleTest, walkChain } from './walk-chain';

export type { Trace, TraceOutcome } from './trace-types';

/** Where a hook leaves the packet: the walk goes on, or it is over. */
interface State {
  readonly packet: Packet;
  readonly by?: Rule;
  readonly isHandedOver?: boolean;
  readonly over?: TraceOutcome;
}

interface Tracer {
  readonly ruleSets: readonly RuleSet[];
  readonly pod: PodNetwork;
  readonly hooks: HookName[];
  readonly steps: TraceStep[];
  readonly visits: TableVisit[];
  readonly keepsVisits: boolean;
  readonly translatedSource: TranslatedSource | undefined;
  zone?: number;
  isLooped: boolean;
}

interface TraceOptions {
  /** Keep every rule that was asked, not only those that matched. */
  readonly keepsVisits?: boolean;
  /** An answer of a translated connection: the source that its sender sees, set when it has passed POSTROUTING. */
  readonly translatedSource?: TranslatedSource;
}

interface TranslatedSource {
  readonly address: string;
  readonly port: number;
}

/**
 * Follows a packet through the rules.
 *
 * Input: `in` for a packet that arrives on an interface, `out` for one that a process of the pod sends; interfaces are
 * worked out here unless given. Several rule sets are those of several backends, all of which the kernel runs.
 * Output: hooks and matching rules in order and the end. Nat rules run for the first packet of a connection only.
 * Never throws.
 * Source: Linux, net/netfilter; observed on Linux 6.18.
 */
export function tracePacket(
  rules: RuleSet | readonly RuleSet[],
  packet: Packet,
  direction: 'in' | 'out',
  pod: PodNetwork,
  { keepsVisits = false, translatedSource }: TraceOptions = {},
): Trace {
  const ruleSets: readonly RuleSet[] = 'tables' in rules ? [rules] : rules;
  const tracer: Tracer = {
    ruleSets,
    pod,
    hooks: [],
    steps: [],
    visits: [],
    keepsVisits,
    translatedSource,
    isLooped: false,
  };
  const start: State = { packet: withInterfaces(packet, direction, pod) };
  const end = direction === 'in' ? receive(tracer, start) : send(tracer, start);
  const { hooks, steps, visits, zone, isLooped } = tracer;
  const isMoved = end.by !== undefined;
  return {
    hooks,
    steps,
    visits,
    outcome: end.over ?? deliver(end),
    packet: end.packet,
    isLooped,
    ...(isMoved ? { originalDestination: { address: packet.destination, port: packet.destinationPort } } : {}),
    ...(zone === undefined ? {} : { zone }),
  };
}

function receive(tracer: Tracer, start: State): State {
  const routed = runHook(tracer, start, 'PREROUTING', 'ask');
  if (routed.over !== undefined) return routed;
  const isLocal = routed.isHandedOver === true || isRoutedLocally(routed.packet, tracer.pod);
  if (isLocal) return runHook(tracer, routed, 'INPUT', 'ask');
  const packet = { ...routed.packet, outInterface: tracer.pod.interfaceName };
  const forwarded = runHook(tracer, { ...routed, packet }, 'FORWARD', 'ask');
  const left = runHook(tracer, forwarded, 'POSTROUTING', 'ask');
  return left.over === undefined ? { ...left, over: { kind: 'forwarded' } } : left;
}

function send(tracer: Tracer, start: State): State {
  const { pod } = tracer;
  const sent = runHook(tracer, start, 'OUTPUT', 'ask');
  if (sent.over !== undefined) return sent;
  const isLocal = isRoutedLocally(sent.packet, pod);
  const outInterface = isLocal
    ? 'lo'
    : sent.packet.outInterface === 'lo'
      ? pod.interfaceName
      : sent.packet.outInterface;
  const left = runHook(tracer, { ...sent, packet: { ...sent.packet, outInterface } }, 'POSTROUTING', 'ask');
  if (left.over !== undefined) return left;
  if (!isLocal) return { ...left, over: { kind: 'leaves', interfaceName: outInterface } };
  tracer.isLooped = true;
  // The socket stays behind, and the connection's translation is settled, so nat is not asked again on the way back in.
  const { owner: _sender, ...sentOn } = left.packet;
  const seen = tracer.translatedSource;
  const onTheWire = seen === undefined ? sentOn : { ...sentOn, source: seen.address, sourcePort: seen.port };
  const back = { ...left, packet: { ...onTheWire, inInterface: 'lo', outInterface: '' } };
  return runHook(tracer, runHook(tracer, back, 'PREROUTING', 'settled'), 'INPUT', 'settled');
}

function runHook(tracer: Tracer, start: State, hook: HookName, nat: 'ask' | 'settled'): State {
  if (start.over !== undefined) return start;
  tracer.hooks.push(hook);
  let state = start;
  for (const table of HOOK_TABLES[hook]) {
    for (const ruleSet of tracer.ruleSets) {
      const skipped = table === 'nat' ? skipReason(state.packet, nat) : undefined;
      state = runTable(tracer, ruleSet, state, hook, table, skipped);
      if (state.over !== undefined) return state;
      // Where two backends hold nat rules, the first that translates settles it.
      if (table === 'nat' && state.by !== start.by) break;
    }
  }
  return state;
}

function skipReason({ state }: Packet, nat: 'ask' | 'settled'): TableVisit['skipped'] {
  if (state !== 'NEW' && state !== 'RELATED') return 'not-new';
  return nat === 'settled' ? 'settled' : undefined;
}

function runTable(
  tracer: Tracer,
  ruleSet: RuleSet,
  state: State,
  hook: HookName,
  table: TableName,
  skipped: TableVisit['skipped'],
): State {
  const { pod, steps, visits, keepsVisits } = tracer;
  const isThere = BUILT_IN_CHAINS[table].includes(hook) && findChain(ruleSet, table, hook) !== undefined;
  const tests: RuleTest[] = [];
  if (keepsVisits && isThere) visits.push({ hook, table, tests, ...(skipped === undefined ? {} : { skipped }) });
  if (skipped !== undefined) return state;
  const walk = walkChain(ruleSet, table, hook, state.packet, pod, (test) => {
    if (keepsVisits) tests.push(test);
    if (test.answer === 'yes') steps.push({ hook, rule: test.rule });
  });
  // A packet that comes back over `lo` has its zone already.
  if (walk.zone !== undefined && !tracer.isLooped) tracer.zone ??= walk.zone;
  return applyEnd({ ...state, packet: walk.packet }, walk.end, hook, pod);
}

function applyEnd(state: State, end: ChainEnd, hook: HookName, pod: PodNetwork): State {
  const { packet } = state;
  switch (end.kind) {
    case 'accept':
      return state;
    case 'drop':
      return { ...state, over: { kind: 'dropped', ...(end.rule === undefined ? {} : { rule: end.rule }) } };
    case 'unknown':
      return { ...state, over: { kind: 'unknown', rule: end.rule, because: end.because } };
    case 'redirect': {
      const destination = redirectAddress(packet.destination, hook, pod);
      return { ...state, by: end.rule, packet: { ...packet, destination, destinationPort: end.port } };
    }
    case 'translate': {
      const destination = end.address ?? packet.destination;
      return {
        ...state,
        by: end.rule,
        packet: { ...packet, destination, destinationPort: end.port ?? packet.destinationPort },
      };
    }
    case 'tproxy':
      return { ...state, by: end.rule, isHandedOver: true, packet: end.packet };
  }
}

function deliver({ packet, by }: State): TraceOutcome {
  if (by === undefined) return { kind: 'delivered', port: packet.destinationPort };
  // TPROXY leaves the packet's port as it was; the socket that gets it listens on another.
  const port = by.target === 'TPROXY' ? handoverPort(by) : undefined;
  return { kind: 'delivered', port: port ?? packet.destinationPort, by };
}
