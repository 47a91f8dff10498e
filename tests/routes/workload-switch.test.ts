import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringAt } from '@/demo/server/json-access';
import { workloadAnswerSchema } from '@/lib/api/workload';
import {
  workloadSwitchPlanSchema,
  workloadSwitchPreviewSchema,
  workloadSwitchResultSchema,
} from '@/lib/api/workload-switch';
import { errorOf, startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ scenario: 'mission' });
  api.cluster.store.modify('namespaces', { name: 'mission' }, (draft) => {
    draft.metadata.labels = { ...draft.metadata.labels, 'istio.io/rev': '1-10-2' };
  });
  await vi.waitFor(async () => expect(await counts()).toMatchObject({ missing: 3 }), { timeout: 5_000 });
});
afterAll(() => api.stop());

const WAIT = { timeout: 10_000, interval: 100 };
const KEY = 'sidecar.istio.io/inject';
const WORKLOAD = '/api/v1/namespaces/mission/workloads/Deployment/nginx-deployment';
const SWITCH = `${WORKLOAD}/injection`;
const VIEWER = { 'x-sidelight-cluster': 'demo-viewer' };
const NAMED = { namespace: 'mission', name: 'nginx-deployment' };

const stored = () => {
  const object = api.cluster.store.get('deployments.apps', NAMED);
  const label = stringAt(object, 'spec', 'template', 'metadata', 'labels', KEY);
  return { label, generation: object?.metadata.generation, version: object?.metadata.resourceVersion ?? '' };
};
const planOf = async (action: string, headers: Record<string, string> = {}) =>
  workloadSwitchPlanSchema.parse((await api.get(`${SWITCH}?action=${action}`, headers)).body);
const counts = async () => workloadAnswerSchema.parse((await api.get(WORKLOAD)).body).workload.counts;

describe('GET …/workloads/{kind}/{name}/injection', () => {
  it('says what the template, the rollout and the next pods would be', async () => {
    const plan = await planOf('enable');
    expect(plan).toMatchObject({
      before: null,
      after: 'true',
      isNoChange: false,
      resourceVersion: stored().version,
      becomes: { becomes: 'gains', pods: 3 },
      facts: [{ code: 'switch.restarts-now', values: { count: 3 } }],
      actions: ['enable', 'disable'],
      access: { allowed: true },
    });
    expect(plan.lines.at(-1)).toEqual({ kind: 'added', text: `        ${KEY}: "true"` });
    expect(plan.kubectl).toContain('kubectl -n mission patch deployment nginx-deployment --type merge');
  });

  it('names the right that a viewer lacks', async () => {
    const { access } = await planOf('enable', VIEWER);
    expect(access).toMatchObject({
      allowed: false,
      right: 'patch deployments.apps "nginx-deployment" in namespace "mission"',
    });
  });

  it.each<[name: string, path: string, status: number, code: string]>([
    [
      'a kind whose template cannot be changed',
      `${SWITCH.replace('Deployment', 'Job')}?action=enable`,
      400,
      'unsupported',
    ],
    [
      'a workload that is not there',
      `${SWITCH.replace('nginx-deployment', 'nothing')}?action=enable`,
      404,
      'not-found',
    ],
    ['an action that is none', `${SWITCH}?action=maybe`, 400, 'bad-request'],
  ])('refuses %s', async (_name, path, status, code) => {
    const answer = await api.get(path);
    expect([answer.status, errorOf(answer).code]).toEqual([status, code]);
  });
});

describe('GET …/workloads/{kind}/{name}/injection/preview', () => {
  const previewOf = async (action: string) =>
    workloadSwitchPreviewSchema.parse((await api.get(`${SWITCH}/preview?action=${action}`)).body);

  it('renders the pod that the label brings, by the cluster’s own injector', async () => {
    const { row, injector } = await previewOf('enable');
    expect(row).toMatchObject({ becomes: 'gains', rendering: 'rendered', requests: { replicas: 3 } });
    expect(row.containers.map(({ name }) => name)).toEqual(expect.arrayContaining(['istio-proxy', 'istio-init']));
    expect(injector).toMatchObject({ revision: '1-10-2' });
  });

  it('renders nothing where the label keeps the injector away', async () => {
    expect((await previewOf('disable')).row).toMatchObject({ rendering: 'not-needed', containers: [] });
  });
});

describe('POST …/workloads/{kind}/{name}/injection', () => {
  it('changes nothing with dryRun', async () => {
    const before = stored();
    const answer = await api.post(SWITCH, { action: 'enable', resourceVersion: before.version, dryRun: true });
    expect(answer.status).toBe(200);
    expect(workloadSwitchResultSchema.parse(answer.body)).toMatchObject({ before: null, after: 'true', dryRun: true });
    expect(stored()).toEqual(before);
  });

  it('refuses a viewer, and a body with more than it knows', async () => {
    const { version } = stored();
    const body = { action: 'enable', resourceVersion: version };
    expect((await api.post(SWITCH, body, VIEWER)).status).toBe(403);
    expect((await api.post(SWITCH, { ...body, patch: {} })).status).toBe(400);
    expect(stored().label).toBeUndefined();
  });

  it('writes the label, which replaces the pods, and undo takes both back', async () => {
    const answer = await api.post(SWITCH, { action: 'disable', resourceVersion: stored().version });
    expect(answer.status).toBe(200);
    const result = workloadSwitchResultSchema.parse(answer.body);
    expect(result).toMatchObject({ after: 'false', undo: { action: 'unset' }, generation: stored().generation });
    expect(stored().label).toBe('false');
    await expect.poll(counts, WAIT).toMatchObject({ 'not-injected': 3, total: 3 });

    // The rollout moved the version on, and the template not: that is how an undo knows that nobody else was here.
    const stale = await api.post(SWITCH, { action: 'unset', resourceVersion: result.resourceVersion });
    expect(stale.status).toBe(409);
    expect(errorOf(stale).details).toEqual({
      current: { resourceVersion: stored().version, fingerprint: result.fingerprint, label: 'false' },
    });
    const { resourceVersion, fingerprint } = result;
    const undone = await api.post(SWITCH, { action: 'unset', resourceVersion, fingerprint });
    expect(undone.status).toBe(200);
    expect(stored().label).toBeUndefined();
    await expect.poll(counts, WAIT).toMatchObject({ injected: 3, total: 3 });
  });

  it('shows an edit of the template by its fingerprint', async () => {
    const { fingerprint } = await planOf('enable');
    api.cluster.store.modify('deployments.apps', NAMED, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, team: 'space' };
    });
    expect((await planOf('enable')).fingerprint).toBe(fingerprint);
    const restart = await api.post(`${WORKLOAD}/restart`, {});
    expect(restart.status).toBe(200);
    expect((await planOf('enable')).fingerprint).not.toBe(fingerprint);
    const late = await api.post(SWITCH, { action: 'enable', resourceVersion: stored().version, fingerprint });
    expect([late.status, errorOf(late).code]).toEqual([409, 'conflict']);
    expect(stored().label).toBeUndefined();
  });

  it('is refused by a server that runs read only', async () => {
    await api.reconfigure({ readOnly: true });
    expect((await planOf('enable')).access).toMatchObject({ allowed: false, reason: 'read-only' });
    const answer = await api.post(SWITCH, { action: 'enable', resourceVersion: stored().version });
    expect(answer.status).toBe(403);
    await api.reconfigure({});
  });
});
