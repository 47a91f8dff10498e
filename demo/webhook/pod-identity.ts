import { type JsonObject, objectAt, objectsAt, textAt, textMapAt } from './json-object';

/** Which workload a pod belongs to, as the injector sees it. */
export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly canonicalName: string;
  readonly canonicalRevision: string;
}

/**
 * Derives the workload from the pod's controller: a ReplicaSet's Deployment, a Job's CronJob, else the controller itself.
 *
 * Source: Istio, pkg/kube/controllers and pkg/kube/util.go, GetDeployMetaFromPod.
 */
export function identifyPod(pod: JsonObject, namespace: string): PodIdentity {
  const metadata = objectAt(pod, 'metadata');
  const labels = textMapAt(metadata, 'labels');
  const own = { name: textAt(metadata, 'name'), kind: 'Pod', apiVersion: 'v1' };
  const owner = objectsAt(metadata, 'ownerReferences').find((reference) => reference.controller === true);
  const isGenerated = textAt(metadata, 'generateName') !== '';
  const meta = isGenerated && owner !== undefined ? workloadOf(owner, labels) : own;
  const canonical = pick(labels, ['service.istio.io/canonical-name', 'app.kubernetes.io/name', 'app']) ?? meta.name;
  const revision = pick(labels, ['service.istio.io/canonical-revision', 'app.kubernetes.io/version', 'version']);
  return { ...meta, namespace, canonicalName: trimName(canonical), canonicalRevision: revision ?? 'latest' };
}

function workloadOf(owner: JsonObject, labels: Record<string, string>) {
  const name = textAt(owner, 'name');
  const kind = textAt(owner, 'kind');
  const apiVersion = textAt(owner, 'apiVersion');
  const hash = labels['pod-template-hash'] ?? '';
  if (kind === 'ReplicaSet' && hash !== '' && name.endsWith(`-${hash}`)) {
    return { name: name.slice(0, -hash.length - 1), kind: 'Deployment', apiVersion };
  }
  const cron = kind === 'Job' ? /^(.+)-\d{8,10}$/.exec(name)?.[1] : undefined;
  return cron === undefined ? { name, kind, apiVersion } : { name: cron, kind: 'CronJob', apiVersion: 'batch/v1' };
}

function pick(labels: Record<string, string>, names: readonly string[]): string | undefined {
  return names.map((name) => labels[name]).find((value) => value !== undefined && value !== '');
}

// A label value has at most 63 characters and ends in a letter or digit.
function trimName(name: string): string {
  return name.slice(0, 63).replace(/^[-_.]+|[-_.]+$/g, '');
}

/** The reference that `ISTIO_META_OWNER` carries. */
export function ownerUrl({ name, namespace, kind, apiVersion }: PodIdentity): string {
  return `kubernetes://apis/${apiVersion}/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
}
