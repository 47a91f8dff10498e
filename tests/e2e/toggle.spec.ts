import { expect, type Page } from '@playwright/test';
import { type Dashboard, labelNamespace, test } from './dashboard';
import { setPreferences } from './set-preferences';

const NAMESPACE = 'mission';

async function openMenu(page: Page, { url }: Dashboard): Promise<void> {
  await page.goto(`${url}/namespaces?q=${NAMESPACE}`);
  await page.getByRole('button', { name: `Actions for ${NAMESPACE}` }).click();
}

const labelsOf = ({ cluster }: Dashboard) =>
  cluster.store.get('namespaces', { name: NAMESPACE })?.metadata.labels ?? {};

test('enable, restart, and the sidecars arrive without a reload', async ({ page, ownDashboard }) => {
  await openMenu(page, ownDashboard);
  await page.getByRole('menuitem', { name: 'Enable injection' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Nothing restarts by itself')).toBeVisible();
  await expect(dialog.getByText(`kubectl label namespace ${NAMESPACE}`)).toBeVisible();
  await dialog.getByRole('radio').first().check();
  await dialog.getByLabel('Restart nginx-deployment now').check();
  await dialog.getByRole('button', { name: `Enable injection in ${NAMESPACE}` }).click();

  await expect(dialog.getByText('Written')).toBeVisible();
  await expect(dialog.getByText(/^All 1 workloads? run/)).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('row', { name: NAMESPACE })).toContainText('3 of 3');

  const pods = ownDashboard.cluster.store.list('pods', NAMESPACE);
  const running = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  expect(running.every(({ metadata }) => metadata.annotations?.['sidecar.istio.io/status'] !== undefined)).toBe(true);
});

test('a label set by kubectl shows within a second', async ({ page, ownDashboard }) => {
  await page.goto(`${ownDashboard.url}/namespaces?q=${NAMESPACE}`);
  const row = page.getByRole('row', { name: NAMESPACE });
  await expect(row).toContainText('off');
  labelNamespace(ownDashboard, NAMESPACE, { 'istio.io/rev': '1-10-2' });
  await expect(row).toContainText('sidecar', { timeout: 1_000 });
});

test('undo takes the label back', async ({ page, ownDashboard }) => {
  const before = labelsOf(ownDashboard);
  await openMenu(page, ownDashboard);
  await page.getByRole('menuitem', { name: 'Disable injection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: `Disable injection in ${NAMESPACE}` }).click();
  await expect(dialog.getByText('Written')).toBeVisible();
  expect(labelsOf(ownDashboard)['istio-injection']).toBe('disabled');
  await dialog.getByRole('button', { name: 'Undo the label change' }).click();
  await expect(dialog.getByText('Taken back')).toBeVisible();
  expect(labelsOf(ownDashboard)).toEqual(before);
});

test('a namespace that somebody else changed is not overwritten', async ({ page, ownDashboard }) => {
  await openMenu(page, ownDashboard);
  await page.getByRole('menuitem', { name: 'Disable injection' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Nothing restarts by itself')).toBeVisible();

  // The write reaches the server with the version that the dialog showed, and by then the namespace is another.
  await page.route('**/injection', async (route) => {
    if (route.request().method() === 'POST') {
      labelNamespace(ownDashboard, NAMESPACE, { 'istio-injection': 'enabled' });
    }
    await route.continue();
  });
  await dialog.getByRole('button', { name: `Disable injection in ${NAMESPACE}` }).click();
  await expect(dialog.getByRole('alert')).toContainText('Somebody else changed this namespace');
  await expect(dialog.getByRole('alert')).toContainText('istio-injection=enabled');
  expect(labelsOf(ownDashboard)['istio-injection']).toBe('enabled');

  await page.unroute('**/injection');
  await dialog.getByRole('button', { name: 'Look again with the new state' }).click();
  await dialog.getByRole('button', { name: `Disable injection in ${NAMESPACE}` }).click();
  await expect(dialog.getByText('Written')).toBeVisible();
  expect(labelsOf(ownDashboard)['istio-injection']).toBe('disabled');
});

test('a viewer sees why the controls are off', async ({ page, ownDashboard }) => {
  await setPreferences(page, ownDashboard.url, { cluster: 'demo-viewer' });
  await openMenu(page, ownDashboard);
  const item = page.getByRole('menuitem', { name: 'Enable injection' });
  await expect(item).toContainText(`patch namespaces "${NAMESPACE}"`);
  await expect(item).toHaveAttribute('aria-disabled', 'true');
});
