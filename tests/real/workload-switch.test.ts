import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelOf } from '@/lib/answers/injection-model';
import { buildWorkloadSwitchPlan, switchWorkload } from '@/lib/answers/switch-workload';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';
import { readWorkloadTemplate } from '@/lib/cluster/write-workload-switch';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';

const START_MS = 300_000;
const WAIT = { timeout: 60_000, interval: 250 };
const REVIEWS = { kind: 'Deployment', namespace: 'bookinfo', name: 'reviews-v1' } as const;

describe.runIf(process.env.SIDELIGHT_REAL)('a workload’s switch on a real cluster', () => {
  let testbed: Testbed;
  let admin: ClusterSession;
  let viewer: ClusterSession;

  const open = async (kubeconfigPath: string) => {
    const session = new ClusterSession(readKubeconfig({ kubeconfigPath }).connect());
    session.start();
    const model = modelOf(session);
    while (!model.hasDecided) await new Promise((resolve) => setTimeout(resolve, 50));
    return session;
  };
  beforeAll(async () => {
    testbed = await startTestbed({ name: 'switch', isFresh: true, withIstio: true, scenario: 'bookinfo' });
    admin = await open(testbed.kubeconfigs.admin);
    viewer = await open(testbed.kubeconfigs.viewer);
  }, START_MS);
  afterAll(async () => {
    await admin?.close();
    await viewer?.close();
    await testbed?.stop();
  }, START_MS);

  const plan = (action: 'enable' | 'disable' | 'unset', session = admin) =>
    buildWorkloadSwitchPlan(session, REVIEWS, { action });
  const pods = () =>
    admin.store
      .list('pods', 'bookinfo')
      .filter(({ name, deletedAt }) => name.startsWith('reviews-v1') && deletedAt === undefined)
      .map(({ injection }) => injection !== undefined);

  it('is planned with what the cluster has', async () => {
    expect(await plan('disable')).toMatchObject({ before: null, after: 'false', becomes: { becomes: 'loses' } });
    expect((await plan('disable', viewer)).access).toMatchObject({ allowed: false });
  });

  it('changes nothing as a dry run', async () => {
    const seen = await plan('disable');
    const { result } = await switchWorkload(admin, REVIEWS, { action: 'disable', ...pick(seen), dryRun: true });
    expect(result).toMatchObject({ after: 'false', dryRun: true });
    expect((await plan('disable')).fingerprint).toBe(seen.fingerprint);
  });

  it('replaces the pods, and is taken back in the middle of the rollout', { timeout: 120_000 }, async () => {
    const { result } = await switchWorkload(admin, REVIEWS, { action: 'disable', ...pick(await plan('disable')) });
    expect(result).toMatchObject({ after: 'false', undo: { action: 'unset' } });
    await expect.poll(pods, WAIT).toContain(false);
    // By now the rollout has written status, so the version that the write gave is an old one.
    expect((await readWorkloadTemplate(admin, REVIEWS)).resourceVersion).not.toBe(result.resourceVersion);
    const back = await switchWorkload(admin, REVIEWS, { action: 'unset', ...pick(result) });
    expect(back.result.after).toBeNull();
    await expect.poll(pods, WAIT).toEqual([true]);
  });

  it('is refused where somebody edited the template, and without the right', async () => {
    const { resourceVersion } = await plan('enable');
    const old = { resourceVersion, fingerprint: 'of-another-template' };
    await expect(switchWorkload(admin, REVIEWS, { action: 'enable', ...old })).rejects.toMatchObject({
      code: 'conflict',
      details: { current: { label: null } },
    });
    const seen = pick(await plan('enable'));
    await expect(switchWorkload(viewer, REVIEWS, { action: 'enable', ...seen })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

const pick = ({
  resourceVersion,
  fingerprint,
}: {
  readonly resourceVersion: string;
  readonly fingerprint: string;
}) => ({
  resourceVersion,
  fingerprint,
});
