import type { AnswerExpectation, SendStep } from './row';
import { configMap, core } from './write-objects';
import { eventually, post, remove } from './write-steps';

type Json = Readonly<Record<string, unknown>>;

const GROUP = '/apis/admissionregistration.k8s.io/v1';
const MUTATING = `${GROUP}/mutatingwebhookconfigurations`;
const VALIDATING = `${GROUP}/validatingwebhookconfigurations`;

const MAPS = core('configmaps');
export const ON_MAPS = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }];

/** The entry `NAME.example.com`, which calls the given path of the webhook server for ConfigMaps of the row's namespace. */
export const hook = (name: string, path: string, more: Json = {}) => ({
  name: `${name}.example.com`,
  clientConfig: { url: `{webhook}${path}`, caBundle: '{webhookCa}' },
  rules: ON_MAPS,
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  timeoutSeconds: 2,
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': '{ns}' } },
  ...more,
});

const configuration = (kind: string, name: string, webhooks: readonly unknown[]) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name: `{ns}-${name}` },
  webhooks,
});

export const mutating = (name: string, webhooks: readonly unknown[], expect: AnswerExpectation = { status: 201 }) =>
  post(MUTATING, configuration('MutatingWebhookConfiguration', name, webhooks), expect);
export const validating = (name: string, webhooks: readonly unknown[], expect: AnswerExpectation = { status: 201 }) =>
  post(VALIDATING, configuration('ValidatingWebhookConfiguration', name, webhooks), expect);

export const dropMutating = (name: string) => remove(`${MUTATING}/{ns}-${name}`);
export const dropValidating = (name: string) => remove(`${VALIDATING}/{ns}-${name}`);

/** Who was called for the object, in that order, as the paths `/call/NAME` noted it. */
export const calls = (text: unknown): AnswerExpectation => ({
  status: 201,
  body: { metadata: { annotations: { calls: text } } },
});

/** Tries to make a ConfigMap until the server has noticed the configurations, which takes a real one a moment. */
export const tryMap = (expect: AnswerExpectation, labels: Json = {}, name = 'x'): SendStep =>
  eventually(post(MAPS, configMap(name, { a: '1' }, { labels }), expect, { query: { dryRun: 'All' } }));
