import type { WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import type { WebhookMatch } from '@/lib/core/injection/match-webhooks';
import type { Workload } from '@/lib/core/injection/resolve-workloads';
import type { PodRecord } from '@/lib/core/kube/records';

/** An object with a template, by what it takes to read it. */
export interface MakerReference {
  readonly kind: string;
  readonly name: string;
}

/** A rendering that is worth doing, under a key that it shares with every pod that would come out the same. */
export interface WantedCheck {
  readonly revision: string;
  readonly key: string;
  readonly namespace: string;
  /** The pod to compare; absent where only the next one is rendered. */
  readonly pod?: { readonly name: string };
  readonly maker?: MakerReference;
  /** Of the webhook's URL, behind `/inject`. */
  readonly path?: string;
}

const INJECT_PATH = '/inject';

/**
 * Lists what to render of a workload: one pod of each sort that runs, and the next one where none runs with a sidecar.
 *
 * Output: empty for what no injector would be called for, and for finished pods.
 */
export function listWantedChecks({ workload, pods, next }: WorkloadVerdict): readonly WantedCheck[] {
  const { namespace } = workload;
  const ofPods = pods.flatMap(({ pod, verdict }): WantedCheck[] => {
    const { servedBy } = verdict;
    if (pod.injection === undefined || verdict.answer !== 'yes' || servedBy === undefined) return [];
    if (verdict.isFinished || verdict.isTerminating) return [];
    const path = pathOf(next?.matches, servedBy.webhook);
    const maker = pod.owner === undefined ? {} : { maker: { kind: pod.owner.kind, name: pod.owner.name } };
    const { revision } = servedBy;
    return [{ revision, key: podKey(pod), namespace, pod: { name: pod.name }, ...maker, ...path }];
  });
  const once = [...new Map(ofPods.map((wanted) => [`${wanted.revision} ${wanted.key}`, wanted])).values()];
  const key = nextKey(workload);
  if (once.length > 0 || next?.kind !== 'yes' || next.servedBy === undefined || key === undefined) return once;
  const { revision, webhook } = next.servedBy;
  const maker = { kind: workload.kind, name: workload.name };
  return [{ revision, key, namespace, maker, ...pathOf(next.matches, webhook) }];
}

/** Pods of one owner that injection made alike are one case. */
export function podKey({ uid, owner, sidecarPrint = '' }: PodRecord): string {
  return `${owner?.uid ?? uid} ${sidecarPrint}`;
}

/** The next pod of a workload; undefined where its template may not be read. */
export function nextKey({ record, pods }: Workload): string | undefined {
  if (record !== undefined) return `${record.uid} next ${record.generation}`;
  const [pod] = pods;
  return pod === undefined || pod.owner !== undefined ? undefined : `${pod.uid} next`;
}

function pathOf(matches: readonly WebhookMatch[] | undefined, webhook: string): { readonly path?: string } {
  const target = matches?.find((match) => match.webhook.name === webhook)?.webhook.target;
  if (target === undefined) return {};
  const whole = target.kind === 'url' ? target.url.replace(/^[a-z]+:\/\/[^/]*/, '') : target.path;
  const path = whole.startsWith(INJECT_PATH) ? whole.slice(INJECT_PATH.length) : '';
  return path === '' ? {} : { path };
}
