import type { Phrase } from '@/lib/core/phrase';
import type { SWITCH_PHRASES } from './switch-phrases.data';

type SwitchCode = keyof typeof SWITCH_PHRASES;
type Values<Code extends SwitchCode> = Readonly<Record<(typeof SWITCH_PHRASES)[Code][number], string | number>>;
type Arguments<Code extends SwitchCode> = (typeof SWITCH_PHRASES)[Code]['length'] extends 0
  ? readonly []
  : readonly [values: Values<Code>];

/** A phrase of the catalogs' part `phrase.switch` with exactly the values that its sentence names. */
export function saySwitch<Code extends SwitchCode>(code: Code, ...[values]: Arguments<Code>): Phrase {
  return values === undefined ? { code: `switch.${code}` } : { code: `switch.${code}`, values };
}
