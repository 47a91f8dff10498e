import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelOf } from '@/lib/answers/injection-model';
import { podAnswerSchema } from '@/lib/api/pod-head';
import { workloadAnswerSchema } from '@/lib/api/workload';
import { getSession } from '@/lib/cluster/current-sessions';
import { startApi, type TestApi } from './start-api';

const WAIT_MS = 30_000;

describe('what runs, against what would be made now', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ scenario: 'tricky' });
  }, WAIT_MS);
  afterAll(() => api.stop());

  const judged = () =>
    modelOf(getSession())
      .all()
      .flatMap(({ workloads }) => workloads.flatMap(({ workload, pods }) => pods.map((pod) => ({ workload, ...pod }))));

  it('is known of every pod after a while, without being asked', { timeout: WAIT_MS }, async () => {
    const model = modelOf(getSession());
    await model.whenDecided;
    await model.checks().sweep(() => model.all());
    const { renderings } = model.checks();
    const rendered = judged()
      .filter(({ pod, verdict }) => pod.injection !== undefined && verdict.answer === 'yes' && !verdict.isFinished)
      .map(({ workload, pod, verdict }) => {
        const check = renderings.ofPod(pod, verdict.servedBy?.revision ?? '');
        return { place: `${workload.namespace}/${workload.name}`, check };
      });
    expect(rendered.length).toBeGreaterThan(30);
    const odd = rendered.filter(({ check }) => check?.kind !== 'same');
    // The demo's own webhook made these pods, so only those that the scenario made older may differ.
    expect([...new Set(odd.map(({ place }) => place))].sort()).toEqual([
      'archive/document-store',
      'moving-team/ticketing',
      'warehouse/stock-api',
    ]);
    const images = ['istio-init', 'istio-proxy'].map((name) => ({
      path: `initContainers[${name}].image`,
      running: 'docker.io/istio/proxyv2:1.29.2',
      wanted: 'docker.io/istio/proxyv2:1.30.1',
    }));
    const differencesOf = (at: string) => odd.find(({ place }) => place === at)?.check;
    expect(differencesOf('warehouse/stock-api')).toEqual({ kind: 'differs', differences: images });
    const requests = ['istio-init', 'istio-proxy'].map((name) => ({
      path: `initContainers[${name}].resources.requests[cpu]`,
      running: '60m',
      wanted: '100m',
    }));
    expect(differencesOf('archive/document-store')).toEqual({ kind: 'differs', differences: requests });
  });

  it('is told with the pod and with its workload', async () => {
    const stale = judged().find(({ workload }) => workload.name === 'stock-api')?.pod.name;
    const { body } = await api.get(`/api/v1/namespaces/warehouse/pods/${stale}`);
    const { pod, verdict } = podAnswerSchema.parse(body);
    expect(pod.state).toBe('outdated');
    expect(verdict.rendering).toMatchObject({ kind: 'differs' });
    expect(verdict.gates.find(({ gate }) => gate === 'current')?.outcome).toBe('failed');
    const workload = await api.get('/api/v1/namespaces/warehouse/workloads/Deployment/stock-api');
    expect(workloadAnswerSchema.parse(workload.body).next?.rendering).toMatchObject({ kind: 'differs' });
  });

  it('foresees why the next pod would be refused', async () => {
    const { body } = await api.get('/api/v1/namespaces/experiments/workloads/Deployment/bad-volume');
    const { next } = workloadAnswerSchema.parse(body);
    expect(next?.rendering).toMatchObject({ kind: 'refused' });
    expect(next?.hazards.map(({ hazard }) => hazard)).toEqual(['would-be-refused']);
    expect(next?.gates.find(({ gate }) => gate === 'template')).toMatchObject({ outcome: 'failed', isDeciding: true });
  });

  it('is rendered again when the injector’s values change', { timeout: WAIT_MS }, async () => {
    const { store } = api.cluster;
    const map = { name: 'istio-sidecar-injector', namespace: 'istio-system' };
    const stateOf = (name: string) => judged().find(({ workload }) => workload.name === name)?.verdict.reason;
    expect([stateOf('document-store'), stateOf('config-server')]).toEqual(['other-template', 'injected']);
    store.modify('configmaps', map, (draft) => {
      const data = Object(draft.data);
      draft.data = { ...data, values: data.values.replace(/("requests":\s*\{\s*"cpu":\s*)"100m"/, '$1"60m"') };
    });
    await expect.poll(() => stateOf('document-store'), { timeout: 15_000 }).toBe('injected');
    await expect.poll(() => stateOf('config-server'), { timeout: 15_000 }).toBe('other-template');
  });
});
