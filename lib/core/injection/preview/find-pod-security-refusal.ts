import { type JsonObject, objectAt } from '@/lib/core/injection/engine/json-types';
import { listPodSecurityFindings } from '@/lib/core/kube/pod-security';
import { type PreviewPlace, type PreviewRefusal, tell } from './preview-types';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const VERSION = 'pod-security.kubernetes.io/enforce-version';
const LATEST = 'latest';

/**
 * Whether a namespace's Pod Security level turns a pod away because of its injection.
 *
 * Output: undefined also for a pod that breaks the level by itself in the same way: that is none of injection's doing.
 */
export function findPodSecurityRefusal(
  before: JsonObject,
  after: JsonObject,
  { labels }: Pick<PreviewPlace, 'labels'>,
): PreviewRefusal | undefined {
  const level = labels[ENFORCE];
  if (level !== 'baseline' && level !== 'restricted') return undefined;
  const now = new Set(listPodSecurityFindings(objectAt(before, 'spec'), level).map(({ text }) => text));
  const then = listPodSecurityFindings(objectAt(after, 'spec'), level).map(({ text }) => text);
  const added = then.filter((text) => !now.has(text));
  if (added.length === 0) return undefined;
  return {
    by: 'pod-security',
    because: tell('refused-pod-security', { level, findings: added.join(', ') }),
    text: `violates PodSecurity "${level}:${labels[VERSION] ?? LATEST}": ${then.join(', ')}`,
  };
}
