import { expect, type Page } from '@playwright/test';
import { container, deployment, namespace } from '@/demo/scenarios/build-objects';
import type { NewObject } from '@/demo/server/object-types';
import { type Dashboard, test } from './dashboard';

const SPACE = 'ports-of-a-pod';

async function create({ cluster }: Dashboard, resource: string, object: NewObject): Promise<void> {
  await cluster.apiServer.admission.createWithAdmission(resource, object, { manager: 'kubectl' });
}

/** A pod whose metrics are merged, whose probe is rewritten, whose init container wants a port of Envoy, and which runs with TPROXY. */
async function seedPod(dashboard: Dashboard): Promise<string> {
  await create(dashboard, 'namespaces', namespace(SPACE, { 'istio-injection': 'enabled' }));
  const probe = { readinessProbe: { httpGet: { path: '/ready', port: 8080 } } };
  const app = container({ name: 'shop', image: 'registry.example/shop:2', ports: [8080], more: probe });
  const early = container({ name: 'warm-up', image: 'registry.example/warm-up:1', ports: [15021] });
  const workload = deployment({
    namespace: SPACE,
    name: 'shop',
    containers: [app],
    pod: { initContainers: [early] },
    podAnnotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '9100',
      'proxy.istio.io/config': 'concurrency: 3\n',
      'sidecar.istio.io/interceptionMode': 'TPROXY',
      'sidecar.istio.io/nativeSidecar': 'true',
    },
  });
  await create(dashboard, 'deployments.apps', workload);
  const find = () => dashboard.cluster.store.list('pods').find(({ metadata }) => metadata.namespace === SPACE);
  await expect.poll(() => find()?.metadata.name ?? '').not.toBe('');
  return find()?.metadata.name ?? '';
}

const row = (page: Page, port: string, process: string) =>
  page
    .getByRole('table', { name: 'Listening ports' })
    .getByRole('row')
    .filter({ hasText: new RegExp(`^\\D*${port}`) })
    .filter({ hasText: process });

test('the ports of a pod tell probes, metrics, clashes and sockets', async ({ page, dashboard }) => {
  const pod = await seedPod(dashboard);
  await page.goto(`${dashboard.url}/namespaces/${SPACE}/pods/${pod}?tab=ports`);
  await expect(row(page, '15020', 'pilot-agent')).toContainText('GET /app-health/shop/readyz');
  await expect(row(page, '15020', 'pilot-agent')).toContainText('Prometheus scrapes here');
  await expect(row(page, '15020', 'pilot-agent')).toContainText('fetches from localhost:9100/metrics');
  await expect(row(page, '8080', 'shop')).toContainText('GET /ready');
  await expect(row(page, '9100', 'shop')).toContainText('pilot-agent fetches the application’s metrics here');
  await expect(row(page, '15021', 'warm-up')).toContainText(
    'Envoy has it, since a native sidecar starts before this init container',
  );
  await expect(row(page, '15006', 'Envoy')).toContainText('3 sockets, one per Envoy worker thread');

  await page.getByRole('link', { name: 'Processes', exact: true }).click();
  const envoy = page.getByRole('article').filter({ hasText: '/usr/local/bin/envoy' });
  await expect(envoy).toContainText('uid 0 gid 1337');
  await expect(envoy).toContainText('only the capability NET_ADMIN');
});
