import { expect } from '@playwright/test';
import { stringAt } from '@/demo/server/json-access';
import { type Dashboard, labelNamespace, test } from './dashboard';
import { setPreferences } from './set-preferences';

const KEY = 'sidecar.istio.io/inject';
const PAGE = '/namespaces/mission/workloads/Deployment/nginx-deployment';
const NAMED = { namespace: 'mission', name: 'nginx-deployment' };

const labelOf = ({ cluster }: Dashboard) =>
  stringAt(cluster.store.get('deployments.apps', NAMED), 'spec', 'template', 'metadata', 'labels', KEY);

test.beforeEach(({ ownDashboard }) => labelNamespace(ownDashboard, 'mission', { 'istio.io/rev': '1-10-2' }));

test('one workload stays out, by its row menu, and comes back by undo on another page', async ({
  page,
  ownDashboard,
}) => {
  await page.goto(`${ownDashboard.url}/namespaces/mission`);
  await page.getByRole('button', { name: 'Actions for nginx-deployment' }).click();
  await page.getByRole('menuitem', { name: 'Ask for no sidecar' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(`${KEY}: "false"`).last()).toBeVisible();
  await expect(dialog.getByText(/all 3 running pods are replaced/)).toBeVisible();
  await expect(dialog.getByText('kubectl -n mission patch deployment nginx-deployment')).toBeVisible();

  await dialog.getByRole('button', { name: 'Try it only (dry run)' }).click();
  await expect(dialog.getByText('Nothing was written.')).toBeVisible();
  expect(labelOf(ownDashboard)).toBeUndefined();

  await dialog.getByRole('button', { name: 'Ask for no sidecar' }).click();
  await expect(dialog.getByText('Written on the template')).toBeVisible();
  expect(labelOf(ownDashboard)).toBe('false');
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  // The way back follows to other pages, and stands under a key.
  await page.getByRole('link', { name: 'Control planes' }).first().click();
  await expect(page.getByRole('heading', { name: 'Control planes', level: 1 })).toBeVisible();
  await page.keyboard.press('u');
  await expect(dialog.getByText('Injection disabled: Deployment nginx-deployment')).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByText('taken back', { exact: true })).toBeVisible();
  expect(labelOf(ownDashboard)).toBeUndefined();
});

test('undo says why where somebody edited the template since', async ({ page, ownDashboard }) => {
  await page.goto(`${ownDashboard.url}${PAGE}?do=enable`);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ask for a sidecar' }).click();
  await expect(dialog.getByText('Written on the template')).toBeVisible();
  ownDashboard.cluster.store.modify('deployments.apps', NAMED, (draft) => {
    const template = draft.spec as { template: { metadata: { labels: Record<string, string> } } };
    template.template.metadata.labels[KEY] = 'false';
  });
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByText(`somebody else changed it in the meantime; now ${KEY}=false`)).toBeVisible();
  expect(labelOf(ownDashboard)).toBe('false');
});

test('a viewer reads which right is missing', async ({ page, ownDashboard }) => {
  await setPreferences(page, ownDashboard.url, { cluster: 'demo-viewer' });
  await page.goto(`${ownDashboard.url}${PAGE}?do=disable`);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('patch deployments.apps "nginx-deployment" in namespace "mission"')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Ask for no sidecar' })).toBeDisabled();
});
