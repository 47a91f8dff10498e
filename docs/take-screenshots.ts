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
const IN_CHINESE = new Set(['namespaces', 'problems', 'pod-before-after', 'pod-capture', 'workload-preview']);

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
      for (const [name, open] of Object.entries(DIALOGS)) {
        await setPreferences(page, dashboard.url, { locale: 'en' });
        await open(page, dashboard);
        await settlePage(page);
        await page.screenshot({ path: join(FOLDER, `${name}-${theme}-${width}.png`) });
        count += 1;
      }
      await context.close();
    }
  }
  return count;
}

/** The most careful screens of the product are dialogs. */
const DIALOGS: Readonly<Record<string, (page: Page, dashboard: Dashboard) => Promise<void>>> = {
  toggle: async (page, { url }) => {
    await page.goto(`${url}/namespaces?q=mission`);
    await page.getByRole('button', { name: 'Actions for mission' }).click();
    await page.getByRole('menuitem', { name: 'Enable injection' }).click();
    await page.getByText('Nothing restarts by itself').waitFor();
  },
  'workload-switch': async (page, { url }) => {
    await page.goto(`${url}/namespaces/bookinfo/workloads/Deployment/reviews-v1?do=disable`);
    await page.getByText('A changed template is a rollout').waitFor();
  },
  bulk: async (page, { url }) => {
    await page.goto(`${url}/namespaces`);
    for (const name of ['analytics', 'bookinfo', 'canary-tests', 'default', 'edge']) {
      await page.getByLabel(`Select ${name}`, { exact: true }).check();
    }
    await page.getByRole('button', { name: 'Enable injection…', exact: true }).click();
    await page.getByText(/of 5 namespaces change/).waitFor();
  },
};

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
