import type { NewObject } from '@/demo/server/object-types';
import { container, deployment, job, service, type TextMap } from './build-objects';
import { FORMER_DEFAULT_PLANE } from './control-plane';
import { seedNamespace, seedNamespaces } from './seed-namespace';
import type { Seeder } from './seeder';

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
export async function seedNamespaceLabels(seeder: Seeder): Promise<void> {
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
  await seedNamespaces(
    seeder,
    plans.map(([name, labels, app]) => ({ name, age: '12d', labels, objects: api(name, app, 2) })),
  );
  await seedPayments(seeder);
  await seedUnwanted(seeder);
  await seedOutdated(seeder);
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
async function seedPayments(seeder: Seeder): Promise<void> {
  const settle = container({ name: 'settle', image: 'ghcr.io/example/settlement:5.2.0' });
  const objects = [
    ...api('payments', 'payments-api', 3),
    job({ name: 'settle-2026-w46', namespace: 'payments', containers: [settle], pod: { restartPolicy: 'Never' } }),
  ];
  await seedNamespace(seeder, { name: 'payments', age: '39d', labels: { [REVISION]: '1-10-2' }, objects });
}

/** Switched off after its pods were made. */
async function seedUnwanted(seeder: Seeder): Promise<void> {
  const labels = { [INJECTION]: 'enabled' };
  await seedNamespace(seeder, {
    name: 'analytics',
    age: '17d',
    labels,
    objects: api('analytics', 'events-collector', 2),
  });
  seeder.at('2d');
  await seeder.label('namespaces', { name: 'analytics' }, { [INJECTION]: 'disabled' });
}

/** Its pods were made before the control plane was upgraded. */
async function seedOutdated(seeder: Seeder): Promise<void> {
  const plan = {
    name: 'warehouse',
    age: '55d',
    labels: { [INJECTION]: 'enabled' },
    objects: [...api('warehouse', 'stock-api', 2), ...api('warehouse', 'picking', 1)],
  };
  await seeder.whilePlaneRuns(FORMER_DEFAULT_PLANE, () => seedNamespace(seeder, plan));
  seeder.at('6d');
  await seeder.restart('deployments.apps', { name: 'picking', namespace: 'warehouse' });
}
