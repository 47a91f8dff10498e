import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { injectAnswerSchema } from '@/lib/api/inject';
import { IS_BUILT, spawnDashboard } from './spawn-dashboard';

/** The server as it ships: it finds its rendering thread, stays quiet about what it renders, and answers meanwhile. */
let cluster: DemoCluster;
let dashboard: Awaited<ReturnType<typeof spawnDashboard>>;
beforeAll(async () => {
  if (!IS_BUILT) return;
  cluster = await startDemoCluster({ scenario: 'mission', readyDelayMs: 200 });
  dashboard = await spawnDashboard(cluster.kubeconfigPath, ['--read-only']);
});
afterAll(async () => {
  await dashboard?.stop();
  await cluster?.stop();
});

const MARK = 'never-to-be-logged-4711';
const POD = `kind: Pod\nmetadata:\n  name: ${MARK}\nspec:\n  containers:\n    - name: a\n      image: b\n`;

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${dashboard.found}/api/v1/inject`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify(body),
  });
}
const request = (manifests: string) => ({
  manifests,
  injector: { kind: 'revision', revision: '1-10-2' },
  engine: 'webhook',
  namespace: 'default',
});

describe.skipIf(!IS_BUILT)('POST /inject of the built server', () => {
  it('renders, read-only as it is, and logs nothing of it', async () => {
    const answer = injectAnswerSchema.parse(await (await post(request(POD))).json());
    expect(answer.objects).toMatchObject([{ name: MARK, outcome: 'injected' }]);
    expect((await post(request(`${POD}\t: ${MARK}`))).status).toBe(200);
    expect((await post({ ...request(POD), namespace: MARK.toUpperCase() })).status).toBe(400);
    expect((await post({ ...request(POD), injector: { kind: 'upload', configMap: `{{ ${MARK}` } })).status).toBe(422);
    expect(dashboard.output()).not.toMatch(new RegExp(MARK, 'i'));
  });

  it('takes it from its own page only', async () => {
    expect((await post(request(POD), { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });
});
