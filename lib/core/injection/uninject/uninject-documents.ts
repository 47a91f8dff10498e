import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import { toYaml } from '@/lib/core/injection/engine/inject-documents';
import { isObject, type JsonObject, type JsonValue, listAt } from '@/lib/core/injection/engine/json-types';
import { parseKubeYaml } from '@/lib/core/injection/engine/kube-yaml';
import { splitDocuments } from '@/lib/core/injection/engine/split-documents';
import { type WorkloadKind, workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { isYamlMap, type YamlValue } from '@/lib/core/injection/engine/yaml-value';
import type { InjectionEngine } from '@/lib/core/injection/open-injector';
import { readMarks } from './read-marks';
import { type ReinjectTarget, toReinject } from './reinject';
import { isFromCluster, stripClusterParts, toManifest } from './strip-cluster-parts';
import { uninjectPod } from './uninject-pod';
import { uninjectWithInjector, type VerifiedPod } from './uninject-with-injector';
import { type PodPlace, podAt, podPlaces, withPodAt } from './uninject-workload';

/** The configuration that files were injected by, where it is known. */
export interface KnownInjector {
  readonly injector: Injector;
  readonly engine: InjectionEngine;
}

/** What became of one object of a file. */
export interface UninjectOutcome {
  /** Of its document, counted from 1, and the line at which that begins. */
  readonly number: number;
  readonly line: number;
  readonly objectKind: string;
  readonly name: string;
  readonly namespace: string;
  /** `passed`: no object that injection knows, or one that was not injected; it is written as it was. */
  readonly kind: 'uninjected' | 'passed' | 'refused';
  /** Of what was un-injected. */
  readonly result?: VerifiedPod;
  readonly object?: JsonObject;
  /** Why it cannot be read. */
  readonly fault?: string;
}

export interface UninjectedDocuments {
  readonly outcomes: readonly UninjectOutcome[];
  readonly output: string;
}

/**
 * Takes the injection out of every workload of a file.
 *
 * Input: YAML or JSON, any number of documents, lists too; the injectors that may have done it, the likeliest first.
 * Output: documents in which nothing was injected come back byte for byte, the others as the typed object is written.
 * Objects that came from a cluster lose what the API server keeps for itself, so that they can be applied again.
 * Never throws; a document that cannot be read is `refused` and not in the output.
 */
export function uninjectDocuments(text: string, known: readonly KnownInjector[] = []): UninjectedDocuments {
  const split = splitDocuments(text);
  const lines = text.split(/(?<=\n)/);
  const done = split.documents.map((document, index) => uninjectDocument(document, index + 1, known));
  const outcomes = done.flatMap((each) => each.outcomes);
  if (split.fault !== undefined) {
    const { line, message } = split.fault;
    outcomes.push({ ...NAMELESS, number: done.length + 1, line, kind: 'refused', fault: message });
  }
  const output = split.documents.map(({ line, text: document }, index) => {
    const from = line - 1;
    const to = from + document.split('\n').length - 1;
    const next = split.documents[index + 1]?.line;
    const between = lines.slice(to, next === undefined ? lines.length : next - 1).join('');
    const made = done[index]?.output;
    return `${made ?? lines.slice(from, to).join('')}${between}`;
  });
  return { outcomes, output: outcomes.some(({ kind }) => kind === 'uninjected') ? output.join('') : text };
}

const NAMELESS = { objectKind: '', name: '', namespace: '' };

interface Place {
  readonly number: number;
  readonly line: number;
}

function uninjectDocument(
  { text, line }: { readonly text: string; readonly line: number },
  number: number,
  known: readonly KnownInjector[],
): { readonly outcomes: readonly UninjectOutcome[]; readonly output?: string } {
  const parsed = parseKubeYaml(text);
  if (!parsed.ok) {
    const at = line + (parsed.fault.line ?? 1) - 1;
    return { outcomes: [{ ...NAMELESS, number, line: at, kind: 'refused', fault: parsed.fault.message }] };
  }
  const outcomes: UninjectOutcome[] = [];
  const object = uninjectObject(parsed.value, { number, line }, known, outcomes);
  return { outcomes, ...(object === undefined ? {} : { output: toYaml(object) }) };
}

/** Undefined for what stays as it was. */
function uninjectObject(
  value: YamlValue,
  place: Place,
  known: readonly KnownInjector[],
  outcomes: UninjectOutcome[],
): JsonObject | undefined {
  const head = headOf(value);
  if (head.objectKind.endsWith('List')) return uninjectList(value, place, known, outcomes);
  const kind = workloadKind(head.objectKind);
  if (kind === undefined) {
    outcomes.push({ ...place, ...head, kind: 'passed' });
    return undefined;
  }
  const decoded = decodeKube(kind.struct, value, { isLoose: true });
  if (!decoded.ok) {
    outcomes.push({ ...place, ...head, kind: 'refused', fault: decoded.faults[0].text });
    return undefined;
  }
  const done = uninjectWorkload(kind, decoded.value, known);
  if (done === undefined) {
    outcomes.push({ ...place, ...head, kind: 'passed' });
    return undefined;
  }
  outcomes.push({ ...place, ...head, kind: 'uninjected', ...done });
  return done.object;
}

function uninjectList(
  value: YamlValue,
  place: Place,
  known: readonly KnownInjector[],
  outcomes: UninjectOutcome[],
): JsonObject | undefined {
  const decoded = decodeKube('List', value, { isLoose: true });
  if (!decoded.ok) {
    outcomes.push({ ...place, ...headOf(value), kind: 'refused', fault: decoded.faults[0].text });
    return undefined;
  }
  let isTouched = false;
  const asTyped = typedItems(decoded.value);
  const items = listAt(decoded.value, 'items').map((item): JsonValue => {
    const made = uninjectObject(asTyped(item), place, known, outcomes);
    isTouched ||= made !== undefined;
    return made ?? item;
  });
  return isTouched ? { ...decoded.value, items } : undefined;
}

/** The API server's own lists say once of what kind and version all items are. */
function typedItems({ kind, apiVersion }: JsonObject): (item: JsonValue) => JsonValue {
  const [, itemKind] = /^(.+)List$/.exec(typeof kind === 'string' ? kind : '') ?? [];
  return (item) =>
    itemKind === undefined || !isObject(item) || item.kind !== undefined
      ? item
      : { kind: itemKind, ...(apiVersion === undefined ? {} : { apiVersion }), ...item };
}

/**
 * Takes the injection out of one object.
 *
 * Output: undefined where there is none in it.
 */
export function uninjectWorkload(
  kind: WorkloadKind,
  object: JsonObject,
  known: readonly KnownInjector[] = [],
): { readonly result: VerifiedPod; readonly object: JsonObject } | undefined {
  const place = findPlace(kind, object);
  if (place === undefined) return undefined;
  const pod = podAt(object, place);
  const result = prove(pod, { kind, object, place }, known);
  if (!result.isInjected) return undefined;
  if (!isFromCluster(object)) return { result, object: withPodAt(object, place, result.pod) };
  const stripped = kind.kind === 'Pod' ? stripClusterParts(result.pod) : result.pod;
  return { result, object: toManifest(withPodAt(object, place, { ...result.pod, ...stripped })) };
}

/** By the first injector that gives the pod again, else by the first; by the pod alone where none is known. */
function prove(pod: JsonObject, at: Omit<ReinjectTarget, 'engine'>, known: readonly KnownInjector[]): VerifiedPod {
  let first: VerifiedPod | undefined;
  for (const { injector, engine } of known) {
    if (!isPlaceOf(engine, at)) continue;
    const result = uninjectWithInjector(pod, toReinject(injector, { ...at, engine }));
    if (result.verified === 'same') return result;
    first ??= result;
  }
  return first ?? { ...uninjectPod(pod), verified: 'none', differences: [] };
}

/** kube-inject looks for a CronJob's metadata elsewhere than the webhook, which sees the pod itself. */
function isPlaceOf(engine: InjectionEngine, { kind, place }: Omit<ReinjectTarget, 'engine'>): boolean {
  const [own] = podPlaces(kind);
  const wanted = engine === 'webhook' ? own?.metadata : kind.metadata;
  return wanted?.join('.') === place.metadata.join('.');
}

/** A CronJob that kube-inject wrote has the marks one level above its pod's metadata. */
function findPlace(kind: WorkloadKind, object: JsonObject): PodPlace | undefined {
  const marked = podPlaces(kind).flatMap((place) => {
    const marks = readMarks(podAt(object, place));
    return marks === undefined ? [] : [{ place, isDeduced: marks.isDeduced }];
  });
  return (marked.find(({ isDeduced }) => !isDeduced) ?? marked[0])?.place;
}

function headOf(value: YamlValue): typeof NAMELESS {
  const textOf = (field: YamlValue | undefined) => (typeof field === 'string' ? field : '');
  const map = isYamlMap(value) ? value : {};
  const metadata = isYamlMap(map.metadata) ? map.metadata : {};
  return { objectKind: textOf(map.kind), name: textOf(metadata.name), namespace: textOf(metadata.namespace) };
}
