import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as base } from '@playwright/test';
import { recordsAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import { applyScenario } from '@/testbed/scenarios/apply-scenario';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';
import { spawnDashboard } from '@/tests/routes/spawn-dashboard';

const execute = promisify(execFile);
const START_MS = 300_000;

/** The namespace that tests switch, and whose team the one-namespace user is. */
export const OWN = 'mission';
/** A namespace in the mesh that tests only look at. */
export const MESH = 'bookinfo';

interface WorkerFixtures {
  readonly testbed: Testbed;
  /** Addresses of one built dashboard for each user of the cluster. */
  readonly dashboards: { readonly admin: string; readonly viewer: string; readonly team: string };
}

/** Tests with a real cluster, real istiods, and the built dashboard as each of the cluster's users starts it. */
export const test = base.extend<object, WorkerFixtures>({
  testbed: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const testbed = await startTestbed({ name: 'browser', isFresh: true, withIstio: true, scenario: 'bookinfo' });
      const target = { kubeconfigPath: testbed.kubeconfigs.admin, installer: testbed.istio };
      await applyScenario(target, 'mission', { namespaces: 0, podsPerNamespace: 0 });
      await use(testbed);
      await testbed.stop();
    },
    { scope: 'worker', timeout: START_MS },
  ],
  dashboards: [
    async ({ testbed }, use) => {
      const { admin, viewer, team } = testbed.kubeconfigs;
      const programs = await Promise.all([
        spawnDashboard(admin),
        spawnDashboard(viewer),
        spawnDashboard(team, ['--namespace', OWN]),
      ]);
      const [first, second, third] = programs.map(({ found }) => found);
      await use({ admin: first ?? '', viewer: second ?? '', team: third ?? '' });
      await Promise.all(programs.map((program) => program.stop()));
    },
    { scope: 'worker', timeout: START_MS },
  ],
});

/** Runs the real kubectl as admin and returns what it printed. */
export async function kubectl(testbed: Testbed, ...args: readonly string[]): Promise<string> {
  const program = join(testbed.programsFolder, 'kubectl');
  const { stdout } = await execute(program, ['--kubeconfig', testbed.kubeconfigs.admin, ...args]);
  return stdout;
}

/** The pods of a namespace that are not being deleted, as the API server has them. */
export async function podsOf(testbed: Testbed, namespace: string): Promise<KubeObject[]> {
  const list: unknown = JSON.parse(await kubectl(testbed, 'get', 'pods', '-n', namespace, '-o', 'json'));
  return recordsAt(list, 'items')
    .map((item) => item as unknown as KubeObject)
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

export async function labelsOf(testbed: Testbed, namespace: string): Promise<Record<string, string>> {
  return JSON.parse(await kubectl(testbed, 'get', 'namespace', namespace, '-o', 'jsonpath={.metadata.labels}'));
}
