import { connectionProblemSchema } from '@/lib/api/answer-parts';
import type { ClusterChange, Connection } from './event-stream';

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/** A `change` event. One that names no kind is read as "anything may have changed". */
export function readKinds(text: string): ClusterChange {
  const { kinds, namespaces } = parseObject(text);
  const named = strings(kinds);
  return named.length === 0 ? null : { kinds: named, namespaces: strings(namespaces) };
}

/** A `state` event: how the server stands with the cluster. */
export function readConnection(text: string): Connection {
  const { status, staleSince, problem } = parseObject(text);
  const known = connectionProblemSchema.safeParse(problem).data;
  const why = known === undefined ? {} : { problem: known };
  if (status === 'syncing') return { status: 'syncing', since: null, ...why };
  if (status !== 'stale') return { status: 'live', since: null };
  return { status: 'stale', since: typeof staleSince === 'string' ? staleSince : new Date().toISOString(), ...why };
}
