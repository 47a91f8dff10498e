'use client';
import { useEffect, useState } from 'react';
import { type Loadable, useResource } from '@/components/shared/use-resource';
import { type SearchAnswer, searchAnswerSchema } from '@/lib/api/search';

const PAUSE_MS = 120;
const NO_KINDS: readonly string[] = [];

/** What the cluster has under a name, asked once typing pauses; null while nothing is asked. */
export function useSearch(text: string): Loadable<SearchAnswer> | null {
  const [query, setQuery] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const path = query === '' ? null : `/api/v1/search?${new URLSearchParams({ q: query, limit: '40' })}`;
  const found = useResource(path, searchAnswerSchema, NO_KINDS, { keepPrevious: true });
  return path === null || text.trim() === '' ? null : found;
}
