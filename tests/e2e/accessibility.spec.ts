import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './dashboard';
import { listPages } from './pages.data';
import { setPreferences } from './set-preferences';

const SERIOUS = new Set(['serious', 'critical']);

for (const theme of ['light', 'dark']) {
  test(`axe finds no serious violation on any page, ${theme}`, async ({ page, dashboard }) => {
    test.setTimeout(180_000);
    await setPreferences(page, dashboard.url, { theme });
    const found: string[] = [];
    for (const [name, path] of listPages(dashboard)) {
      await page.goto(`${dashboard.url}${path}`);
      await page.waitForLoadState('load');
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, impact, nodes } of violations) {
        if (SERIOUS.has(impact ?? ''))
          found.push(`${name}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
      }
    }
    expect(found).toEqual([]);
  });
}

test('no page breaks its own content security policy', async ({ page, dashboard }) => {
  test.setTimeout(120_000);
  const broken: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) broken.push(`${page.url()}: ${message.text()}`);
  });
  for (const [, path] of listPages(dashboard)) {
    await page.goto(`${dashboard.url}${path}`);
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
  }
  expect(broken).toEqual([]);
});

test('nothing is cut off sideways at 400 % zoom', async ({ page, dashboard }) => {
  test.setTimeout(120_000);
  // 1280 pixels at 400 % leave 320.
  await page.setViewportSize({ width: 320, height: 640 });
  const wide: string[] = [];
  for (const [name, path] of listPages(dashboard)) {
    await page.goto(`${dashboard.url}${path}`);
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
    if (isWide) wide.push(name);
  }
  expect(wide).toEqual([]);
});
