import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { settlePage } from '@/docs/settle-page';
import config from '@/playwright.config';
import { type Dashboard, startDashboard } from '@/tests/e2e/dashboard';
import { listPages } from '@/tests/e2e/pages.data';
import { setPreferences } from '@/tests/e2e/set-preferences';

/** Takes the pictures of docs/screenshots: every page, in both themes, at two widths; some in Chinese too. */
const FOLDER = join(process.cwd(), 'docs', 'screenshots');
const WIDTHS = [1440, 1024] as const;
const THEMES = ['light', 'dark'] as const;
const HEIGHT = 900;
const IN_CHINESE = new Set(['namespaces', 'pod-before-after', 'pod-capture', 'workload-preview']);

async function takeAll(browser: Browser, dashboard: Dashboard): Promise<number> {
  let count = 0;
  for (const theme of THEMES) {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ viewport: { width, height: HEIGHT } });
      const page = await context.newPage();
      for (const [name, path] of listPages(dashboard)) {
        for (const locale of IN_CHINESE.has(name) && width === 1440 ? ['en', 'zh-CN'] : ['en']) {
          await setPreferences(page, dashboard.url, { theme, locale });
          await page.goto(`${dashboard.url}${path}`);
          await settlePage(page);
          const suffix = locale === 'en' ? '' : `-${locale}`;
          await page.screenshot({ path: join(FOLDER, `${name}-${theme}-${width}${suffix}.png`), fullPage: true });
          count += 1;
        }
      }
      await takeDialog(page, dashboard, `${theme}-${width}`);
      count += 1;
      await context.close();
    }
  }
  return count;
}

/** The most careful screen of the product is a dialog, which no address leads to. */
async function takeDialog(page: Page, { url }: Dashboard, suffix: string): Promise<void> {
  await setPreferences(page, url, { locale: 'en' });
  await page.goto(`${url}/namespaces?q=mission`);
  await page.getByRole('button', { name: 'Actions for mission' }).click();
  await page.getByRole('menuitem', { name: 'Enable injection' }).click();
  await page.getByText('The only workload is rendered.').waitFor();
  await page.getByRole('button', { name: 'Deployment nginx-deployment' }).click();
  await settlePage(page);
  await page.screenshot({ path: join(FOLDER, `toggle-${suffix}.png`) });
}

await mkdir(FOLDER, { recursive: true });
const dashboard = await startDashboard();
const browser = await chromium.launch(config.use?.launchOptions ?? {});
try {
  const count = await takeAll(browser, dashboard);
  process.stderr.write(`${count} pictures in docs/screenshots\n`);
} finally {
  await browser.close();
  await dashboard.stop();
}
