import type { NewObject } from '@/demo/server/object-types';
import { container, deployment, job, service, type TextMap } from './build-objects';
import { DEFAULT_PLANE, FORMER_DEFAULT_PLANE, injectorConfig, istiodName } from './control-plane';
import type { ScenarioContext } from './scenario';
import { seedNamespace } from './seed-namespace';

/** A Service and its Deployment. */
export function api(ns: string, name: string, replicas = 1, podLabels: TextMap = {}): NewObject[] {
  const image = `ghcr.io/example/${name}:1.4.2`;
  const main = container({ name: 'app', image, ports: [8080] });
  return [
    service({ name, namespace: ns, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
    deployment({ name, namespace: ns, replicas, podLabels: { app: name, ...podLabels }, containers: [main] }),
  ];
}

const REVISION = 'istio.io/rev';
const INJECTION = 'istio-injection';
const MODE = 'istio.io/dataplane-mode';

/** One namespace per way to label one, right and wrong. */
export async function seedNamespaceLabels(context: ScenarioContext): Promise<void> {
  const { seeder } = context;
  const plans: readonly (readonly [name: string, labels: TextMap, app: string])[] = [
    ['orders', { [REVISION]: 'prod' }, 'orders-api'],
    ['inventory', { [INJECTION]: 'true' }, 'inventory-api'],
    ['search', { [REVISION]: '1-9-7' }, 'search-api'],
    ['checkout-migration', { [INJECTION]: 'enabled', [REVISION]: '1-10-2' }, 'checkout-next'],
    ['reporting', { [INJECTION]: 'disabled', [REVISION]: '1-10-2' }, 'reports'],
    ['mesh-ambient', { [MODE]: 'ambient' }, 'profile-api'],
    ['mesh-mixed', { [MODE]: 'ambient', [INJECTION]: 'enabled' }, 'avatar-api'],
    ['preview', { [REVISION]: 'preview' }, 'preview-web'],
    ['legacy-crm', { [INJECTION]: 'disabled' }, 'crm'],
    ['docs-site', {}, 'docs'],
  ];
  for (const [name, labels, app] of plans) {
    await seedNamespace(seeder, { name, age: '12d', labels, objects: api(name, app, 2) });
  }
  await seedPayments(context);
  await seedUnwanted(context);
  await seedOutdated(context);
  const objects = api('storefront-eu', 'storefront-eu', 2);
  const annotations = { 'argocd.argoproj.io/tracking-id': 'storefront-eu:/Namespace:storefront-eu/storefront-eu' };
  const labels = { [INJECTION]: 'enabled' };
  await seedNamespace(seeder, {
    name: 'storefront-eu',
    age: '8d',
    labels,
    annotations,
    manager: 'argocd-controller',
    objects,
  });
}

/** Served by revision 1-10-2; its Job waits for a proxy that nobody stops. */
async function seedPayments({ seeder }: ScenarioContext): Promise<void> {
  const settle = container({ name: 'settle', image: 'ghcr.io/example/settlement:5.2.0' });
  const objects = [
    ...api('payments', 'payments-api', 3),
    job({ name: 'settle-2026-w46', namespace: 'payments', containers: [settle], pod: { restartPolicy: 'Never' } }),
  ];
  await seedNamespace(seeder, { name: 'payments', age: '39d', labels: { [REVISION]: '1-10-2' }, objects });
}

/** Switched off after its pods were made. */
async function seedUnwanted({ seeder }: ScenarioContext): Promise<void> {
  const labels = { [INJECTION]: 'enabled' };
  await seedNamespace(seeder, {
    name: 'analytics',
    age: '17d',
    labels,
    objects: api('analytics', 'events-collector', 2),
  });
  seeder.at('2d');
  seeder.label('namespaces', 'analytics', { [INJECTION]: 'disabled' });
}

/** Its pods were made before the control plane was upgraded. */
async function seedOutdated({ seeder }: ScenarioContext): Promise<void> {
  const name = istiodName(DEFAULT_PLANE);
  seeder.setInjector(name, injectorConfig(FORMER_DEFAULT_PLANE));
  const labels = { [INJECTION]: 'enabled' };
  await seedNamespace(seeder, {
    name: 'warehouse',
    age: '55d',
    labels,
    objects: [...api('warehouse', 'stock-api', 2), ...api('warehouse', 'picking', 1)],
  });
  seeder.setInjector(name, injectorConfig(DEFAULT_PLANE));
  seeder.at('6d');
  await seeder.restart('deployments.apps', { name: 'picking', namespace: 'warehouse' });
}
