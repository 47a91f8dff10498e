import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { injectionPlanAnswerSchema, injectionResultSchema, restartResultSchema } from '@/lib/api/injection';
import { accessAnswerSchema, namespaceAnswerSchema } from '@/lib/api/namespace';
import { workloadAnswerSchema } from '@/lib/api/workload';
import { errorOf, startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ scenario: 'mission' });
});
afterAll(() => api.stop());

const VIEWER = { 'x-sidelight-cluster': 'demo-viewer' };
const INJECTION = '/api/v1/namespaces/mission/injection';
const RESTART = '/api/v1/namespaces/mission/workloads/Deployment/nginx-deployment/restart';

const stored = () => {
  const { metadata } = api.cluster.store.get('namespaces', { name: 'mission' }) ?? {};
  return { labels: metadata?.labels ?? {}, version: metadata?.resourceVersion ?? '' };
};
const shown = async () => namespaceAnswerSchema.parse((await api.get('/api/v1/namespaces/mission')).body).namespace;
const storedDeployment = () => {
  const object = api.cluster.store.get('deployments.apps', { namespace: 'mission', name: 'nginx-deployment' });
  const restartedAt = stringAt(
    object,
    'spec',
    'template',
    'metadata',
    'annotations',
    'kubectl.kubernetes.io/restartedAt',
  );
  return { restartedAt, generation: object?.metadata.generation, version: object?.metadata.resourceVersion };
};

/** What the screen had before it asked: the version that the API shows now. */
async function write(action: Record<string, unknown>, headers: Record<string, string> = {}) {
  return api.post(INJECTION, { resourceVersion: (await shown()).resourceVersion, ...action }, headers);
}

describe('POST …/injection', () => {
  it('changes nothing with dryRun, and says what would be', async () => {
    const before = stored();
    const { status, body } = await write({ action: 'enable', dryRun: true });
    expect(status).toBe(200);
    expect(injectionResultSchema.parse(body)).toMatchObject({
      dryRun: true,
      before: {},
      after: { 'istio-injection': 'enabled' },
    });
    expect(stored()).toEqual(before);
  });

  it('does what the plan said, and the next read shows it', async () => {
    const plan = injectionPlanAnswerSchema.parse((await api.get(`${INJECTION}?action=enable&revision=1-10-2`)).body);
    expect(plan.access).toMatchObject({ allowed: true });
    expect(plan.resourceVersion).toBe(stored().version);
    const { status, body } = await api.post(INJECTION, {
      action: 'enable',
      revision: '1-10-2',
      resourceVersion: plan.resourceVersion,
    });
    expect(status).toBe(200);
    const result = injectionResultSchema.parse(body);
    expect(result.after).toEqual(plan.labels.after);
    expect(result.kubectl).toBe(plan.labels.kubectl);
    expect(result.undo).toEqual({ action: 'unset' });
    expect(stored()).toMatchObject({ version: result.resourceVersion, labels: { 'istio.io/rev': '1-10-2' } });
    await expect.poll(async () => (await shown()).mode.kind, { timeout: 2_000, interval: 20 }).toBe('sidecar');
    expect(await shown()).toMatchObject({
      labels: { 'istio.io/rev': '1-10-2' },
      resourceVersion: result.resourceVersion,
      mode: { label: 'istio.io/rev=1-10-2', servedBy: { revision: '1-10-2' } },
      counts: { missing: 3 },
    });
  });

  it('leaves labels alone that are not its own', async () => {
    api.cluster.store.modify('namespaces', { name: 'mission' }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, team: 'space' };
    });
    await expect.poll(async () => (await shown()).resourceVersion, { timeout: 2_000 }).toBe(stored().version);
    expect((await write({ action: 'disable' })).status).toBe(200);
    expect(stored().labels).toMatchObject({ team: 'space', 'istio-injection': 'disabled' });
    expect(stored().labels).not.toHaveProperty('istio.io/rev');
  });

  it('says on a conflict what stands there now, and writes nothing', async () => {
    const seen = stored().version;
    api.cluster.store.modify('namespaces', { name: 'mission' }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, 'istio-injection': 'enabled' };
    });
    const now = stored();
    const answer = await api.post(INJECTION, { action: 'unset', resourceVersion: seen });
    expect(answer.status).toBe(409);
    expect(errorOf(answer)).toMatchObject({
      code: 'conflict',
      details: { current: { resourceVersion: now.version, labels: { 'istio-injection': 'enabled', team: 'space' } } },
    });
    expect(stored()).toEqual(now);
  });

  it('builds on the labels as they are, not on a snapshot that is behind', async () => {
    api.cluster.store.modify('namespaces', { name: 'mission' }, (draft) => {
      draft.metadata.labels = { team: 'space' };
    });
    await expect.poll(async () => (await shown()).resourceVersion, { timeout: 2_000 }).toBe(stored().version);
    api.cluster.store.modify('namespaces', { name: 'mission' }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, 'istio-injection': 'disabled' };
    });
    const answer = await api.post(INJECTION, { action: 'unset', resourceVersion: stored().version });
    const result = injectionResultSchema.parse(answer.body);
    expect(result).toMatchObject({ before: { 'istio-injection': 'disabled' }, after: {}, undo: { action: 'disable' } });
    expect(result.kubectl).toContain('istio-injection-');
    expect(stored().labels).not.toHaveProperty('istio-injection');
  });

  it('plans with the version that a conflict told, at once', async () => {
    const seen = stored().version;
    await expect.poll(async () => (await shown()).resourceVersion, { timeout: 2_000 }).toBe(seen);
    api.cluster.store.modify('namespaces', { name: 'mission' }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, 'istio-injection': 'enabled' };
    });
    expect((await api.post(INJECTION, { action: 'disable', resourceVersion: seen })).status).toBe(409);
    api.cluster.store.modify('namespaces', { name: 'mission' }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, 'istio.io/rev': 'canary' };
    });
    const plan = injectionPlanAnswerSchema.parse((await api.get(`${INJECTION}?action=disable`)).body);
    expect(plan.resourceVersion).toBe(stored().version);
    expect(plan.labels).toMatchObject({
      before: { 'istio-injection': 'enabled', 'istio.io/rev': 'canary' },
      after: { 'istio-injection': 'disabled' },
    });
  });

  it('unset removes both labels', async () => {
    await expect.poll(async () => (await shown()).resourceVersion, { timeout: 2_000 }).toBe(stored().version);
    expect((await write({ action: 'unset' })).status).toBe(200);
    expect(stored().labels).not.toHaveProperty('istio-injection');
    expect(stored().labels).not.toHaveProperty('istio.io/rev');
  });
});

