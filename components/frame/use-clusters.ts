'use client';
import { readCookie, writeCookie } from '@/components/shared/browser-cookie';
import { CLUSTER_COOKIE } from '@/components/shared/preferences';
import { useResource } from '@/components/shared/use-resource';
import { type ClustersAnswer, clustersAnswerSchema } from '@/lib/api/clusters';

const NO_KINDS: readonly string[] = [];

/** The contexts to switch between and whether this server writes at all; null until known. */
export function useClusters(): ClustersAnswer | null {
  const data = useResource('/api/v1/clusters', clustersAnswerSchema, NO_KINDS);
  return data.status === 'ready' ? data.value : null;
}

/** Switches to another context. Everything on screen belongs to the old one, so the overview is loaded anew. */
export function switchCluster(name: string): void {
  if (readCookie(CLUSTER_COOKIE) === name) return;
  writeCookie(CLUSTER_COOKIE, name);
  location.assign('/');
}
