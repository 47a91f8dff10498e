import { expect, type Page } from '@playwright/test';
import { type Dashboard, labelNamespace, startDashboard, test } from './dashboard';
import { setPreferences } from './set-preferences';

const labelsOf = ({ cluster }: Dashboard, name: string) =>
  cluster.store.get('namespaces', { name })?.metadata.labels ?? {};

async function choose(page: Page, { url }: Dashboard, names: readonly string[], act: string): Promise<void> {
  await page.goto(`${url}/namespaces`);
  for (const name of names) await page.getByLabel(`Select ${name}`, { exact: true }).check();
  await page.getByRole('button', { name: act, exact: true }).click();
}

test('many at once: what each becomes, one that fails, retry, and one undo for all', async ({ page }) => {
  const own = await startDashboard({ scenario: 'bookinfo' });
  const names = ['bookinfo', 'bookinfo-gateway-api', 'default'];
  const before = names.map((name) => labelsOf(own, name));
  try {
    await choose(page, own, names, 'Disable injection…');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/3 of 3 namespaces change/)).toBeVisible();
    await expect(dialog.getByRole('row', { name: /^bookinfo / })).toContainText('6 lose their sidecar');

    // Between the look and the write somebody else touches one of them.
    labelNamespace(own, 'default', { 'istio.io/rev': 'default' });
    await dialog.getByRole('button', { name: 'Disable in 3 namespaces' }).click();
    await expect(dialog.getByText('2 of 3 written.')).toBeVisible();
    await expect(dialog.getByRole('row', { name: /^default / })).toContainText('Somebody else changed it');
    expect(labelsOf(own, 'default')['istio.io/rev']).toBe('default');

    await dialog.getByRole('button', { name: 'Look again and retry' }).click();
    await expect(dialog.getByRole('row', { name: /^default / })).toContainText('istio.io/rev: default');
    await dialog.getByRole('button', { name: 'Disable in 1 namespace' }).click();
    await expect(dialog.getByText('3 of 3 written.')).toBeVisible();
    for (const name of names) expect(labelsOf(own, name)['istio-injection']).toBe('disabled');

    await dialog.getByRole('button', { name: 'Undo all' }).click();
    await expect(page.getByText('2 changes taken back')).toBeVisible();
    await expect.poll(() => labelsOf(own, 'default')['istio.io/rev']).toBe('default');
    expect(names.slice(0, 2).map((name) => labelsOf(own, name))).toEqual(before.slice(0, 2));
  } finally {
    await own.stop();
  }
});

test('a viewer sees what each would become, and which right is missing', async ({ page, dashboard }) => {
  await setPreferences(page, dashboard.url, { cluster: 'demo-viewer' });
  await choose(page, dashboard, ['bookinfo', 'default'], 'Disable injection…');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/0 of 2 namespaces change/)).toBeVisible();
  await expect(dialog.getByRole('row', { name: /^bookinfo / })).toContainText('patch namespaces "bookinfo"');
  await expect(dialog.getByRole('button', { name: 'Disable in 0 namespaces' })).toBeDisabled();
});
