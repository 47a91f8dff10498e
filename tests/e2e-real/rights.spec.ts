import { expect } from '@playwright/test';
import { kubectl, labelsOf, MESH, OWN, podsOf, test } from './real-dashboard';

const VERSION = ['get', 'namespace', OWN, '-o', 'jsonpath={.metadata.resourceVersion}'];

test('a viewer sees everything and is told which right each act needs', async ({ page, testbed, dashboards }) => {
  await page.goto(`${dashboards.viewer}/namespaces/${OWN}`);
  await expect(page.getByRole('link', { name: 'nginx-deployment' })).toBeVisible();
  await expect(page.getByText('may not be read')).toHaveCount(0);
  const enable = page.getByRole('button', { name: /Enable injection/ });
  await expect(enable).toHaveAttribute('aria-disabled', 'true');
  await enable.hover();
  await expect(page.getByRole('tooltip')).toContainText(`patch namespaces "${OWN}"`);
  const restart = page.getByRole('button', { name: /Restart/ });
  await expect(restart).toHaveAttribute('aria-disabled', 'true');

  const [pod] = await podsOf(testbed, MESH);
  await page.goto(`${dashboards.viewer}/namespaces/${MESH}/pods/${pod?.metadata.name}?tab=before-after`);
  await expect(page.getByText('docker.io/istio/proxyv2:1.31-dev').first()).toBeVisible();
});

test('what a viewer may not do, the server refuses as well', async ({ request, testbed, dashboards }) => {
  const before = await labelsOf(testbed, OWN);
  const answer = await request.post(`${dashboards.viewer}/api/v1/namespaces/${OWN}/injection`, {
    headers: { origin: dashboards.viewer },
    data: { action: 'enable', resourceVersion: await kubectl(testbed, ...VERSION) },
  });
  expect(answer.status()).toBe(403);
  expect(await labelsOf(testbed, OWN)).toEqual(before);
});

test('the one-namespace user sees that namespace, and what is said of the rest', async ({ page, dashboards }) => {
  await page.goto(`${dashboards.team}/namespaces`);
  await expect(page.getByRole('link', { name: OWN, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: MESH, exact: true })).toHaveCount(0);
  await expect(page.getByText(/kinds of objects may not be read/)).toBeVisible();

  await page.goto(`${dashboards.team}/namespaces/${OWN}`);
  await expect(page.getByText('Webhook configurations may not be read').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Enable injection/ })).toHaveAttribute('aria-disabled', 'true');

  await page.goto(`${dashboards.team}/namespaces/${MESH}`);
  await expect(page.getByText(`"${MESH}"`).first()).toBeVisible();
});

test('the one-namespace user may restart a deployment of its own', async ({ page, testbed, dashboards }) => {
  const before = (await podsOf(testbed, OWN)).map(({ metadata }) => metadata.name);
  await page.goto(`${dashboards.team}/namespaces/${OWN}`);
  await page.getByRole('button', { name: /Restart/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/nginx-deployment/).check();
  await dialog.getByRole('button', { name: /^Restart/ }).click();
  await expect
    .poll(async () => (await podsOf(testbed, OWN)).filter(({ metadata }) => before.includes(metadata.name)).length, {
      timeout: 60_000,
    })
    .toBe(0);
});
