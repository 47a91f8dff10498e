import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { labelNamespace, startDashboard, test } from './dashboard';

test('causes fold and unfold, and their objects lead to their pages', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/`);
  await page.getByRole('link', { name: /^All \d+ causes$/ }).click();
  await expect(page.getByRole('heading', { name: 'Problems', level: 1 })).toBeVisible();
  const groups = page.locator('section[data-cause]');
  await expect(groups.first().getByRole('table')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('table')).toHaveCount(await groups.count());
  await page.keyboard.press('e');
  await expect(page.getByRole('table')).toHaveCount(0);

  const cause = page.locator('section[data-cause="injector-annotation"]');
  await cause.getByRole('button', { expanded: false }).click();
  await expect(page).toHaveURL(/open=injector-annotation/);
  await expect(cause.getByText('refuses a pod with one that it cannot read')).toBeVisible();
  await expect(cause.getByRole('row', { name: /bad-port/ })).toContainText("invalid value '70000'");
  await cause.getByRole('link', { name: 'bad-port' }).click();
  await expect(page).toHaveURL(/\/namespaces\/experiments\/workloads\/Deployment\/bad-port/);
});

test('filters stand in the address and outlive a reload', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/problems`);
  await page.getByRole('button', { name: /^Broken \d/ }).click();
  await page.getByLabel('Namespace', { exact: true }).selectOption('experiments');
  await expect(page).toHaveURL(/severity=error/);
  await expect(page).toHaveURL(/namespace=experiments/);
  const here = page.locator('section[data-cause="injector-annotation"]');
  const elsewhere = page.locator('section[data-cause="pod-security"]');
  await expect(here).toBeVisible();
  await expect(elsewhere).toHaveCount(0);
  await page.reload();
  await expect(here).toBeVisible();
  await expect(elsewhere).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Broken \d/ })).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('searchbox').first().fill('no-such-object');
  await expect(page.getByText('No problem matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(elsewhere).toBeVisible();
});

test('what matches leaves as a file', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/problems?severity=error&namespace=experiments`);
  await page.getByRole('button', { name: 'Export' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('sidelight-problems-demo.csv');
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toContain('severity,cause,title,kind,namespace,name');
  expect(text).toContain(
    'error,injector-annotation,Pods are refused for an invalid annotation,Deployment,experiments,bad-port,1',
  );
  expect(text).not.toContain('warning,');
});

test('a cluster in order says what was checked, and a trouble arrives by itself', async ({ page, ownDashboard }) => {
  await page.goto(`${ownDashboard.url}/problems`);
  await expect(page.getByText('Nothing is wrong', { exact: true })).toBeVisible();
  await expect(page.getByText(/^Checked: \d+ namespaces/)).toBeVisible();
  await expect(page.getByText('Everything that decides could be read.')).toBeVisible();
  labelNamespace(ownDashboard, 'mission', { 'istio.io/rev': '9-9-9' });
  await expect(page.locator('section[data-cause="namespace-unknown-revision"]')).toContainText('mission');
});

test('hundreds of objects of one cause are drawn as they come into sight', async ({ page }) => {
  test.setTimeout(120_000);
  const big = await startDashboard({ scenario: 'mission', scale: 900, podsPerNamespace: 1 });
  try {
    // Without a default injector, every namespace of the load that says istio-injection=enabled says it in vain.
    await page.goto(`${big.url}/problems?open=namespace-odd-value`);
    const group = page.locator('section[data-cause="namespace-odd-value"]');
    await expect(group.getByRole('table')).toBeVisible({ timeout: 30_000 });
    await expect(group).toContainText('1–500 of');
    expect(await group.getByRole('row').count()).toBeLessThan(100);
    const last = group.getByRole('row').last();
    const before = await last.textContent();
    await page.mouse.wheel(0, 12_000);
    await expect(last).not.toHaveText(before ?? '');
    await group.getByRole('button', { name: 'Next' }).click();
    await expect(group).toContainText('501–');
  } finally {
    await big.stop();
  }
});
