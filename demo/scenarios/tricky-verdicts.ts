import { dump, load } from 'js-yaml';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import { barePod, container, deployment, type TextMap } from './build-objects';
import { MUTED_PLANE, ODD_PLANE } from './control-plane';
import { seedNamespaces } from './seed-namespace';
import type { Seeder } from './seeder';

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
const ENABLED = { 'istio-injection': 'enabled' };
const TEAM = 'example.com/mesh-team';
const ASKS = 'example.com/mesh';
const ALWAYS = 'example.com/always-mesh';
const NEVER = 'example.com/never-mesh';
const DEFAULT_SETTINGS = 'istio-sidecar-injector';
/** An injector reads changed settings within a moment. */
const RELOAD_MS = 2_000;

function app(ns: string, name: string, podLabels: TextMap = {}): NewObject {
  const main = container({ name: 'app', image: `ghcr.io/example/${name}:3.1.0`, ports: [8080] });
  return deployment({ name, namespace: ns, podLabels: { app: name, ...podLabels }, containers: [main] });
}

/** What the settings of an injector, another injector's webhooks, or the past decide; each in a namespace of its own. */
export async function seedVerdicts(seeder: Seeder): Promise<void> {
  await seedPolicies(seeder);
  await seedSelectors(seeder);
  await seedRivals(seeder);
  await seedVainRequests(seeder);
  await seedStaleValues(seeder);
  await seedMoved(seeder);
}

/** Injectors that inject nothing unless asked, or nothing at all: their policy is off, or a word that is none. */
async function seedPolicies(seeder: Seeder): Promise<void> {
  seeder.at('11d');
  await seeder.installPlane(MUTED_PLANE, { failurePolicy: 'Ignore' });
  await seeder.installPlane(ODD_PLANE, { failurePolicy: 'Ignore' });
  await changeConfig(seeder, `${DEFAULT_SETTINGS}-muted`, (config) => ({
    ...config,
    policy: 'disabled',
    alwaysInjectSelector: [{ matchLabels: { [ALWAYS]: 'true' } }],
  }));
  await changeConfig(seeder, `${DEFAULT_SETTINGS}-odd`, (config) => ({ ...config, policy: 'sometimes' }));
  await seedNamespaces(seeder, [
    {
      name: 'quiet-team',
      age: '10d',
      labels: { [REVISION]: 'muted' },
      objects: [app('quiet-team', 'brochure'), app('quiet-team', 'newsletter', { [ALWAYS]: 'true' })],
    },
    { name: 'odd-team', age: '10d', labels: { [REVISION]: 'odd' }, objects: [app('odd-team', 'billing-export')] },
  ]);
}

/** A selector in the injector's settings keeps some pods out. */
async function seedSelectors(seeder: Seeder): Promise<void> {
  seeder.at('9d');
  await changeConfig(seeder, `${DEFAULT_SETTINGS}-1-10-2`, (config) => ({
    ...config,
    neverInjectSelector: [{ matchLabels: { [NEVER]: 'true' } }],
  }));
  await seeder.pass(RELOAD_MS);
  await seedNamespaces(seeder, [
    {
      name: 'picky-team',
      age: '8d',
      labels: { [REVISION]: '1-10-2' },
      objects: [app('picky-team', 'invoices'), app('picky-team', 'invoice-import', { [NEVER]: 'true' })],
    },
  ]);
}

