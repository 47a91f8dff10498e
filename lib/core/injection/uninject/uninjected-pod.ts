import type { JsonObject, JsonValue } from '@/lib/core/injection/engine/json-types';
import type { Phrase } from '@/lib/core/phrase';
import type { UninjectCode } from './uninject-phrases.data';

/**
 * How sure one part of the result is.
 *
 * `recorded`: the pod itself says so. `implied`: the template does this by itself, nothing else is needed to explain the pod.
 * `unknown`: injection destroyed it, and what stands in the result is one of several possibilities.
 */
export const CERTAINTIES = ['recorded', 'implied', 'unknown'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** One part of a pod that injection touched, and what became of it. */
export interface UninjectedPart {
  /** As in `spec.containers[app].livenessProbe`; `spec.containers#order` is the place of containers in their list. */
  readonly path: string;
  /** `taken-off`: injection brought it. `restored`: the author's, in its first form. `kept`: as it stands, perhaps not in its first form. */
  readonly fate: 'taken-off' | 'restored' | 'kept';
  readonly certainty: Certainty;
  readonly because: Phrase<`uninject.${UninjectCode}`>;
  /** What else may have stood there, as far as that can be said; null is nothing. An implied part has it where the author may have written the same. */
  readonly alternatives?: readonly JsonValue[];
}

/** A pod without its injection. */
export interface UninjectedPod {
  /** Metadata and spec; whatever else the object had is as it was. */
  readonly pod: JsonObject;
  readonly isInjected: boolean;
  /** In the order of the pod; empty where nothing was injected. */
  readonly parts: readonly UninjectedPart[];
}

/** The parts that cannot be known. */
export function listUnknowns(parts: readonly UninjectedPart[]): readonly UninjectedPart[] {
  return parts.filter(({ certainty }) => certainty === 'unknown');
}

interface PartDraft {
  readonly path: string;
  readonly fate: UninjectedPart['fate'];
  readonly certainty: Certainty;
  readonly code: UninjectCode;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly alternatives?: readonly JsonValue[];
}

/** A part with its reason as a phrase. */
export function toPart({ path, fate, certainty, code, values, alternatives }: PartDraft): UninjectedPart {
  return {
    path,
    fate,
    certainty,
    because: { code: `uninject.${code}`, ...(values === undefined ? {} : { values }) },
    ...(alternatives === undefined ? {} : { alternatives }),
  };
}

/** What one step of un-injection gives: the value in its first form, and what is known of it. */
export interface Recovered<T> {
  readonly value: T;
  readonly parts: readonly UninjectedPart[];
}
