import { expect } from '@playwright/test';
import { test } from './dashboard';

test('namespaces can be searched, sorted and opened', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/namespaces`);
  await expect(page).toHaveTitle(/Namespaces/);
  const table = page.getByRole('table', { name: 'Namespaces' });
  await expect(table.getByRole('link', { name: 'mission', exact: true })).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('bookinfo');
  await expect(page).toHaveURL(/q=bookinfo/);
  await expect(table.getByRole('link', { name: 'mission', exact: true })).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: ' of ' }).first()).toContainText('2 of');

  await page.goto(`${dashboard.url}/namespaces`);
  await table.getByRole('button', { name: 'Problem' }).click();
  await table.getByRole('button', { name: 'Problem' }).click();
  await expect(page).toHaveURL(/sort=-problems/);
  await expect(table.getByRole('columnheader', { name: 'Problem' })).toHaveAttribute('aria-sort', 'descending');

  await page.goto(`${dashboard.url}/namespaces?q=bookinfo`);
  await table.getByRole('link', { name: 'bookinfo', exact: true }).click();
  await expect(page).toHaveURL(/\/namespaces\/bookinfo$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('bookinfo');
});

test('a search without a match says what was looked for', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/namespaces?q=no-such-thing`);
  await expect(page.getByText('no-such-thing')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect(page.getByRole('link', { name: 'mission', exact: true })).toBeVisible();
});

test('rows are reached and opened by keyboard', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/namespaces?q=bookinfo`);
  const rows = page.locator('tbody tr[data-row]');
  await expect(rows).toHaveCount(2);
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/namespaces\/bookinfo$/);
});

test('the command palette finds a pod', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/namespaces`);
  await expect(page.getByRole('link', { name: 'mission', exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('ratings-v1-');
  const option = page.getByRole('option', { name: /ratings-v1-/ }).first();
  await expect(option).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/pods\/ratings-v1-|\/workloads\/Deployment\/ratings-v1/);
});
