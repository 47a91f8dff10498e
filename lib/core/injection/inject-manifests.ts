import type { Phrase } from '@/lib/core/phrase';
import { explainDecision, type InjectionDecision } from './decide-injection';
import type { Injector } from './engine/create-injector';
import { toReasons } from './engine/decode-or-refuse';
import { decodeKube } from './engine/decode-struct';
import { toAdmittedPod } from './engine/inject-admission';
import { type DocumentsResult, toYaml } from './engine/inject-documents';
import type { InjectedStages } from './engine/inject-one';
import type { Refusal } from './engine/injection-refusal';
import { type JsonObject, type JsonValue, listAt } from './engine/json-types';
import { parseKubeYaml } from './engine/kube-yaml';
import { splitDocuments } from './engine/split-documents';
import { LIST_KIND, type WorkloadKind, workloadKind } from './engine/workload-kinds';
import { isYamlMap, type YamlValue } from './engine/yaml-value';
import { podOfWorkload, withPod } from './pod-of-workload';

export interface ManifestNamespace {
  /** For objects that name none. */
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What became of one object of a file. */
export type ManifestOutcome = ManifestPlace &
  (
    | {
        readonly kind: 'injected';
        readonly before: JsonObject;
        readonly after: JsonObject;
        readonly templates: readonly string[];
        readonly warnings: readonly Phrase[];
        /** How the pod came to be what it is; the first `MOST_EXPLAINED` have it. */
        readonly stages?: InjectedStages;
      }
    | { readonly kind: 'skipped'; readonly decision: InjectionDecision; readonly because: Phrase }
    | { readonly kind: 'refused'; readonly reasons: readonly Refusal[] }
    | { readonly kind: 'passed' }
  );

export interface ManifestPlace {
  /** Of the document in the file, counted from 1, and the line where it begins. */
  readonly number: number;
  readonly line: number;
  /** Of the object; empty where the document cannot be read that far. */
  readonly objectKind: string;
  readonly name: string;
  readonly namespace: string;
}

export interface ManifestsResult {
  readonly outcomes: readonly ManifestOutcome[];
  /** All documents, refused ones left out. */
  readonly output: string;
  readonly warnings: readonly string[];
}

const END = '---\n';
/** Beyond this an object is told by its outcome alone: a page does not draw a thousand pods. */
export const MOST_EXPLAINED = 50;

/**
 * Does with every workload of a file what the cluster's webhook would do with its pods, and puts the result into its template.
 *
 * Input: any number of YAML documents and Lists. Documents of other kinds pass through byte for byte.
 * Never throws.
 */
export function injectByWebhook(injector: Injector, text: string, namespace: ManifestNamespace): ManifestsResult {
  const split = splitDocuments(text);
  const outcomes: ManifestOutcome[] = [];
  const written = split.documents.map((document, index) => {
    const made = injectDocument(injector, { ...document, number: index + 1 }, namespace);
    outcomes.push(...made.outcomes);
    return made.output === undefined ? '' : `${made.output}${END}`;
  });
  if (split.fault !== undefined) {
    const { line, message } = split.fault;
    const place = { number: split.documents.length + 1, line, objectKind: '', name: '', namespace: '' };
    outcomes.push({ ...place, kind: 'refused', reasons: [notYaml(line, message)] });
  }
  return { outcomes, output: written.join(''), warnings: [] };
}

interface NumberedDocument {
  readonly text: string;
  readonly line: number;
  readonly number: number;
}

function injectDocument(injector: Injector, { text, line, number }: NumberedDocument, namespace: ManifestNamespace) {
  const parsed = parseKubeYaml(text);
  const place = { number, line };
  if (!parsed.ok) {
    const at = line + (parsed.fault.line ?? 1) - 1;
    const reasons = [notYaml(at, parsed.fault.message)];
    const outcome: ManifestOutcome = {
      ...place,
      line: at,
      objectKind: '',
      name: '',
      namespace: '',
      kind: 'refused',
      reasons,
    };
    return { outcomes: [outcome], output: undefined };
  }
  const outcomes: ManifestOutcome[] = [];
  const made = injectObject(injector, parsed.value, place, namespace, outcomes);
  if (made === 'refused') return { outcomes, output: undefined };
  return { outcomes, output: made === undefined ? text : toYaml(made) };
}

/** Undefined for what passes through. */
function injectObject(
  injector: Injector,
  object: YamlValue,
  place: Pick<ManifestPlace, 'number' | 'line'>,
  namespace: ManifestNamespace,
  outcomes: ManifestOutcome[],
): JsonObject | 'refused' | undefined {
  const full = { ...place, ...headOf(object) };
  if (full.objectKind === LIST_KIND) return injectList(injector, object, full, namespace, outcomes);
  const kind = workloadKind(full.objectKind);
  if (kind === undefined) {
    outcomes.push({ ...full, kind: 'passed' });
    return undefined;
  }
  const { outcome, output } = injectWorkload(injector, kind, object, full, namespace);
  outcomes.push(countInjected(outcomes) < MOST_EXPLAINED ? outcome : withoutStages(outcome));
  return outcome.kind === 'refused' ? 'refused' : output;
}

const countInjected = (outcomes: readonly ManifestOutcome[]): number =>
  outcomes.filter(({ kind }) => kind === 'injected').length;

/** The stages of a thousand pods are more than a thread can hold. */
function withoutStages(outcome: ManifestOutcome): ManifestOutcome {
  if (outcome.kind !== 'injected') return outcome;
  const { stages: _stages, ...rest } = outcome;
  return rest;
}

function injectList(
  injector: Injector,
  list: YamlValue,
  place: ManifestPlace,
  namespace: ManifestNamespace,
  outcomes: ManifestOutcome[],
): JsonObject | 'refused' {
  const decoded = decodeKube('List', list, { isLoose: true });
  if (!decoded.ok) {
    outcomes.push({ ...place, kind: 'refused', reasons: toReasons(decoded.faults) });
    return 'refused';
  }
  const { number, line } = place;
  const items = listAt(decoded.value, 'items').flatMap((item): JsonValue[] => {
    const made = injectObject(injector, item, { number, line }, namespace, outcomes);
    return made === 'refused' ? [] : [made ?? item];
  });
  return { ...decoded.value, items };
}

function injectWorkload(
  injector: Injector,
  kind: WorkloadKind,
  object: YamlValue,
  place: ManifestPlace,
  namespace: ManifestNamespace,
): { readonly outcome: ManifestOutcome; readonly output?: JsonObject } {
  const decoded = decodeKube(kind.struct, object, { isLoose: true });
  if (!decoded.ok) return { outcome: { ...place, kind: 'refused', reasons: toReasons(decoded.faults) } };
  const before = podOfWorkload(kind, decoded.value);
  const answer = injector.injectPod({
    pod: before,
    namespace: place.namespace === '' ? namespace.name : place.namespace,
    namespaceAnnotations: namespace.annotations,
  });
  switch (answer.kind) {
    case 'refused':
      return { outcome: { ...place, kind: 'refused', reasons: answer.reasons } };
    case 'skipped':
      return { outcome: { ...place, ...toSkipped(answer, injector, namespace.name) }, output: decoded.value };
    case 'injected': {
      const templates = answer.stages.rendered.map(({ name }) => name);
      const { pod: after, warnings, stages } = answer;
      const outcome: ManifestOutcome = { ...place, kind: 'injected', before, after, templates, warnings, stages };
      return { outcome, output: withPod(kind, decoded.value, answer.pod) };
    }
  }
}

interface Skipped {
  readonly decision: InjectionDecision;
  readonly pod: JsonObject;
}

function toSkipped({ decision, pod }: Skipped, { input }: Injector, namespace: string) {
  const admitted = toAdmittedPod(pod);
  const named = { ...admitted, namespace: admitted.namespace === '' ? namespace : admitted.namespace };
  return { kind: 'skipped', decision, because: explainDecision(decision, named, input.settings) } as const;
}

/** The same outcomes from kube-inject's result, which writes nothing after the first document that is refused. */
export function toManifestsResult(
  injector: Injector,
  { documents, output, warnings }: DocumentsResult,
): ManifestsResult {
  const outcomes = documents.flatMap(({ number, line, objects, refusals, input }): ManifestOutcome[] => {
    const place = { number, line };
    const found = objects.map(({ kind: objectKind, name, namespace, injection }): ManifestOutcome => {
      const full = { ...place, objectKind, name, namespace };
      if (injection.kind === 'skipped') return { ...full, ...toSkipped(injection, injector, namespace) };
      const { original, result, rendered } = injection.stages;
      return {
        ...full,
        kind: 'injected',
        before: original,
        after: result,
        templates: rendered.map(({ name: template }) => template),
        warnings: injection.warnings,
        stages: injection.stages,
      };
    });
    if (refusals.length > 0) return [...found, { ...place, ...headOfText(input), kind: 'refused', reasons: refusals }];
    return found.length > 0 ? found : [{ ...place, ...headOfText(input), kind: 'passed' }];
  });
  return { outcomes, output, warnings };
}

/** What an object says of itself, as far as it says it. */
function headOf(object: YamlValue): Pick<ManifestPlace, 'objectKind' | 'name' | 'namespace'> {
  const textOf = (value: YamlValue | undefined) => (typeof value === 'string' ? value : '');
  const map = isYamlMap(object) ? object : {};
  const metadata = map.metadata !== undefined && isYamlMap(map.metadata) ? map.metadata : {};
  return { objectKind: textOf(map.kind), name: textOf(metadata.name), namespace: textOf(metadata.namespace) };
}

function headOfText(text: string): ReturnType<typeof headOf> {
  const parsed = parseKubeYaml(text);
  return headOf(parsed.ok ? parsed.value : null);
}

function notYaml(line: number, detail: string): Refusal {
  return { code: 'yaml-invalid', values: { line, detail }, text: `error converting YAML to JSON: ${detail}` };
}
