import type { Phrase } from '@/lib/core/phrase';
import type { PodComparison } from '@/lib/core/pod/compare-pod-with-owner';
import { toComparison } from './compare-rendered';
import type { Injector } from './engine/create-injector';
import { type Refusal, refusalPhrase } from './engine/injection-refusal';
import {
  injectByWebhook,
  type ManifestNamespace,
  type ManifestOutcome,
  type ManifestPlace,
  MOST_EXPLAINED,
  toManifestsResult,
} from './inject-manifests';
import { type InjectedPart, listParts } from './list-parts';
import { locateRefusal } from './locate-refusal';
import type { InjectionEngine } from './open-injector';

/** One reason of a refusal, and the place in the file that it speaks of. */
export interface RenderedReason extends Refusal {
  readonly phrase: Phrase;
  readonly line: number;
  readonly column?: number;
}

export interface RenderedObject extends ManifestPlace {
  readonly outcome: ManifestOutcome['kind'];
  /** Of what is injected. */
  readonly templates: readonly string[];
  /** Why it is left alone. */
  readonly because?: Phrase;
  /** Why it is refused. */
  readonly reasons: readonly RenderedReason[];
  readonly warnings: readonly Phrase[];
  /** The pod before and after; only the first objects of a big file have it. */
  readonly comparison?: PodComparison;
  /** Every part that injection touched, with where it came from; the first of a file also with what was read for it. */
  readonly parts?: readonly InjectedPart[];
}

export interface RenderedManifests {
  readonly objects: readonly RenderedObject[];
  readonly output: string;
  /** What kube-inject writes to its error stream. */
  readonly notices: readonly string[];
}

/** What templates read is found by rendering again and again, so only for the first of a file. */
const MOST_TRACED = 10;

/**
 * Renders the manifests of a file, and compares each injected pod with the pod as its author wrote it.
 *
 * Never throws.
 */
export function renderManifests(
  injector: Injector,
  text: string,
  engine: InjectionEngine,
  namespace: ManifestNamespace,
): RenderedManifests {
  const { outcomes, output, warnings } =
    engine === 'webhook'
      ? injectByWebhook(injector, text, namespace)
      : toManifestsResult(injector, injector.injectDocuments(text));
  const lines = text.split('\n');
  let injected = 0;
  const objects = outcomes.map((outcome): RenderedObject => {
    if (outcome.kind === 'injected') injected += 1;
    return toObject(outcome, lines, injected);
  });
  return { objects, output, notices: warnings };
}

/** `place`: of an injected object among the injected ones, from 1. */
function toObject(outcome: ManifestOutcome, lines: readonly string[], place: number): RenderedObject {
  const { number, line, objectKind, name, namespace, kind } = outcome;
  const base = { number, line, objectKind, name, namespace, outcome: kind, templates: [], reasons: [], warnings: [] };
  switch (outcome.kind) {
    case 'passed':
      return base;
    case 'skipped':
      return { ...base, because: outcome.because };
    case 'refused':
      return { ...base, reasons: toReasons(outcome, lines) };
    case 'injected':
      return {
        ...base,
        templates: outcome.templates,
        warnings: outcome.warnings,
        ...(place <= MOST_EXPLAINED && explain(outcome, place <= MOST_TRACED)),
      };
  }
}

type Refused = Extract<ManifestOutcome, { kind: 'refused' }>;
type Injected = Extract<ManifestOutcome, { kind: 'injected' }>;

function toReasons({ line, reasons }: Refused, lines: readonly string[]): readonly RenderedReason[] {
  const first = firstLineOf(lines, line);
  const document = documentAt(lines, first);
  return reasons.map((reason) => ({
    ...reason,
    phrase: refusalPhrase(reason),
    ...locateRefusal(document, first, reason),
  }));
}

const isSeparator = (line: string | undefined): boolean => line?.startsWith('---') === true;

/** Of the document in which a line stands. */
function firstLineOf(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 1 && !isSeparator(lines[first - 2])) first -= 1;
  return first;
}

function documentAt(lines: readonly string[], first: number): string {
  const end = lines.findIndex((each, index) => index >= first - 1 && isSeparator(each));
  return end < 0 ? lines.slice(first - 1).join('\n') : `${lines.slice(first - 1, end).join('\n')}\n`;
}

function explain({ objectKind: kind, name, before, after, stages }: Injected, isTraced: boolean) {
  const comparison = toComparison({ kind, name, before, after });
  return { comparison, ...(stages && { parts: listParts(stages, comparison.yaml.asRuns, isTraced) }) };
}
