import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { labelNamespace, test } from './dashboard';
import { addSecondWebhook } from './second-webhook';
import { setPreferences } from './set-preferences';

const PAGE = '/namespaces/mission/workloads/Deployment/nginx-deployment';
const PROXY = '/spec/containers/1';

const confirm = (page: Page) => page.getByRole('region', { name: 'Confirm with the cluster' });

test.beforeEach(({ ownDashboard }) => labelNamespace(ownDashboard, 'mission', { 'istio.io/rev': '1-10-2' }));

test('the cluster gives the pod that was foreseen, and stores none', async ({ page, ownDashboard }) => {
  const { store } = ownDashboard.cluster;
  const names = () => store.list('pods').map(({ metadata }) => metadata.name);
  const before = names();
  await page.goto(`${ownDashboard.url}${PAGE}`);
  const part = confirm(page);
  await part.getByRole('button', { name: 'Confirm with the cluster' }).click();
  await expect(part.getByText('The cluster gives the same pod')).toBeVisible();
  await expect(part.getByRole('table', { name: 'Fields that differ' })).toHaveCount(0);

  await part.getByText('The pod that was sent').click();
  await expect(part.getByText('kubectl -n mission create')).toContainText('--dry-run=server');
  await expect(part.getByText('kind: Pod')).toBeVisible();
  expect(names()).toEqual(before);
});

test('what another webhook does to the pod stands in the table, field by field', async ({ page, ownDashboard }) => {
  const webhook = await addSecondWebhook(ownDashboard, [
    { op: 'replace', path: `${PROXY}/resources/limits/cpu`, value: '3' },
    { op: 'add', path: '/metadata/labels/cost-center', value: 'web' },
  ]);
  await page.goto(`${ownDashboard.url}${PAGE}`);
  const part = confirm(page);
  await part.getByRole('button', { name: 'Confirm with the cluster' }).click();
  await expect(part.getByText('The cluster gives another pod in 2 fields')).toBeVisible();
  const table = part.getByRole('table', { name: 'Fields that differ' });
  const cpu = table.getByRole('row').filter({ hasText: 'resources.limits[cpu]' });
  await expect(cpu.getByRole('cell')).toHaveText([/2$/, /3$/]);
  const label = table.getByRole('row').filter({ hasText: 'cost-center' });
  await expect(label).toContainText('not the injector’s');
  await expect(label.getByRole('cell')).toHaveText([/absent$/, /web$/]);
  await expect(part.getByText('z-company-policy')).toBeVisible();

  const { violations } = await new AxeBuilder({ page }).include('.confirm-table').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(part.locator('.confirm-table').first().getByText('Cluster', { exact: true }).last()).toBeVisible();
  const { width = 0 } = (await part.locator('.confirm-table').first().boundingBox()) ?? {};
  expect(width).toBeGreaterThan(0);
  expect(width).toBeLessThanOrEqual(390);
  await webhook.stop();
});

test('a viewer reads which right is missing, and can ask nothing', async ({ page, ownDashboard }) => {
  await setPreferences(page, ownDashboard.url, { cluster: 'demo-viewer' });
  await page.goto(`${ownDashboard.url}${PAGE}`);
  const part = confirm(page);
  await expect(part.getByText('create pods in namespace "mission"').first()).toBeVisible();
  await expect(part.getByRole('button', { name: 'Confirm with the cluster' })).toBeDisabled();
});
