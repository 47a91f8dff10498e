import type { UninjectedPart } from '@/lib/api/pod-diff';

type Json = NonNullable<UninjectedPart['alternatives']>[number];

/** A value of a pod: a text as it is, everything else as JSON. */
export function JsonText({ value }: { readonly value: Json }) {
  return (
    <code className="break-words">{typeof value === 'string' && value !== '' ? value : JSON.stringify(value)}</code>
  );
}
