import { expect } from '@playwright/test';
import { labelNamespace, test } from './dashboard';

test('an API server that goes away is told, and what changed meanwhile shows afterwards', async ({
  page,
  ownDashboard,
}) => {
  const { cluster, url } = ownDashboard;
  await page.goto(`${url}/namespaces?q=mission`);
  const banner = page.getByRole('banner');
  await expect(banner).toContainText('live');
  await cluster.apiServer.pause();
  await expect(banner).toContainText('data from', { timeout: 20_000 });
  await expect(page.getByRole('row', { name: 'mission' })).toBeVisible();

  labelNamespace(ownDashboard, 'mission', { 'istio-injection': 'disabled' });
  await cluster.apiServer.resume();
  await expect(banner).toContainText('live', { timeout: 30_000 });
  await expect(page.getByRole('row', { name: 'mission' })).toContainText('istio-injection=disabled');
});
