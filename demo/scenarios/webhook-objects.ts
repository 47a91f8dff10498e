import type { JsonObject, NewObject } from '@/demo/server/object-types';
import { type ControlPlane, istiodName, revisionOf } from './control-plane';

const SUFFIX = 'sidecar-injector.istio.io';

const exists = (key: string, isThere: boolean): JsonObject => ({ key, operator: isThere ? 'Exists' : 'DoesNotExist' });
const isIn = (key: string, value: string): JsonObject => ({ key, operator: 'In', values: [value] });
const notFalse: JsonObject = { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] };

interface EntrySelectors {
  readonly prefix: string;
  readonly namespace: readonly JsonObject[];
  readonly object: readonly JsonObject[];
}

/** The selectors that installations of Istio write. Source: Istio, manifests/charts, mutatingwebhook.yaml. */
function revisionEntries(label: string): EntrySelectors[] {
  return [
    {
      prefix: 'rev.namespace',
      namespace: [isIn('istio.io/rev', label), exists('istio-injection', false)],
      object: [notFalse],
    },
    {
      prefix: 'rev.object',
      namespace: [exists('istio.io/rev', false), exists('istio-injection', false)],
      object: [notFalse, isIn('istio.io/rev', label)],
    },
  ];
}

const DEFAULT_ENTRIES: readonly EntrySelectors[] = [
  { prefix: 'namespace', namespace: [isIn('istio-injection', 'enabled')], object: [notFalse] },
  {
    prefix: 'object',
    namespace: [exists('istio-injection', false), exists('istio.io/rev', false)],
    object: [isIn('sidecar.istio.io/inject', 'true'), exists('istio.io/rev', false)],
  },
];

export interface WebhookPlan {
  readonly plane: ControlPlane;
  /** A revision tag instead of the revision itself. */
  readonly tag?: string;
  readonly caBundle: string;
  readonly failurePolicy?: 'Fail' | 'Ignore';
  /** A default revision that gave up its webhooks to a tag: nothing can match. */
  readonly isDeactivated?: boolean;
}

function entry(plan: WebhookPlan, selectors: EntrySelectors): JsonObject {
  const never = { matchLabels: { 'istio.io/deactivated': 'never-match' } };
  return {
    name: `${selectors.prefix}.${SUFFIX}`,
    clientConfig: {
      service: { namespace: 'istio-system', name: istiodName(plan.plane), path: '/inject', port: 443 },
      caBundle: plan.caBundle,
    },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], scope: '*' }],
    failurePolicy: plan.failurePolicy ?? 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: plan.isDeactivated === true ? never : { matchExpressions: selectors.namespace },
    objectSelector: plan.isDeactivated === true ? never : { matchExpressions: selectors.object },
    sideEffects: 'None',
    timeoutSeconds: 10,
    admissionReviewVersions: ['v1'],
    reinvocationPolicy: 'Never',
  };
}

/** The MutatingWebhookConfiguration of a revision, or of a tag that points at one. */
export function mutatingWebhooks(plan: WebhookPlan): NewObject {
  const { plane, tag } = plan;
  const revision = revisionOf(plane);
  const label = tag ?? revision;
  const isDefault = label === 'default';
  const name =
    tag === undefined
      ? ['istio-sidecar-injector', plane.suffix].filter((part) => part !== '').join('-')
      : `istio-revision-tag-${tag}`;
  const entries = isDefault ? [...revisionEntries(label), ...DEFAULT_ENTRIES] : revisionEntries(label);
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name,
      labels: {
        app: 'sidecar-injector',
        'install.operator.istio.io/owning-resource': 'unknown',
        'istio.io/rev': revision,
        ...(tag === undefined ? {} : { 'istio.io/tag': tag }),
        'operator.istio.io/component': 'Pilot',
        release: 'istio',
      },
    },
    webhooks: entries.map((selectors) => entry(plan, selectors)),
  };
}

/** The ValidatingWebhookConfiguration with which istiod checks Istio's own objects. */
export function validatingWebhooks(plane: ControlPlane, caBundle: string): NewObject {
  const revision = revisionOf(plane);
  const name = ['istio-validator', plane.suffix, 'istio-system'].filter((part) => part !== '').join('-');
  const groups = ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'];
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name, labels: { app: 'istiod', 'istio.io/rev': revision, istio: 'istiod', release: 'istio' } },
    webhooks: [
      {
        name: 'rev.validation.istio.io',
        clientConfig: {
          service: { namespace: 'istio-system', name: istiodName(plane), path: '/validate', port: 443 },
          caBundle,
        },
        rules: [
          { operations: ['CREATE', 'UPDATE'], apiGroups: groups, apiVersions: ['*'], resources: ['*'], scope: '*' },
        ],
        // The demo checks no Istio objects: nobody answers, and that must not stop anyone.
        failurePolicy: 'Ignore',
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: { matchExpressions: [isIn('istio.io/rev', revision)] },
        sideEffects: 'None',
        timeoutSeconds: 10,
        admissionReviewVersions: ['v1'],
      },
    ],
  };
}
