import { expect, type Page } from '@playwright/test';
import { type Dashboard, test } from './dashboard';

async function podOf(dashboard: Dashboard, namespace: string, app: string): Promise<string> {
  const pod = dashboard.cluster.store
    .list('pods', namespace)
    .find(({ metadata }) => metadata.labels?.app === app || metadata.name?.startsWith(app));
  return `${dashboard.url}/namespaces/${namespace}/pods/${pod?.metadata.name}`;
}

const tab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views of this pod' }).getByText(name);

test('a pod answers why, what changed, which ports, how captured, what runs', async ({ page, dashboard }) => {
  const address = await podOf(dashboard, 'bookinfo', 'productpage');
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('productpage');
  await expect(page.getByText('Does a webhook pick the namespace?')).toBeVisible();

  await tab(page, 'Before / after').click();
  await expect(page).toHaveURL(/tab=before-after/);
  await expect(page.getByText('istio-proxy').first()).toBeVisible();

  await tab(page, 'Ports').click();
  await expect(page.getByRole('row', { name: /^added by injection 15006/ })).toContainText('Envoy');
  await expect(page.getByRole('row', { name: /^9080/ })).toContainText('captured, goes to 15006');
  await expect(page.getByRole('row', { name: /^added by injection 15020/ })).toContainText('let through');

  await tab(page, 'Capture').click();
  await expect(page.getByText('ISTIO_INBOUND').first()).toBeVisible();
  await page.getByRole('button', { name: 'Rules', exact: true }).click();
  await expect(page.getByText('-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006').first()).toBeVisible();

  await tab(page, 'Processes').click();
  await expect(page.getByText('istiod.istio-system.svc:15012').first()).toBeVisible();

  await tab(page, 'Events and logs').click();
  await page.getByRole('button', { name: 'istio-init' }).click();
  await expect(page.getByLabel('Log of istio-init')).toContainText('ISTIO_');
});

test('a tab has an address of its own', async ({ page, dashboard }) => {
  const address = await podOf(dashboard, 'bookinfo', 'productpage');
  await page.goto(`${address}?tab=ports`);
  await expect(page.getByRole('row', { name: /^added by injection 15090/ })).toBeVisible();
  await tab(page, 'Why').click();
  await page.goBack();
  await expect(page.getByRole('row', { name: /^added by injection 15090/ })).toBeVisible();
});

test('a pod that is gone says so and what to do', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/namespaces/bookinfo/pods/not-there`);
  await expect(page.getByText('Pod "not-there" is not in namespace "bookinfo".')).toBeVisible();
});
