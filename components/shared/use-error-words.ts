import { useTranslations } from 'next-intl';
import type { ApiError } from './api-error';

/** An error in the reader's language: what happened and what to do. An unknown code reads as an internal error. */
export function useErrorWords(): (error: ApiError) => { readonly title: string; readonly action: string } {
  const t = useTranslations('shared.error');
  return (error) => {
    const code = t.has(`${error.code}.title`) ? error.code : 'internal';
    return { title: t(`${code}.title`), action: t(`${code}.action`) };
  };
}
