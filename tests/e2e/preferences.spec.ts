import { expect } from '@playwright/test';
import { test } from './dashboard';

test('the language follows the browser, and the switch wins over it', async ({ browser, dashboard }) => {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${dashboard.url}/namespaces`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('命名空间');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');

  await page.getByRole('banner').getByRole('button', { name: '中文' }).click();
  await page.getByText('English').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Namespaces');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Namespaces');
  await context.close();
});

test('the theme switch holds over a reload, without a flash of the other', async ({ page, dashboard }) => {
  await page.goto(`${dashboard.url}/namespaces`);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('banner').getByRole('button', { name: /theme/i }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click();
  const dark = await paper();
  await page.getByRole('banner').getByRole('button', { name: /theme/i }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Light' }).click();
  const light = await paper();
  expect(dark).not.toBe(light);
  const html = await (await page.request.get(`${dashboard.url}/namespaces`)).text();
  expect(html).toContain('data-theme="light"');
});
