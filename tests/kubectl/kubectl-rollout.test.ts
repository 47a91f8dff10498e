import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';

const run = promisify(execFile);
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

let cluster: DemoCluster;
beforeAll(async () => {
  cluster = await startDemoCluster({ scenario: 'mission', readyDelayMs: 150 });
});
afterAll(() => cluster.stop());

async function kubectl(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('kubectl', ['--kubeconfig', cluster.kubeconfigPath, ...args]);
  return stdout;
}

describe.skipIf(!hasKubectl)('kubectl on the demo cluster (skipped where there is no kubectl)', () => {
  it('labels, restarts and follows the rollout until every pod has its sidecar', async () => {
    expect(await kubectl('label', 'namespace', 'mission', 'istio.io/rev=1-10-2')).toBe('namespace/mission labeled\n');
    await kubectl('rollout', 'restart', 'deployment/nginx-deployment', '-n', 'mission');
    const status = await kubectl('rollout', 'status', 'deployment/nginx-deployment', '-n', 'mission', '--timeout=20s');
    expect(status).toContain('deployment "nginx-deployment" successfully rolled out');
    const ready = await kubectl(
      'get',
      'pods',
      '-n',
      'mission',
      '--no-headers',
      '--field-selector=status.phase=Running',
    );
    const lines = ready.split('\n').filter((line) => line !== '' && !line.includes('Terminating'));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/ 2\/2 +Running /);
  });

  it('scales and waits', async () => {
    await kubectl('scale', 'deployment/nginx-deployment', '-n', 'mission', '--replicas=4');
    await kubectl('rollout', 'status', 'deployment/nginx-deployment', '-n', 'mission', '--timeout=20s');
    expect(
      await kubectl('get', 'deployment', 'nginx-deployment', '-n', 'mission', '-o', 'jsonpath={.status.readyReplicas}'),
    ).toBe('4');
  });

  it('shows the history with its revisions, and events in describe', async () => {
    const history = await kubectl('rollout', 'history', 'deployment/nginx-deployment', '-n', 'mission');
    expect(history).toMatch(/^1 .*\n2 /m);
    const described = await kubectl('describe', 'deployment', 'nginx-deployment', '-n', 'mission');
    expect(described).toContain('ScalingReplicaSet');
  });

  it('prints what istio-init did', async () => {
    const pods = await kubectl('get', 'pods', '-n', 'mission', '-o', 'name');
    const pod = pods.split('\n')[0] ?? '';
    expect(await kubectl('logs', '-n', 'mission', pod, '-c', 'istio-init')).toContain('ISTIO_IN_REDIRECT');
  });

  it('keeps the contexts apart', async () => {
    expect((await kubectl('auth', 'can-i', 'patch', 'namespaces')).trim()).toBe('yes');
    const viewer = run('kubectl', [
      '--kubeconfig',
      cluster.kubeconfigPath,
      '--context',
      'demo-viewer',
      'auth',
      'can-i',
      'patch',
      'namespaces',
    ]);
    await expect(viewer).rejects.toMatchObject({ stdout: expect.stringContaining('no') });
  });
});