describe('POST …/restart', () => {
  it('changes nothing with dryRun', async () => {
    const before = storedDeployment();
    const { status } = await api.post(RESTART, { dryRun: true });
    expect(status).toBe(200);
    expect(storedDeployment()).toEqual(before);
  });

  it('restarts as kubectl does, and the rollout arrives with the sidecars', async () => {
    await expect.poll(async () => (await shown()).resourceVersion, { timeout: 2_000 }).toBe(stored().version);
    expect((await write({ action: 'enable', revision: '1-10-2' })).status).toBe(200);
    const before = storedDeployment();
    const { status, body } = await api.post(RESTART, {});
    expect(status).toBe(200);
    const result = restartResultSchema.parse(body);
    expect(result.kubectl).toBe('kubectl -n mission rollout restart deployment/nginx-deployment');
    expect(result.generation).toBe((before.generation ?? 0) + 1);
    expect(storedDeployment().restartedAt).toBe(result.restartedAt);

    const path = '/api/v1/namespaces/mission/workloads/Deployment/nginx-deployment';
    const workload = async () => workloadAnswerSchema.parse((await api.get(path)).body);
    await expect
      .poll(async () => (await workload()).workload.counts, { timeout: 10_000, interval: 50 })
      .toMatchObject({ injected: 3, total: 3 });
    expect((await workload()).rollout).toMatchObject({ ready: 3, updated: 3, isObserved: true });
    const pods = api.cluster.store.list('pods', 'mission').filter((pod) => !pod.metadata.deletionTimestamp);
    const containers = pods.flatMap((pod) => recordsAt(pod, 'spec', 'containers').map(({ name }) => name));
    expect(containers.filter((name) => name === 'istio-proxy')).toHaveLength(3);
  });
});

describe('a viewer', () => {
  it('is told that it may not, and why, before it tries', async () => {
    const access = accessAnswerSchema.parse((await api.get('/api/v1/namespaces/mission/access', VIEWER)).body);
    expect(access.patchNamespace).toMatchObject({ allowed: false, right: 'patch namespaces "mission"' });
    expect(access.restart.Deployment.allowed).toBe(false);
    const plan = await api.get(`${INJECTION}?action=disable`, VIEWER);
    expect(injectionPlanAnswerSchema.parse(plan.body).access.allowed).toBe(false);
  });

  it.each([
    ['an injection write', INJECTION, () => ({ action: 'disable', resourceVersion: stored().version })],
    ['a dry run of it', INJECTION, () => ({ action: 'disable', resourceVersion: stored().version, dryRun: true })],
    ['a restart', RESTART, () => ({})],
  ])('gets 403 for %s, and nothing changes', async (_name, path, body) => {
    const before = [stored(), storedDeployment()];
    const answer = await api.post(path, body(), VIEWER);
    expect(answer.status).toBe(403);
    expect(errorOf(answer).code).toBe('forbidden');
    expect(errorOf(answer).message).toMatch(/mission|nginx-deployment/);
    expect([stored(), storedDeployment()]).toEqual(before);
  });
});

describe('--read-only', () => {
  beforeAll(() => api.reconfigure({ readOnly: true }));
  afterAll(() => api.reconfigure({}));

  it.each([
    ['injection', INJECTION, () => ({ action: 'disable', resourceVersion: stored().version })],
    ['restart', RESTART, () => ({})],
    ['restart with dryRun', RESTART, () => ({ dryRun: true })],
  ])('refuses %s also to whoever may', async (_name, path, body) => {
    const before = [stored(), storedDeployment()];
    const answer = await api.post(path, body());
    expect(answer.status).toBe(403);
    expect(errorOf(answer).message).toMatch(/read-only/);
    expect([stored(), storedDeployment()]).toEqual(before);
  });

  it('is told with the rights', async () => {
    const access = accessAnswerSchema.parse((await api.get('/api/v1/namespaces/mission/access')).body);
    expect(access).toMatchObject({ isReadOnly: true, patchNamespace: { allowed: true } });
    const plan = injectionPlanAnswerSchema.parse((await api.get(`${INJECTION}?action=disable`)).body);
    expect(plan.access).toMatchObject({ allowed: false, reason: 'read-only' });
    expect((await api.get('/api/v1/clusters')).body).toMatchObject({ isReadOnly: true });
  });
});
