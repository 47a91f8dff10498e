import fc, { type Arbitrary } from 'fast-check';
import { dump } from 'js-yaml';
import { type RandomObject, someOf } from './random-choices';
import { METADATA, POD_SPEC } from './random-pod';

const NAME = fc.constantFrom('shop', 'db', 'a.b-c');
const OBJECT_METADATA = fc
  .tuple(NAME, someOf({ namespace: fc.constantFrom('shop', 'kube-system'), labels: fc.constant({ app: 'x', n: '1' }) }))
  .map(([name, rest]) => ({ name, ...rest }));
const SELECTOR = { matchLabels: { app: 'x' } };

interface Shape {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: (template: RandomObject) => RandomObject;
}

const shape = (apiVersion: string, kind: string, extra: RandomObject = {}): Shape => ({
  apiVersion,
  kind,
  spec: (template) => ({ ...extra, template }),
});
const SHAPES: readonly Shape[] = [
  shape('apps/v1', 'Deployment', { replicas: 0, selector: SELECTOR, strategy: { type: 'Recreate' } }),
  shape('extensions/v1beta1', 'Deployment', { paused: false }),
  shape('apps/v1', 'DaemonSet', { selector: SELECTOR, minReadySeconds: 0 }),
  shape('apps/v1', 'ReplicaSet', { replicas: 2, selector: SELECTOR }),
  shape('apps/v1', 'StatefulSet', {
    serviceName: 'db',
    volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: { resources: { requests: { storage: '1.5Gi' } } } }],
  }),
  shape('batch/v1', 'Job', { completions: 1, backoffLimit: 0, suspend: false }),
  shape('v1', 'ReplicationController', { replicas: 1, selector: { app: 'x' } }),
  shape('apps.openshift.io/v1', 'DeploymentConfig', { replicas: 1, triggers: [{ type: 'ConfigChange' }] }),
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: (template) => ({ schedule: '*/5 * * * *', jobTemplate: { metadata: template.metadata, spec: { template } } }),
  },
];

const TEMPLATE = fc.record({ metadata: METADATA, spec: POD_SPEC });
const WORKLOAD: Arbitrary<RandomObject> = fc
  .tuple(fc.constantFrom(...SHAPES), OBJECT_METADATA, TEMPLATE)
  .map(([{ apiVersion, kind, spec }, metadata, template]) => ({ apiVersion, kind, metadata, spec: spec(template) }));
const POD: Arbitrary<RandomObject> = fc.tuple(OBJECT_METADATA, TEMPLATE).map(([named, { metadata, spec }]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...Object(metadata), ...named },
  spec,
}));
const OTHER = fc.constantFrom<RandomObject>(
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports: [{ port: 80 }] } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { 'a.yaml': 'x: 1\n---\ny: 2\n' } },
  { apiVersion: 'apps/v1', kind: 'deployment', metadata: { name: 'lower-case' } },
  { some: 'map', without: ['kind'] },
);
const INJECTABLE = fc.oneof({ weight: 4, arbitrary: WORKLOAD }, { weight: 1, arbitrary: POD });
const LIST = fc
  .array(fc.oneof({ weight: 2, arbitrary: INJECTABLE }, { weight: 1, arbitrary: OTHER }), { maxLength: 3 })
  .map((items) => ({ apiVersion: 'v1', kind: 'List', items }));

/** As people write them: YAML in two styles, or JSON. */
const STYLES: readonly ((object: unknown) => string)[] = [
  (object) => dump(object, { noRefs: true }),
  // Go's reader ends a plain text at a question mark inside braces, where other readers go on.
  (object) => dump(object, { noRefs: true, lineWidth: 60, flowLevel: JSON.stringify(object).includes('?') ? -1 : 4 }),
  (object) => `${JSON.stringify(object, undefined, 2)}\n`,
];
const TEXTS = [
  '# nothing but a remark\n',
  '\n',
  'kind: Pod\nmetadata:\n  name: odd\n  labels: {on: yes, n: 010, t: 2001-01-01, f: 1e3, "null": ~}\nspec:\n  containers:\n  - {name: yes, image: 1.20}\n',
  'apiVersion: v1\nkind: Pod\nmetadata: &m\n  name: twice\n  annotations: {a: "1"}\nspec:\n  containers:\n  - &c {name: one, image: a}\n  - {<<: *c, name: two}\n',
  'kind: ReplicationController\nmetadata: {name: no-template}\nspec: {replicas: 1}\n',
  'kind: Deployment\nmetadata: {name: empty}\n',
  'kind: Pod\nmetadata: {name: wrong}\nspec: {containers: [{name: a, ports: [{containerPort: http}]}]}\n',
];
const OBJECT_TEXT = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: INJECTABLE }, { weight: 2, arbitrary: LIST }, { weight: 1, arbitrary: OTHER }),
    fc.constantFrom(...STYLES),
  )
  .map(([object, write]) => write(JSON.parse(JSON.stringify(object))));
const DOCUMENT = fc.oneof({ weight: 5, arbitrary: OBJECT_TEXT }, { weight: 1, arbitrary: fc.constantFrom(...TEXTS) });
const SEPARATOR = fc.constantFrom('---\n', '---\n', '---  \n', '--- # next\n', '---\n---\n');

/** A file as it is given to `kube-inject`: one to three documents. */
export const MANIFEST: Arbitrary<string> = fc
  .array(fc.tuple(SEPARATOR, DOCUMENT), { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.boolean().map((leads) => (leads ? parts : parts.map(([s, d], at) => [at === 0 ? '' : s, d]))))
  .map((parts) => parts.map(([separator, text]) => `${separator}${text}`).join(''));
