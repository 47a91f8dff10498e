import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Phrase as PhraseValue } from '@/lib/core/phrase';
import { dateFormat } from './date-format';

const TAGS = {
  b: (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>,
  code: (chunks: ReactNode) => <code>{chunks}</code>,
};

const TIME = { dateStyle: 'medium', timeStyle: 'short' } as const;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** Core names times in ISO form; a person reads them as their language and zone have it. */
function useReadableValues(): (values: PhraseValue['values']) => Record<string, string | number> {
  const locale = useLocale();
  return (values = {}) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' && ISO_TIME.test(value) ? dateFormat(locale, TIME).format(new Date(value)) : value,
      ]),
    );
}

/** A sentence that core referred to. One that the catalog lacks shows as its code and values, and never breaks a page. */
export function Phrase({ value }: { readonly value: PhraseValue }) {
  const t = useTranslations('phrase');
  const readable = useReadableValues();
  if (!t.has(value.code)) {
    const values = Object.values(value.values ?? {}).join(', ');
    return <code>{values === '' ? value.code : `${value.code} (${values})`}</code>;
  }
  return t.rich(value.code, { ...readable(value.values), ...TAGS });
}

/** The same as plain text, for labels, exports and titles. */
export function usePhraseText(): (value: PhraseValue) => string {
  const t = useTranslations('phrase');
  const readable = useReadableValues();
  const plain = { b: (chunks: string) => chunks, code: (chunks: string) => chunks };
  return ({ code, values }) => (t.has(code) ? t.markup(code, { ...readable(values), ...plain }) : code);
}
