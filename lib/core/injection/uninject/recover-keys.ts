import { type JsonObject, textsOf } from '@/lib/core/injection/engine/json-types';
import { SECURE_PORT_ANNOTATION } from '@/lib/core/injection/engine/prometheus-keys';
import { REVISION_LABEL, STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { OVERRIDES_ANNOTATION, REWRITE_PROBES_ANNOTATION } from '@/lib/core/pod/pod-names.data';
import { expectedAnnotation, expectedLabel } from './expected-keys';
import type { InjectionMarks } from './read-marks';
import { recoverCapture, recoverNetworks } from './recover-cni';
import { recoverScrape } from './recover-scrape';
import { NETWORK_LABEL, NETWORKS_ANNOTATION } from './template-traces.data';
import { type Recovered, toPart, type UninjectedPart } from './uninjected-pod';

type Texts = Readonly<Record<string, string>>;
type KeyMap = 'labels' | 'annotations';

/** What is known of one key: nothing where it is the author's without a doubt. */
interface KeyVerdict {
  readonly value?: string;
  readonly parts: readonly UninjectedPart[];
}

/**
 * Takes off the labels and annotations that injection brought, and puts those back that it replaced.
 *
 * Input: the pod's metadata; the author's containers, which a template's defaults go by.
 * Output: a key that a template sets only where it is missing is the author's when its value is another.
 */
export function recoverKeys(
  metadata: JsonObject,
  containers: readonly JsonObject[],
  marks: InjectionMarks,
): Recovered<JsonObject> {
  const labels = recoverMap(textsOf(metadata.labels), (key, value, all) =>
    judgeLabel(key, value, all, metadata, marks),
  );
  const plain = recoverMap(textsOf(metadata.annotations), (key, value) =>
    judgeAnnotation(key, value, containers, marks),
  );
  const scrape = recoverScrape(plain.value, marks);
  return {
    value: withMaps(metadata, labels.value, scrape.value),
    parts: [...labels.parts, ...plain.parts, ...scrape.parts],
  };
}

function recoverMap(texts: Texts, judge: (key: string, value: string, all: Texts) => KeyVerdict): Recovered<Texts> {
  const judged = Object.entries(texts).map(([key, value]) => ({ key, ...judge(key, value, texts) }));
  return {
    value: Object.fromEntries(judged.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value] as const]))),
    parts: judged.flatMap(({ parts }) => parts),
  };
}

function judgeLabel(key: string, value: string, all: Texts, metadata: JsonObject, marks: InjectionMarks): KeyVerdict {
  if (key === REVISION_LABEL) return judgeRevisionLabel(value, metadata, marks);
  if (key === NETWORK_LABEL) {
    if (marks.sent !== undefined) return judgeSent('labels', key, value, marks);
    const isSet = marks.env.get('ISTIO_META_NETWORK') === value;
    return isSet ? takenOff('labels', key, 'unknown', [value]) : kept(value);
  }
  const expected = expectedLabel(key, all, marks);
  return expected === undefined ? kept(value) : judgeDefault('labels', key, value, expected, marks);
}

/** Releases up to 1.17 wrote the revision into a label, later ones into an annotation. */
function judgeRevisionLabel(value: string, metadata: JsonObject, marks: InjectionMarks): KeyVerdict {
  if (marks.sent !== undefined) return judgeSent('labels', REVISION_LABEL, value, marks);
  const isAnnotated = textsOf(metadata.annotations)[REVISION_LABEL] !== undefined;
  const status = textsOf(metadata.annotations)[STATUS_ANNOTATION] ?? '';
  const isOld = !isAnnotated && (marks.templates.includes('gateway') || !status.includes('"revision"'));
  return isOld && !marks.isDeduced ? takenOff('labels', REVISION_LABEL, 'unknown', [value]) : kept(value);
}

function judgeAnnotation(
  key: string,
  value: string,
  containers: readonly JsonObject[],
  marks: InjectionMarks,
): KeyVerdict {
  if (key === STATUS_ANNOTATION || key === OVERRIDES_ANNOTATION) return judgeBookkeeping(key, marks);
  if (key === REVISION_LABEL) return judgeReplaced(key, value, marks);
  if (key === SECURE_PORT_ANNOTATION && marks.env.get('ENVOY_SECURE_MERGED_METRICS_PORT') === value) {
    return judgeSent('annotations', key, value, marks);
  }
  if (key === REWRITE_PROBES_ANNOTATION && value === 'false' && marks.templates.some((name) => /^grpc-/.test(name))) {
    return judgeReplaced(key, value, marks);
  }
  if (key === NETWORKS_ANNOTATION) return recoverNetworks(value);
  if (marks.hasCni) {
    const capture = recoverCapture(key, value, marks);
    if (capture !== undefined) return capture;
  }
  const expected = expectedAnnotation(key, containers);
  return expected === undefined ? kept(value) : judgeDefault('annotations', key, value, expected, marks);
}

function judgeBookkeeping(key: string, { sent }: InjectionMarks): KeyVerdict {
  if (sent?.has('metadata', 'annotations', key) === true) return valueReplaced(key);
  const path = `metadata.annotations[${key}]`;
  return { parts: [toPart({ path, fate: 'taken-off', certainty: 'recorded', code: 'bookkeeping', values: { key } })] };
}

/** Set whatever stood there: an author's own value is gone, and only the API server's bookkeeping tells that there was one. */
function judgeReplaced(key: string, value: string, marks: InjectionMarks): KeyVerdict {
  if (marks.sent?.has('metadata', 'annotations', key) === true) return { ...valueReplaced(key), value };
  return judgeSent('annotations', key, value, marks);
}

function valueReplaced(key: string): KeyVerdict {
  const path = `metadata.annotations[${key}]`;
  const values = { field: key };
  return { parts: [toPart({ path, fate: 'kept', certainty: 'unknown', code: 'sent-value-replaced', values })] };
}

function judgeDefault(
  map: KeyMap,
  key: string,
  value: string,
  expected: readonly string[],
  marks: InjectionMarks,
): KeyVerdict {
  if (marks.sent !== undefined) return judgeSent(map, key, value, marks);
  return expected.includes(value) ? takenOff(map, key, 'implied', [value]) : kept(value);
}

function judgeSent(map: KeyMap, key: string, value: string, { sent }: InjectionMarks): KeyVerdict {
  if (sent === undefined) return takenOff(map, key, 'implied');
  return sent.has('metadata', map, key) ? kept(value) : takenOff(map, key, 'recorded');
}

const kept = (value: string): KeyVerdict => ({ value, parts: [] });

function takenOff(
  map: KeyMap,
  key: string,
  certainty: 'recorded' | 'implied' | 'unknown',
  alternatives?: readonly string[],
): KeyVerdict {
  const part = { path: `metadata.${map}[${key}]`, fate: 'taken-off', certainty, code: 'template-key' } as const;
  return { parts: [toPart({ ...part, values: { key }, ...(alternatives === undefined ? {} : { alternatives }) })] };
}

function withMaps(metadata: JsonObject, labels: Texts, annotations: Texts): JsonObject {
  const { labels: _labels, annotations: _annotations, ...rest } = metadata;
  return {
    ...rest,
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}
