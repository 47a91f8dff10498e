import { test as base } from '@playwright/test';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { spawnDashboard } from '@/tests/routes/spawn-dashboard';

/** The built dashboard on a demo cluster of its own. */
export interface Dashboard {
  readonly url: string;
  readonly cluster: DemoCluster;
  stop(): Promise<void>;
}

export async function startDashboard(options: Parameters<typeof startDemoCluster>[0] = {}): Promise<Dashboard> {
  const cluster = await startDemoCluster({ readyDelayMs: 300, ...options });
  const program = await spawnDashboard(cluster.kubeconfigPath);
  return {
    url: program.found,
    cluster,
    stop: async () => {
      await program.stop();
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

/** Sets labels of a namespace behind the dashboard's back, as kubectl would. */
export function labelNamespace({ cluster }: Dashboard, name: string, labels: Readonly<Record<string, string>>): void {
  cluster.store.modify('namespaces', { name }, (draft) => {
    draft.metadata.labels = { ...draft.metadata.labels, ...labels };
  });
}
