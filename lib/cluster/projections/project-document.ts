import 'server-only';
import type { Json } from '@/lib/cluster/json-fields';
import type { DocumentRecord } from '@/lib/core/kube/records';
import type { Interner } from './interner';
import { projectMetadata } from './project-metadata';

const HEAVY_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** An object whose whole spec matters. Status and metadata are left out of the body. */
export function projectDocument(object: Json, kind: string, interner: Interner): DocumentRecord {
  const body: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) if (!HEAVY_FIELDS.has(key)) body[key] = value;
  return { body, ...projectMetadata(object, kind, interner) };
}
