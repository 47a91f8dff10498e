import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Phrase as PhraseValue } from '@/lib/core/phrase';

const TAGS = {
  b: (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>,
  code: (chunks: ReactNode) => <code>{chunks}</code>,
};

/** A sentence that core referred to. One that the catalog lacks shows as its code and values, and never breaks a page. */
export function Phrase({ value }: { readonly value: PhraseValue }) {
  const t = useTranslations('phrase');
  if (!t.has(value.code)) {
    const values = Object.values(value.values ?? {}).join(', ');
    return <code>{values === '' ? value.code : `${value.code} (${values})`}</code>;
  }
  return t.rich(value.code, { ...value.values, ...TAGS });
}

/** The same as plain text, for labels, exports and titles. */
export function usePhraseText(): (value: PhraseValue) => string {
  const t = useTranslations('phrase');
  const plain = { b: (chunks: string) => chunks, code: (chunks: string) => chunks };
  return ({ code, values }) => (t.has(code) ? t.markup(code, { ...values, ...plain }) : code);
}
