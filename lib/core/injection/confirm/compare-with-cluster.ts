import { dump } from 'js-yaml';
import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import { type Refusal, refusalPhrase } from '@/lib/core/injection/engine/injection-refusal';
import { isObject, type JsonObject, type JsonValue, objectAt } from '@/lib/core/injection/engine/json-types';
import { parseRefusal } from '@/lib/core/injection/parse-refusal';
import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { tellConfirm } from './confirm-phrases.data';
import type {
  ClusterAnswer,
  Confirmation,
  ConfirmDifference,
  ConfirmOutcome,
  EngineAnswer,
  SetAside,
} from './confirm-types';
import { type Difference, listDifferences } from './list-differences';
import { explainAddition } from './set-aside';

/**
 * Compares what the engine makes of a pod with what the API server made of the same pod in a dry run.
 *
 * Input: `sent` is the pod that both were given.
 * Output: what the API server fills in for every pod is set aside, each place with its reason; what is left differs.
 * Never throws.
 */
export function compareWithCluster(sent: JsonObject, engine: EngineAnswer, cluster: ClusterAnswer): Confirmation {
  if (cluster.kind === 'refused') return compareRefusals(engine, cluster.message);
  if (cluster.kind === 'failed') return tellFailure(engine, cluster.message);
  if (engine.kind === 'unusable') {
    const engineRefusals = [{ because: tellConfirm('unusable', { detail: engine.message }), text: engine.message }];
    return { outcome: 'no-engine', differences: [], setAside: [], engineRefusals };
  }
  if (engine.kind === 'refused') {
    return { outcome: 'engine-refuses', differences: [], setAside: [], engineRefusals: engine.reasons.map(toRefusal) };
  }
  const made = typed(engine.kind === 'injected' ? engine.pod : sent);
  const [start, came] = [typed(sent), typed(cluster.pod)];
  const { differences, setAside } = comparePods(start, made, came);
  const isInjected = STATUS_ANNOTATION in objectAt(objectAt(came, 'metadata'), 'annotations');
  if (engine.kind === 'injected' && !isInjected) {
    return { outcome: 'passed-open', ...comparePods(start, start, came), engineRefusals: [] };
  }
  return { outcome: judge(engine, differences), differences, setAside, engineRefusals: [] };
}

function judge({ kind }: EngineAnswer, differences: readonly ConfirmDifference[]): ConfirmOutcome {
  if (differences.some(({ part }) => part === 'injection')) return 'differs';
  // Where nothing is injected, everything is beside the injection, a sidecar that comes nevertheless too.
  if (kind !== 'injected') return differences.length === 0 ? 'same-untouched' : 'differs';
  return differences.length === 0 ? 'same' : 'same-injection';
}

function comparePods(sent: JsonObject, made: JsonObject, came: JsonObject) {
  const touched = listDifferences(sent, made).map(({ path }) => path);
  const differences: ConfirmDifference[] = [];
  const setAside: SetAside[] = [];
  for (const found of listDifferences(made, came)) {
    const because = explainAddition(found, made, came);
    if (because !== undefined) setAside.push({ path: found.path, value: toText(found.right) ?? '', because });
    else differences.push(toDifference(found, touched));
  }
  return { differences, setAside };
}

function toDifference({ path, kind, left, right }: Difference, touched: readonly string[]): ConfirmDifference {
  const [engine, cluster] = [toText(left), toText(right)];
  return {
    path,
    kind,
    ...(engine === undefined ? {} : { engine }),
    ...(cluster === undefined ? {} : { cluster }),
    part: touched.some((other) => isWithin(path, other) || isWithin(other, path)) ? 'injection' : 'beside',
  };
}

const isWithin = (path: string, other: string): boolean =>
  path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);

function compareRefusals(engine: EngineAnswer, message: string): Confirmation {
  const refusal = parseRefusal(message);
  const base = {
    differences: [],
    setAside: [],
    clusterRefusal: { because: refusal.because, message: refusal.message },
    engineRefusals: engine.kind === 'refused' ? engine.reasons.map(toRefusal) : [],
  };
  if (/does not support dry run/.test(message)) return { ...base, outcome: 'no-dry-run' };
  const isInjectors = refusal.cause.startsWith('injector-');
  if (isInjectors && engine.kind === 'refused') {
    const isSame = engine.reasons.some(({ text }) => sameWords(message).includes(sameWords(text)));
    return { ...base, outcome: isSame ? 'same-refusal' : 'differs' };
  }
  if (isInjectors) return { ...base, outcome: engine.kind === 'unusable' ? 'no-engine' : 'cluster-refuses' };
  const isCallFailure = refusal.cause.startsWith('webhook-') && refusal.cause !== 'webhook-denied';
  if (!isCallFailure) return { ...base, outcome: 'refused-beside' };
  return { ...base, outcome: refusal.concernsInjection === 'yes' ? 'unreachable' : 'cluster-fails' };
}

/** How applying a JSON patch ends. Source: evanphx/json-patch, the words of its errors. */
const UNFIT_PATCH = /operation does not apply|test failed|error in \w+ for path/;

function tellFailure(engine: EngineAnswer, message: string): Confirmation {
  return {
    outcome: 'cluster-fails',
    differences: [],
    setAside: [],
    clusterRefusal: { because: tellConfirm(UNFIT_PATCH.test(message) ? 'failed.patch' : 'failed.other'), message },
    engineRefusals: engine.kind === 'refused' ? engine.reasons.map(toRefusal) : [],
  };
}

/** Go's lists of errors indent and break lines as they please, and it lists the known templates in any order. */
function sameWords(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return words.replace(/(?<=not found; have ).*$/, (names) => names.split(', ').sort().join(', '));
}

function toRefusal(reason: Refusal) {
  return { because: refusalPhrase(reason), text: reason.text };
}

function typed(pod: JsonValue): JsonObject {
  const decoded = decodeKube('Pod', pod);
  const plain = isObject(pod) ? pod : {};
  return decoded.ok ? decoded.value : plain;
}

function toText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('\n');
  return isObject(value) || Array.isArray(value) ? dump(value, { lineWidth: -1 }).trimEnd() : String(value);
}
