import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';

/** The built dashboard on a demo cluster of its own. */
export interface Dashboard {
  readonly url: string;
  readonly cluster: DemoCluster;
  stop(): Promise<void>;
}

const READY_MS = 30_000;

function untilAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the dashboard did not start in time')), READY_MS);
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const address = /Sidelight is ready: (\S+)/.exec(text)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once('exit', (code) => reject(new Error(`the dashboard ended with ${code}: ${text}`)));
  });
}

export async function startDashboard(options: Parameters<typeof startDemoCluster>[0] = {}): Promise<Dashboard> {
  const cluster = await startDemoCluster({ readyDelayMs: 300, ...options });
  const program = join(process.cwd(), 'bin', 'sidelight');
  const child = spawn(process.execPath, [program, 'start', '--kubeconfig', cluster.kubeconfigPath, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await untilAddress(child);
  return {
    url,
    cluster,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await cluster.stop();
    },
  };
}

interface Fixtures {
  /** A dashboard that only this test uses and may break. */
  readonly ownDashboard: Dashboard;
}
interface WorkerFixtures {
  /** One for all tests that only look. */
  readonly dashboard: Dashboard;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  dashboard: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const dashboard = await startDashboard();
      await use(dashboard);
      await dashboard.stop();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  ownDashboard: async ({}, use) => {
    const dashboard = await startDashboard({ scenario: 'mission' });
    await use(dashboard);
    await dashboard.stop();
  },
});

/** Sets what the frame remembers in cookies before the first page. */
export async function setPreferences(
  page: Page,
  url: string,
  preferences: { readonly theme?: string; readonly locale?: string; readonly cluster?: string },
): Promise<void> {
  const cookies = Object.entries(preferences).map(([name, value]) => ({ name: `sidelight-${name}`, value, url }));
  await page.context().addCookies(cookies);
}

/** Sets labels of a namespace behind the dashboard's back, as kubectl would. */
export function labelNamespace({ cluster }: Dashboard, name: string, labels: Readonly<Record<string, string>>): void {
  cluster.store.modify('namespaces', { name }, (draft) => {
    draft.metadata.labels = { ...draft.metadata.labels, ...labels };
  });
}
