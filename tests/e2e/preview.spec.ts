import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { load } from 'js-yaml';
import type { KubeObject } from '@/demo/server/object-types';
import { previewLineSchema } from '@/lib/api/preview';
import { type Dashboard, test } from './dashboard';
import { seedMany, seedVariety } from './preview-workloads';
import { arrivedText, toldText } from './server-parts';

const MANY = 500;
const readyPods = ({ cluster }: Dashboard, namespace: string): readonly KubeObject[] =>
  cluster.store.list('pods', namespace).filter(({ metadata }) => metadata.deletionTimestamp === undefined);

async function openToggle(page: Page, { url }: Dashboard, namespace: string): Promise<Locator> {
  await page.goto(`${url}/namespaces/${namespace}?do=enable`);
  return page.getByRole('dialog');
}

async function readDownload(page: Page, start: () => Promise<void>): Promise<string> {
  const download = page.waitForEvent('download');
  await start();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

const rowOf = (dialog: Locator, name: string): Locator => dialog.locator('tr[data-row]').filter({ hasText: name });

/** Opens a row, looks into it, and closes it again. */
async function linkOf(dialog: Locator, name: string): Promise<string> {
  const button = rowOf(dialog, name).getByRole('button', { name });
  await button.click();
  await expect(dialog.getByText('Containers that arrive')).toBeVisible();
  const href = await dialog.getByRole('link', { name: /Before and after of this workload/ }).getAttribute('href');
  await button.click();
  return href ?? '';
}

/** The pod that the preview page of a workload offers as a download. */
async function toldBy(page: Page, url: string): Promise<Readonly<Record<string, unknown>>> {
  await page.goto(url);
  const text = await readDownload(page, () => page.getByRole('button', { name: 'Download YAML' }).click());
  return load(text) as Readonly<Record<string, unknown>>;
}

async function switchOn(dialog: Locator, namespace: string): Promise<void> {
  await dialog.getByLabel(/^Restart (this workload|these \d+ workloads) now$/).check();
  await dialog.getByRole('button', { name: `Enable injection in ${namespace}` }).click();
  await expect(dialog.getByText('Written')).toBeVisible();
  await expect(dialog.getByText(/^All \d+ workloads? run/)).toBeVisible({ timeout: 60_000 });
}

test('the pods that arrive are the pods that the preview told', async ({ page, ownDashboard }) => {
  test.setTimeout(150_000);
  const { url } = ownDashboard;
  const dialog = await openToggle(page, ownDashboard, 'mission');
  await expect(dialog.getByText('The only workload is rendered.')).toBeVisible();
  await expect(rowOf(dialog, 'nginx-deployment')).toContainText('gets a sidecar');
  const told = await toldBy(page, `${url}${await linkOf(dialog, 'nginx-deployment')}`);
  expect(toldText(told)).toContain('name: istio-proxy');

  await switchOn(await openToggle(page, ownDashboard, 'mission'), 'mission');
  const pods = readyPods(ownDashboard, 'mission');
  expect(pods).toHaveLength(3);
  for (const pod of pods) expect(arrivedText(pod, told)).toBe(toldText(told));
});

test('so are pods with probes, init containers, annotations, and those of other kinds', async ({
  page,
  ownDashboard,
}) => {
  test.setTimeout(150_000);
  const { url } = ownDashboard;
  await seedVariety(ownDashboard, 'variety');
  await expect.poll(() => readyPods(ownDashboard, 'variety').length, { timeout: 15_000 }).toBeGreaterThanOrEqual(8);
  const dialog = await openToggle(page, ownDashboard, 'variety');
  await expect(dialog.getByText('All 5 workloads are rendered.')).toBeVisible();
  await expect(rowOf(dialog, 'legacy')).toContainText('stays without');
  await expect(rowOf(dialog, 'mistyped')).toContainText('would be refused');
  await expect(rowOf(dialog, 'mistyped')).toContainText('sidecarr');
  await expect(dialog.getByText('1 workload would be refused.')).toBeVisible();

  const exported = JSON.parse(
    await readDownload(page, async () => {
      await dialog.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: 'JSON' }).click();
    }),
  );
  const requests = new Map<string, { readonly replicas: number; readonly perPod: { readonly cpu: string } }>(
    exported.rows.map((each: { readonly name: string; readonly requests?: never }) => [each.name, each.requests]),
  );
  expect(requests.get('checkout')).toMatchObject({ replicas: 2, perPod: { cpu: '250m' } });
  expect(requests.get('mistyped')).toBeUndefined();

  const links = new Map<string, string>();
  for (const name of ['checkout', 'ledger', 'agent']) links.set(name, await linkOf(dialog, name));
  const told = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [name, link] of links) told.set(name, await toldBy(page, `${url}${link}`));
  const after = await openToggle(page, ownDashboard, 'variety');
  await expect(after.getByText('All 5 workloads are rendered.')).toBeVisible();
  await switchOn(after, 'variety');
  for (const [name, pod] of told) {
    const pods = readyPods(ownDashboard, 'variety').filter(({ metadata }) => metadata.labels?.app === name);
    expect(pods.length).toBeGreaterThanOrEqual(2);
    for (const arrived of pods) expect(arrivedText(arrived, pod)).toBe(toldText(pod));
  }
});

