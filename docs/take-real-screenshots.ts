import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { settlePage } from '@/docs/settle-page';
import config from '@/playwright.config';
import { createKubeClient } from '@/testbed/kube-client';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';
import { setPreferences } from '@/tests/e2e/set-preferences';
import { spawnDashboard } from '@/tests/routes/spawn-dashboard';

/** Takes the pictures of docs/screenshots/real: the dashboard on the real cluster, with a pod that real istiod injected. */
const FOLDER = join(process.cwd(), 'docs', 'screenshots', 'real');
const NAMESPACE = 'bookinfo';
const TABS = ['why', 'before-after', 'ports', 'capture', 'processes'] as const;

async function injectedPod({ kubeconfigs }: Testbed): Promise<string> {
  const client = createKubeClient(kubeconfigs.admin);
  try {
    const path = `/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=app%3Dproductpage`;
    const { body } = await client.request({ method: 'GET', path });
    const name = recordsAt(body, 'items').map((pod) => stringAt(pod, 'metadata', 'name'))[0];
    if (name === undefined) throw new Error(`${NAMESPACE} has no pod of productpage.`);
    return name;
  } finally {
    client.close();
  }
}

async function takeAll(url: string, pod: string): Promise<number> {
  const browser = await chromium.launch(config.use?.launchOptions ?? {});
  const pages: (readonly [name: string, path: string])[] = [
    ['namespaces', '/namespaces'],
    ['control-planes', '/control-planes'],
    ['graph', `/graph?namespaces=${NAMESPACE}`],
    ...TABS.map((tab) => [`pod-${tab}`, `/namespaces/${NAMESPACE}/pods/${pod}?tab=${tab}`] as const),
  ];
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    for (const theme of ['light', 'dark']) {
      await setPreferences(page, url, { theme });
      for (const [name, path] of pages) {
        await page.goto(`${url}${path}`);
        await settlePage(page);
        await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), fullPage: true });
      }
    }
    return pages.length * 2;
  } finally {
    await browser.close();
  }
}

const say = (line: string) => void process.stderr.write(`${line}\n`);
await mkdir(FOLDER, { recursive: true });
const testbed = await startTestbed({ name: 'pictures', isFresh: true, withIstio: true, scenario: NAMESPACE, say });
try {
  const dashboard = await spawnDashboard(testbed.kubeconfigs.admin);
  try {
    say(`${await takeAll(dashboard.found, await injectedPod(testbed))} pictures in docs/screenshots/real`);
  } finally {
    await dashboard.stop();
  }
} finally {
  await testbed.stop();
}
