import { expect, type Page } from '@playwright/test';
import { kubectl, labelsOf, MESH, OWN, podsOf, test } from './real-dashboard';

const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views of this pod' }).getByText(name);

async function openMenu(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/namespaces?q=${OWN}`);
  await page.getByRole('button', { name: `Actions for ${OWN}` }).click();
}

test('namespaces, control planes and the graph show what the cluster holds', async ({ page, testbed, dashboards }) => {
  await page.goto(`${dashboards.admin}/namespaces`);
  const names = (await kubectl(testbed, 'get', 'namespaces', '-o', 'name')).trim().split('\n');
  for (const name of names) {
    const link = page.getByRole('link', { name: name.replace('namespace/', ''), exact: true });
    await expect(link).toBeVisible();
  }
  await page.goto(`${dashboards.admin}/control-planes`);
  await expect(page.getByText('2 of 2 control planes serve')).toBeVisible();
  await expect(page.getByText('istio-revision-tag-prod').first()).toBeVisible();

  await page.goto(`${dashboards.admin}/graph?namespaces=${MESH}`);
  await expect(page.getByText('productpage').first()).toBeVisible();
});

test('a pod that real istiod injected: why, before and after, ports, capture, processes, log', async ({
  page,
  testbed,
  dashboards,
}) => {
  const pods = await podsOf(testbed, MESH);
  const pod = pods.find(({ metadata }) => metadata.labels?.app === 'productpage');
  expect(pod?.metadata.annotations).toHaveProperty(['sidecar.istio.io/status']);
  await page.goto(`${dashboards.admin}/namespaces/${MESH}/pods/${pod?.metadata.name}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('productpage');
  await expect(page.getByText('Does a webhook pick the namespace?')).toBeVisible();

  await tab(page, 'Before / after').click();
  await expect(page.getByText('docker.io/istio/proxyv2:1.31-dev').first()).toBeVisible();

  await tab(page, 'Ports').click();
  await expect(page.getByRole('row', { name: /^added by injection 15006/ })).toContainText('Envoy');
  await expect(page.getByRole('row', { name: /^9080/ })).toContainText('captured, goes to 15006');

  await tab(page, 'Capture').click();
  await page.getByRole('button', { name: 'Rules', exact: true }).click();
  await expect(page.getByText('-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006').first()).toBeVisible();

  await tab(page, 'Processes').click();
  await expect(page.getByText('istiod.istio-system.svc:15012').first()).toBeVisible();

  await tab(page, 'Events and logs').click();
  await page.getByRole('button', { name: 'istio-proxy' }).click();
  await expect(page.getByLabel('Log of istio-proxy')).toContainText('played by KWOK');
});

test('switch on, restart, and the sidecars of real istiod arrive without a reload; then undo', async ({
  page,
  testbed,
  dashboards,
}) => {
  const before = await labelsOf(testbed, OWN);
  await openMenu(page, dashboards.admin);
  await page.getByRole('menuitem', { name: 'Enable injection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByRole('radio', { name: /1-10-2/ })
    .first()
    .check();
  await dialog.getByLabel('Restart nginx-deployment now').check();
  await dialog.getByRole('button', { name: `Enable injection in ${OWN}` }).click();
  await expect(dialog.getByText('Written')).toBeVisible();
  await expect(dialog.getByText(/^All 1 workloads? run/)).toBeVisible({ timeout: 60_000 });
  expect(await labelsOf(testbed, OWN)).toEqual({ ...before, 'istio.io/rev': '1-10-2' });

  const pods = await podsOf(testbed, OWN);
  expect(pods).toHaveLength(3);
  for (const { metadata } of pods) {
    const status: unknown = JSON.parse(metadata.annotations?.['sidecar.istio.io/status'] ?? '{}');
    expect(status).toMatchObject({ revision: '1-10-2' });
  }
  await dialog.getByRole('button', { name: 'Undo the label change' }).click();
  await expect(dialog.getByText('Taken back')).toBeVisible();
  expect(await labelsOf(testbed, OWN)).toEqual(before);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('row', { name: OWN })).toContainText('3 of 3');
});

test('a label that kubectl sets shows within a second', async ({ page, testbed, dashboards }) => {
  await page.goto(`${dashboards.admin}/namespaces?q=${OWN}`);
  const row = page.getByRole('row', { name: OWN });
  await expect(row).toContainText('off');
  await kubectl(testbed, 'label', 'namespace', OWN, 'istio-injection=enabled');
  await expect(row).not.toContainText('off', { timeout: 1_000 });
  await kubectl(testbed, 'label', 'namespace', OWN, 'istio-injection-');
  await expect(row).toContainText('off', { timeout: 1_000 });
});
