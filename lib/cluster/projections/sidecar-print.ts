import 'server-only';
import { createHash } from 'node:crypto';
import { isJson, type Json, objectAt, objectsAt, textAt } from '@/lib/cluster/json-fields';
import type { InjectionStatus } from '@/lib/core/kube/records';

/** Differs from pod to pod of one owner, whatever made them. */
const OWN_LABELS: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
]);
/** The volume that admission gives each pod under a name of its own. */
const TOKEN_VOLUME = /kube-api-access-[a-z0-9]{5}/g;

/**
 * A short text that is the same for pods of one owner that injection made alike, so that one of them is compared for all.
 *
 * It covers what injection writes: metadata, containers, and the volumes that the status names.
 */
export function sidecarPrint(object: Json, status: InjectionStatus): string {
  const metadata = objectAt(object, 'metadata');
  const spec = objectAt(object, 'spec');
  const { labels, annotations } = metadata;
  const volumes = objectsAt(spec, 'volumes').filter((volume) => status.volumes.includes(textAt(volume, 'name')));
  const written = JSON.stringify([
    withoutOwn(labels),
    annotations,
    spec.initContainers,
    spec.containers,
    volumes,
    spec.imagePullSecrets,
    spec.securityContext,
  ]);
  return createHash('sha1').update(written.replaceAll(TOKEN_VOLUME, '')).digest('base64url').slice(0, 16);
}

function withoutOwn(labels: unknown): unknown {
  if (!isJson(labels)) return labels;
  return Object.entries(labels).filter(([key]) => !OWN_LABELS.has(key));
}
