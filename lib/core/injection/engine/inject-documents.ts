import { rawTree } from '@/lib/core/gotemplate/encode/json-tree';
import { writeYaml } from '@/lib/core/gotemplate/encode/write-yaml';
import { Budget, DEFAULT_LIMITS } from '@/lib/core/gotemplate/evaluate/limits';
import { fromByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { InjectorContext } from './create-injector';
import { decodeOrRefuse } from './decode-or-refuse';
import { injectWorkload, type WorkloadInjection } from './inject-workload';
import { InjectionFault, type Refusal } from './injection-refusal';
import { type JsonObject, type JsonValue, listAt } from './json-types';
import { parseKubeYaml } from './kube-yaml';
import { splitDocuments } from './split-documents';
import { LIST_KIND, workloadKind } from './workload-kinds';
import { isYamlMap, type YamlValue } from './yaml-value';

/** What became of one document, or of one item of a list. */
export interface ObjectOutcome {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly injection: WorkloadInjection;
}

export interface DocumentOutcome {
  /** Counted from 1, and the line in the file where it begins. */
  readonly number: number;
  readonly line: number;
  /** The document as it was read. */
  readonly input: string;
  /** What is written for it; absent where it is refused. */
  readonly output?: string;
  /** The objects in it: one, or the items of a list; none where it passes through. */
  readonly objects: readonly ObjectOutcome[];
  readonly refusals: readonly Refusal[];
}

export interface DocumentsResult {
  readonly documents: readonly DocumentOutcome[];
  /** What kube-inject writes: every document before the first that is refused. */
  readonly output: string;
  /** What kube-inject says on its error stream, line by line. */
  readonly warnings: readonly string[];
  /** The first refusal's document, which kube-inject stops at. */
  readonly refused?: DocumentOutcome;
}

const END = '---\n';

/**
 * Injects every workload of a file as `istioctl kube-inject` does without a cluster.
 *
 * Output: an outcome for every document, also for those after a refused one, so that all faults are seen at once.
 * Never throws.
 * Source: Istio, pkg/kube/inject, IntoResourceFile.
 */
export function injectDocuments(context: InjectorContext, text: string): DocumentsResult {
  const split = splitDocuments(text);
  const documents = split.documents.map((document, index) =>
    injectDocument(context, document.text, index + 1, document.line),
  );
  if (split.fault !== undefined) documents.push(refuseSeparator(documents.length + 1, split.fault));
  const refused = documents.find(({ refusals }) => refusals.length > 0);
  const written = refused === undefined ? documents : documents.slice(0, documents.indexOf(refused));
  const read = refused === undefined ? documents : [...written, refused];
  return {
    documents,
    output: written.map(({ output }) => `${output ?? ''}${END}`).join(''),
    warnings: read.flatMap(({ objects }) => objects.flatMap(({ injection }) => injection.notices)),
    ...(refused !== undefined && { refused }),
  };
}

function refuseSeparator(
  number: number,
  { line, message }: { readonly line: number; readonly message: string },
): DocumentOutcome {
  const refusal: Refusal = { code: 'yaml-invalid', values: { line, detail: message }, text: message };
  return { number, line, input: '', objects: [], refusals: [refusal] };
}

function injectDocument(context: InjectorContext, input: string, number: number, line: number): DocumentOutcome {
  const base = { number, line, input };
  const parsed = parseKubeYaml(input);
  if (!parsed.ok) {
    const { message } = parsed.fault;
    const place = line + (parsed.fault.line ?? 1) - 1;
    const refusal: Refusal = {
      code: 'yaml-invalid',
      values: { line: place, detail: message },
      text: `error converting YAML to JSON: ${message}`,
    };
    return { ...base, objects: [], refusals: [refusal] };
  }
  const objects: ObjectOutcome[] = [];
  try {
    const made = injectObject(context, parsed.value, objects);
    return { ...base, output: made === undefined ? input : toYaml(made), objects, refusals: [] };
  } catch (error) {
    if (error instanceof InjectionFault) return { ...base, objects, refusals: error.refusals };
    throw error;
  }
}

/** Undefined for what passes through as it is. */
function injectObject(context: InjectorContext, value: YamlValue, outcomes: ObjectOutcome[]): JsonObject | undefined {
  const name = kindOf(value);
  if (name === LIST_KIND) return injectList(context, value, outcomes);
  const kind = workloadKind(name);
  if (kind === undefined) return undefined;
  const outcome = injectWorkload(context, kind, value);
  outcomes.push(outcome);
  return outcome.object;
}

function kindOf(value: YamlValue): string {
  if (!isYamlMap(value)) return '';
  const { kind } = value;
  return typeof kind === 'string' ? kind : '';
}

function injectList(context: InjectorContext, value: YamlValue, outcomes: ObjectOutcome[]): JsonObject {
  const list = decodeOrRefuse('List', value, context.release);
  const items = listAt(list, 'items').map((item): JsonValue => injectObject(context, item, outcomes) ?? item);
  return { ...list, items };
}

/** Writes an object as the real program does. */
export function toYaml(value: JsonObject): string {
  return fromByteString(writeYaml(rawTree(value), new Budget(DEFAULT_LIMITS)));
}
