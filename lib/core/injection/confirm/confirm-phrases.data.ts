import type { Phrase } from '@/lib/core/phrase';

/** Every sentence of the catalog `phrase.confirm`, with the values that it names. */
export const CONFIRM_PHRASES = {
  // Why something that the API server adds is no difference.
  'aside.default': [],
  'aside.bookkeeping': [],
  'aside.generated-name': [],
  'aside.namespace': [],
  'aside.service-account': [],
  'aside.token': [],
  'aside.overrides': [],
  'aside.tolerations': [],
  'aside.priority': [],
  'aside.limit-range': [],
  'aside.runtime-class': [],

  // What the answer stands on.
  'note.as-it-stands': ['namespace'],
  'note.not-injecting': ['namespace'],
  'note.two-webhooks': ['webhooks'],
  'note.other-webhooks': ['webhooks'],
  'note.previous': ['detail'],
  'note.stand-in-hash': ['name'],
  'note.stand-in-name': ['name'],
  unusable: ['detail'],

  // Why the cluster could not make the pod.
  'failed.patch': [],
  'failed.other': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ConfirmCode = keyof typeof CONFIRM_PHRASES;
/** Why something is no difference. */
export type AsideCode = Extract<ConfirmCode, `aside.${string}`>;
type Values<Code extends ConfirmCode> = Readonly<Record<(typeof CONFIRM_PHRASES)[Code][number], string | number>>;

/** A phrase of this catalog with exactly the values that its sentence names. */
export function tellConfirm<Code extends ConfirmCode>(
  code: Code,
  ...[values]: (typeof CONFIRM_PHRASES)[Code]['length'] extends 0 ? readonly [] : readonly [values: Values<Code>]
): Phrase {
  return values === undefined ? { code: `confirm.${code}` } : { code: `confirm.${code}`, values };
}