/** Webhooks that somebody added by hand: a condition keeps most pods away, and where it holds two injectors are called. */
async function seedRivals(seeder: Seeder): Promise<void> {
  seeder.at('8d');
  const service = { namespace: 'istio-system', name: 'istiod-preview', path: '/inject', port: 443 };
  await seeder.create({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: `${DEFAULT_SETTINGS}-by-team`,
      labels: { app: 'sidecar-injector', [REVISION]: 'preview' },
    },
    webhooks: [
      {
        name: 'by-team.sidecar-injector.istio.io',
        clientConfig: { service },
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], scope: '*' }],
        failurePolicy: 'Ignore',
        matchPolicy: 'Equivalent',
        namespaceSelector: { matchLabels: { [TEAM]: 'on' } },
        objectSelector: { matchExpressions: [{ key: INJECT, operator: 'NotIn', values: ['false'] }] },
        matchConditions: [
          {
            name: 'asks-for-the-mesh',
            expression: `has(object.metadata.labels) && '${ASKS}' in object.metadata.labels`,
          },
        ],
        sideEffects: 'None',
        timeoutSeconds: 10,
        admissionReviewVersions: ['v1'],
        reinvocationPolicy: 'Never',
      },
    ],
  });
  await seedNamespaces(seeder, [
    { name: 'blue-team', age: '7d', labels: { [TEAM]: 'on' }, objects: [app('blue-team', 'ledger')] },
    {
      name: 'double-team',
      age: '7d',
      labels: { ...ENABLED, [TEAM]: 'on' },
      objects: [app('double-team', 'loyalty', { [ASKS]: 'please' })],
    },
  ]);
}

/** Pods that ask for what they cannot have, since their namespace or nobody decides so. */
async function seedVainRequests(seeder: Seeder): Promise<void> {
  seeder.at('6d');
  const shell = container({
    name: 'shell',
    image: 'nicolaka/netshoot:v0.13',
    more: { command: ['sleep', 'infinity'] },
  });
  const podLabels = { [INJECT]: 'true' };
  await seeder.run(barePod({ name: 'dns-debug', namespace: 'kube-system', podLabels, containers: [shell] }));
  const plans: readonly (readonly [name: string, labels: TextMap, app: string, podLabels: TextMap])[] = [
    ['pinned-team', ENABLED, 'tax-rates', { [REVISION]: '1-10-2' }],
    ['lost-team', {}, 'shipping-labels', { [REVISION]: '1-8-0' }],
    ['blocked-team', { 'istio-injection': 'disabled' }, 'returns', podLabels],
  ];
  await seedNamespaces(
    seeder,
    plans.map(([name, labels, title, own]) => ({ name, age: '6d', labels, objects: [app(name, title, own)] })),
  );
}

/** Made while the injector had other values, under the same image and revision. */
async function seedStaleValues(seeder: Seeder): Promise<void> {
  // What was told before has its pods by now, of the values that were in force.
  await seeder.settle();
  seeder.at('5d');
  await changeRequests(seeder, '100m', '60m');
  await seeder.pass(RELOAD_MS);
  await seedNamespaces(seeder, [
    { name: 'archive', age: '4d', labels: ENABLED, objects: [app('archive', 'document-store')] },
  ]);
  await seeder.settle();
  seeder.at('3d');
  await changeRequests(seeder, '60m', '100m');
  await seeder.pass(RELOAD_MS);
}

/** Moved to another revision, and not restarted since. */
async function seedMoved(seeder: Seeder): Promise<void> {
  const objects = [app('moving-team', 'ticketing')];
  await seedNamespaces(seeder, [{ name: 'moving-team', age: '20d', labels: ENABLED, objects }]);
  seeder.at('2d');
  await seeder.label('namespaces', { name: 'moving-team' }, { 'istio-injection': null, [REVISION]: '1-10-2' });
}

type Config = Readonly<Record<string, unknown>>;

async function changeConfig(seeder: Seeder, name: string, change: (config: Config) => Config): Promise<void> {
  await changeText(seeder, name, 'config', (text) => {
    const config = load(text);
    if (typeof config !== 'object' || config === null) throw new Error(`The ConfigMap ${name} has no settings.`);
    return dump(change({ ...config }), { lineWidth: -1 });
  });
}

function changeRequests(seeder: Seeder, from: string, to: string): Promise<void> {
  const request = new RegExp(`("requests":\\s*\\{\\s*"cpu":\\s*)"${from}"`);
  return changeText(seeder, DEFAULT_SETTINGS, 'values', (text) => text.replace(request, `$1"${to}"`));
}

async function changeText(seeder: Seeder, name: string, key: string, change: (text: string) => string): Promise<void> {
  await seeder.change('configmaps', { name, namespace: 'istio-system' }, (draft: KubeObject) => {
    const data = Object(draft.data);
    draft.data = { ...data, [key]: change(String(data[key] ?? '')) };
  });
}
