import { forbidden } from './api-error';
import { randomSuffix } from './generate-name';
import { recordAt, recordsAt, stringAt, valueAt } from './json-access';
import type { JsonObject, NewObject } from './object-types';
import type { Store } from './store';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_VOLUME_PREFIX = 'kube-api-access-';
const NO_EXECUTE_SECONDS = 300;

/**
 * What the built-in admission plug-ins do to a new pod: service account and its token volume, default tolerations, priority.
 *
 * Idempotent; after the webhooks it runs again, so that containers which they added get the token mount too.
 * Source: k8s.io/kubernetes, plugin/pkg/admission/serviceaccount, defaulttolerationseconds and priority.
 */
export function admitPod(store: Store, pod: NewObject): void {
  const spec = recordAt(pod, 'spec');
  pod.spec = spec;
  const account = stringAt(spec, 'serviceAccountName') ?? 'default';
  spec.serviceAccountName = account;
  spec.serviceAccount = account;
  const found = store.get('serviceaccounts', { name: account, namespace: pod.metadata.namespace });
  // A namespace gets its default account a moment after it was made; pods need not wait for that here.
  if (found === undefined && account !== 'default') {
    const subject = { group: '', plural: 'pods', name: pod.metadata.name ?? pod.metadata.generateName ?? '' };
    const why = `error looking up service account ${pod.metadata.namespace ?? ''}/${account}: serviceaccount "${account}" not found`;
    throw forbidden(subject, why);
  }
  const accountSecrets = recordsAt(found, 'imagePullSecrets');
  if (spec.imagePullSecrets === undefined && accountSecrets.length > 0) {
    spec.imagePullSecrets = structuredClone(accountSecrets);
  }
  const automount = spec.automountServiceAccountToken ?? found?.automountServiceAccountToken ?? true;
  if (automount !== false) mountToken(spec);
  tolerate(spec);
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
}

function mountToken(spec: JsonObject): void {
  const volumes = recordsAt(spec, 'volumes');
  const existing = volumes.find((volume) => stringAt(volume, 'name')?.startsWith(TOKEN_VOLUME_PREFIX));
  const name = stringAt(existing, 'name') ?? `${TOKEN_VOLUME_PREFIX}${randomSuffix(5)}`;
  let isUsed = false;
  for (const container of [...recordsAt(spec, 'initContainers'), ...recordsAt(spec, 'containers')]) {
    const mounts = recordsAt(container, 'volumeMounts');
    if (mounts.some((mount) => mount.mountPath === TOKEN_PATH)) continue;
    container.volumeMounts = [...mounts, { name, readOnly: true, mountPath: TOKEN_PATH }];
    isUsed = true;
  }
  if (existing === undefined && isUsed) spec.volumes = [...volumes, tokenVolume(name)];
}

function tokenVolume(name: string): JsonObject {
  const namespaceField = { apiVersion: 'v1', fieldPath: 'metadata.namespace' };
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: namespaceField }] } },
      ],
      defaultMode: 420,
    },
  };
}

/** A pod waits a while on a node in trouble; this is so after every update as well. */
export function tolerate(spec: JsonObject): void {
  const tolerations = recordsAt(spec, 'tolerations');
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) =>
      !tolerations.some(
        (one) => (one.key === key || one.key === undefined) && (one.effect === 'NoExecute' || one.effect === undefined),
      ),
  );
  if (added.length === 0) return;
  spec.tolerations = [
    ...tolerations,
    ...added.map((key) => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: NO_EXECUTE_SECONDS,
    })),
  ];
}

/** The quality-of-service class that a pod's requests and limits give it. */
export function qosClassOf(pod: NewObject): string {
  const containers = [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
  const amounts = (container: JsonObject, which: string) => recordAt(valueAt(container, 'resources', which));
  const hasAny = containers.some(
    (container) =>
      Object.keys(amounts(container, 'requests')).length + Object.keys(amounts(container, 'limits')).length > 0,
  );
  if (!hasAny) return 'BestEffort';
  const isGuaranteed = containers.every((container) => {
    const limits = amounts(container, 'limits');
    const requests = { ...limits, ...amounts(container, 'requests') };
    return ['cpu', 'memory'].every((name) => limits[name] !== undefined && limits[name] === requests[name]);
  });
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
