import type { Phrase } from '@/lib/core/phrase';

export type RefusalCode =
  | 'annotation-invalid'
  | 'template-unknown'
  | 'template-failed'
  | 'template-yaml'
  | 'values-empty'
  | 'merge-failed'
  | 'result-invalid'
  | 'overrides-invalid'
  | 'prometheus-port'
  | 'object-invalid'
  | 'template-required'
  | 'yaml-invalid';

/** One reason why a pod or document is refused. */
export interface Refusal {
  readonly code: RefusalCode;
  /** What fills the sentence: annotation, value, template, field, detail … */
  readonly values: Readonly<Record<string, string | number>>;
  /** The words of the real program. */
  readonly text: string;
  /** A template did not end within the engine's own limits; the real program has none. */
  readonly isLimit?: true;
}

/** A refusal as a sentence of the catalogs. */
export function refusalPhrase(refusal: Refusal): Phrase {
  return { code: `engine.refusal.${refusal.code}`, values: refusal.values };
}

/** Carries refusals out of the steps of one injection; never leaves the engine. */
export class InjectionFault extends Error {
  readonly refusals: readonly [Refusal, ...Refusal[]];

  constructor(...refusals: [Refusal, ...Refusal[]]) {
    super(refusals[0].text);
    this.name = 'InjectionFault';
    this.refusals = refusals;
  }
}
