import type { JsonValue } from '@/lib/core/injection/engine/json-types';
import type { AsideCode } from './confirm-phrases.data';

/** Something that the API server writes into a pod that has nothing there. */
export interface ApiServerRule {
  /** Of a difference's pattern; init containers count as containers. */
  readonly pattern: RegExp;
  /** What it writes; absent where that depends on the cluster. */
  readonly values?: readonly JsonValue[];
  /** It copies this from the pod itself: a container's own limit, a port's own number. */
  readonly like?: 'limit' | 'container-port';
  readonly because: AsideCode;
}

const fills = (pattern: RegExp, ...values: readonly JsonValue[]): ApiServerRule => ({
  pattern,
  values,
  because: 'aside.default',
});
const HANDLER = 'spec\\.containers\\[\\]\\.(?:(?:liveness|readiness|startup)Probe|lifecycle\\.(?:postStart|preStop))';
const PROBE = 'spec\\.containers\\[\\]\\.(?:liveness|readiness|startup)Probe';
const TOLERATION = (key: string): JsonValue => ({
  key,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
});

/**
 * Everything that an API server adds to a pod without any webhook.
 *
 * Source: Kubernetes, pkg/apis/core/v1/defaults.go; plugin/pkg/admission: serviceaccount, defaulttolerationseconds,
 * priority, limitranger, runtimeclass; apiserver/pkg/registry/rest/create.go.
 */
export const API_SERVER_RULES: readonly ApiServerRule[] = [
  {
    pattern: /^metadata\.(uid|creationTimestamp|resourceVersion|generation|managedFields|selfLink)\b/,
    because: 'aside.bookkeeping',
  },
  { pattern: /^metadata\.name$/, because: 'aside.generated-name' },
  { pattern: /^metadata\.namespace$/, because: 'aside.namespace' },
  { pattern: /^spec\.(serviceAccountName|serviceAccount)$/, because: 'aside.service-account' },
  { pattern: /^spec\.imagePullSecrets\[\]$/, because: 'aside.service-account' },
  { pattern: /^spec\.(priority|priorityClassName|preemptionPolicy)$/, because: 'aside.priority' },
  { pattern: /^spec\.overhead$/, because: 'aside.runtime-class' },
  {
    pattern: /^spec\.tolerations\[\]$/,
    values: [TOLERATION('node.kubernetes.io/not-ready'), TOLERATION('node.kubernetes.io/unreachable')],
    because: 'aside.tolerations',
  },

  fills(/^spec\.restartPolicy$/, 'Always'),
  fills(/^spec\.terminationGracePeriodSeconds$/, 30),
  fills(/^spec\.dnsPolicy$/, 'ClusterFirst'),
  fills(/^spec\.securityContext$/, {}),
  fills(/^spec\.schedulerName$/, 'default-scheduler'),
  fills(/^spec\.enableServiceLinks$/, true),
  fills(/^spec\.topologySpreadConstraints\[\]\.(nodeAffinityPolicy|nodeTaintsPolicy)$/, 'Honor', 'Ignore'),

  fills(/^spec\.containers\[\]\.imagePullPolicy$/, 'IfNotPresent', 'Always'),
  fills(/^spec\.containers\[\]\.terminationMessagePath$/, '/dev/termination-log'),
  fills(/^spec\.containers\[\]\.terminationMessagePolicy$/, 'File'),
  fills(/^spec\.containers\[\]\.resources$/, {}),
  fills(/^spec\.containers\[\]\.ports\[\]\.protocol$/, 'TCP'),
  { pattern: /^spec\.containers\[\]\.ports\[\]\.hostPort$/, like: 'container-port', because: 'aside.default' },
  { pattern: /^spec\.containers\[\]\.resources\.requests$/, like: 'limit', because: 'aside.default' },
  fills(/\.fieldRef\.apiVersion$/, 'v1'),
  fills(/\.resourceFieldRef\.divisor$/, '0'),
  fills(new RegExp(`^${HANDLER}\\.httpGet\\.scheme$`), 'HTTP'),
  fills(new RegExp(`^${HANDLER}\\.httpGet\\.path$`), '/'),
  fills(new RegExp(`^${PROBE}\\.grpc\\.service$`), ''),
  fills(new RegExp(`^${PROBE}\\.timeoutSeconds$`), 1),
  fills(new RegExp(`^${PROBE}\\.periodSeconds$`), 10),
  fills(new RegExp(`^${PROBE}\\.successThreshold$`), 1),
  fills(new RegExp(`^${PROBE}\\.failureThreshold$`), 3),

  fills(/^spec\.volumes\[\]\.(secret|configMap|projected|downwardAPI)\.defaultMode$/, 420),
  fills(/^spec\.volumes\[\]\.emptyDir$/, {}),
  fills(/^spec\.volumes\[\]\.hostPath\.type$/, ''),
  fills(/^spec\.volumes\[\]\.projected\.sources\[\]\.serviceAccountToken\.expirationSeconds$/, 3600),
  fills(/^spec\.volumes\[\]\.ephemeral\.volumeClaimTemplate\.spec\.volumeMode$/, 'Filesystem'),
  fills(/^spec\.volumes\[\]\.iscsi\.iscsiInterface$/, 'default'),
];

/** The volume with the service account's token has a name of this form, and every container mounts it. */
export const TOKEN_VOLUME = /^spec\.volumes\[kube-api-access-[a-z0-9]+\]$/;
export const TOKEN_MOUNT =
  /^spec\.(?:containers|initContainers)\[[^\]]*\]\.volumeMounts\[\/var\/run\/secrets\/kubernetes\.io\/serviceaccount\]$/;
