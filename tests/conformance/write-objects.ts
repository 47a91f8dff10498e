type Json = Readonly<Record<string, unknown>>;

/** Objects that rows about writing send, and where they are. */

const inNamespace = (groupVersion: string) => (plural: string, name?: string) =>
  `${groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`}/namespaces/{ns}/${plural}${name === undefined ? '' : `/${name}`}`;

export const core = inNamespace('v1');
export const apps = inNamespace('apps/v1');
export const batch = inNamespace('batch/v1');
export const rbac = inNamespace('rbac.authorization.k8s.io/v1');

export const configMap = (name: string, data: Json = { a: '1' }, metadata: Json = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  data,
});

/** A spec with one container, `app`. */
export const podSpec = (container: Json = {}, spec: Json = {}) => ({
  containers: [{ name: 'app', image: 'nginx:1.18.0', ...container }],
  ...spec,
});

/** A pod that no scheduler looks at: it stays as it was created. */
export const restingPod = (name: string, spec: Json = podSpec(), metadata: Json = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec: { schedulerName: 'nobody', ...spec },
});

export const pod = (name: string, spec: Json = podSpec(), metadata: Json = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...metadata },
  spec,
});

export const deployment = (name: string, spec: Json = {}, container: Json = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: podSpec(container) },
    ...spec,
  },
});

export const replicaSet = (name: string, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: podSpec() },
  },
});

export const statefulSet = (name: string, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: {
    replicas,
    serviceName: name,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: podSpec() },
  },
});

export const job = (name: string, spec: Json = {}, template: Json = podSpec(), annotations: Json = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { template: { metadata: { annotations }, spec: { restartPolicy: 'Never', ...template } }, ...spec },
});

/** A suspended cron job: an object with a pod template that no controller touches. */
export const cronJob = (name: string, container: Json = {}, spec: Json = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name },
  spec: {
    schedule: '@daily',
    suspend: true,
    jobTemplate: { spec: { template: { spec: podSpec(container, { restartPolicy: 'Never' }) } } },
    ...spec,
  },
});

/** A patch of a cron job's pod spec. */
export const cronPatch = (spec: Json) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } });

export const service = (name: string, spec: Json = { ports: [{ port: 80 }] }) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec,
});
