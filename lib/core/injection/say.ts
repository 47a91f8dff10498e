import type { Phrase } from '@/lib/core/phrase';
import type { INJECTION_PHRASES } from './injection-phrases.data';

/** A code of the catalogs' part `phrase.injection`, without that prefix. */
export type InjectionCode = keyof typeof INJECTION_PHRASES;

type Values<Code extends InjectionCode> = Readonly<Record<(typeof INJECTION_PHRASES)[Code][number], string | number>>;
type Arguments<Code extends InjectionCode> = (typeof INJECTION_PHRASES)[Code]['length'] extends 0
  ? readonly []
  : readonly [values: Values<Code>];

/** A phrase of the injection catalog with exactly the values that its sentence names. */
export function say<Code extends InjectionCode>(code: Code, ...[values]: Arguments<Code>): Phrase {
  return values === undefined ? { code: `injection.${code}` } : { code: `injection.${code}`, values };
}

/** Joins names as they stand in a sentence that needs no grammar: `a, b, c`. */
export function listOf(names: Iterable<string>): string {
  return [...names].join(', ');
}