test('a pod without a sidecar shows what it would be, and with another revision', async ({ page, ownDashboard }) => {
  const [pod] = readyPods(ownDashboard, 'mission');
  await page.goto(`${ownDashboard.url}/namespaces/mission/pods/${pod?.metadata.name}?tab=before-after`);
  const preview = page.getByRole('region', { name: 'Preview of the next pod' });
  await expect(preview).toContainText('would be injected');
  await expect(preview.getByText('istio-proxy').first()).toBeVisible();
  await preview.getByLabel('Labels of mission:').selectOption({ label: 'istio-injection=disabled' });
  await expect(preview).toContainText('would stay without');
  await expect(page).toHaveURL(/action=disable/);
  await page.getByRole('button', { name: 'As it is today' }).click();
  await expect(page.getByText('Injection changed nothing here.')).toBeVisible();
});

test.describe('with 500 workloads', () => {
  test('rows arrive one by one, and stopping ends the request', async ({ page, ownDashboard }) => {
    test.setTimeout(120_000);
    await seedMany(ownDashboard, 'wide', MANY);
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await page.goto(`${ownDashboard.url}/namespaces/wide`);
    await page.getByText(`${MANY} of ${MANY}`).waitFor();
    const slow = { offline: false, latency: 20, downloadThroughput: 60_000, uploadThroughput: 60_000 };
    await network.send('Network.emulateNetworkConditions', slow);
    const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('/injection/preview'));
    await page.getByRole('button', { name: 'Enable injection' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/^Rendering: [1-9]\d* of 500 workloads$/)).toBeVisible({ timeout: 20_000 });
    const size = await dialog.boundingBox();
    await expect(dialog.getByRole('button', { name: 'Enable injection in wide' })).toBeEnabled();
    await expect(dialog.getByText(/are not rendered yet\.$/)).toBeVisible();
    expect(await dialog.locator('tr[data-row]').count()).toBeLessThan(60);

    await dialog.getByRole('button', { name: 'Stop' }).click();
    await ended;
    await expect(dialog.getByText(/^Stopped after \d+ of 500\./)).toBeVisible();

    await network.send('Network.emulateNetworkConditions', { ...slow, latency: 0, downloadThroughput: -1 });
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await expect(dialog.getByText('All 500 workloads are rendered.')).toBeVisible({ timeout: 20_000 });
    expect(await dialog.boundingBox()).toEqual(size);
    expect(await dialog.locator('tr[data-row]').count()).toBeLessThan(60);

    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
    expect(
      violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ).toEqual([]);
  });

  test('closing the dialog ends the request, and the keyboard walks the rows', async ({ page, ownDashboard }) => {
    test.setTimeout(120_000);
    await seedMany(ownDashboard, 'wide', MANY);
    await page.goto(`${ownDashboard.url}/namespaces/wide`);
    await page.getByText(`${MANY} of ${MANY}`).waitFor();
    await page.getByRole('button', { name: 'Enable injection' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('All 500 workloads are rendered.')).toBeVisible({ timeout: 20_000 });
    await dialog.locator('tr[data-row="0"]').focus();
    await page.keyboard.press('End');
    await expect(dialog.locator('tr[data-row="499"]')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('link', { name: /Before and after of this workload/ })).toBeVisible();
    await page.keyboard.press('Space');
    await expect(dialog.getByLabel('Restart service-499 now')).toBeChecked();
    await page.keyboard.press('Home');
    await expect(dialog.locator('tr[data-row="0"]')).toBeFocused();
    await page.keyboard.press('Escape');

    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const slow = { offline: false, latency: 20, downloadThroughput: 60_000, uploadThroughput: 60_000 };
    await network.send('Network.emulateNetworkConditions', slow);
    const ended = page.waitForEvent('requestfailed', (request) => request.url().includes('/injection/preview'));
    await page.getByRole('button', { name: 'Enable injection' }).click();
    await expect(dialog.getByText(/^Rendering: [1-9]\d* of 500 workloads$/)).toBeVisible({ timeout: 20_000 });
    await page.keyboard.press('Escape');
    await ended;
    await expect(dialog).toBeHidden();
  });
});

test('the stream tells one start, every row and the totals', async ({ ownDashboard }) => {
  await seedMany(ownDashboard, 'wide', 40);
  const path = '/api/v1/namespaces/wide/injection/preview?action=enable';
  await expect.poll(async () => (await readLines(`${ownDashboard.url}${path}`)).length).toBe(42);
  const lines = (await readLines(`${ownDashboard.url}${path}`)).map((line) =>
    previewLineSchema.parse(JSON.parse(line)),
  );
  expect(lines.map(({ type }) => type)).toEqual(['start', ...Array.from({ length: 40 }, () => 'row'), 'end']);
});

async function readLines(address: string): Promise<readonly string[]> {
  const response = await fetch(address);
  return (await response.text()).split('\n').filter((line) => line !== '');
}
