import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { captureAnswerSchema } from '@/lib/api/capture';
import { controlPlanesAnswerSchema } from '@/lib/api/control-planes';
import { graphAnswerSchema } from '@/lib/api/graph';
import { injectionPlanAnswerSchema } from '@/lib/api/injection';
import { namespaceAnswerSchema } from '@/lib/api/namespace';
import { namespacesAnswerSchema } from '@/lib/api/namespaces';
import { overviewAnswerSchema } from '@/lib/api/overview';
import { podDiffAnswerSchema } from '@/lib/api/pod-diff';
import { podAnswerSchema, podEventsAnswerSchema, podLogsAnswerSchema } from '@/lib/api/pod-head';
import { podPortsAnswerSchema, podProcessesAnswerSchema } from '@/lib/api/pod-ports';
import { workloadAnswerSchema } from '@/lib/api/workload';
import { hasSidecar, podsIn } from '@/tests/demo/demo-client';
import { startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const body = async (path: string, headers: Record<string, string> = {}) =>
  (await api.get(`/api/v1${path}`, headers)).body;
const podOf = (namespace: string, prefix: string) => {
  const pod = podsIn(api.cluster, namespace).find(({ metadata }) => metadata.name.startsWith(prefix));
  if (pod === undefined) throw new Error(`no pod ${namespace}/${prefix}`);
  return { name: pod.metadata.name, path: `/namespaces/${namespace}/pods/${pod.metadata.name}` };
};

describe('namespaces of every kind', () => {
  it.each<[name: string, mode: string, label: string, revision: string | undefined]>([
    ['shop', 'sidecar', 'istio-injection=enabled', 'default'],
    ['payments', 'sidecar', 'istio.io/rev=1-10-2', '1-10-2'],
    ['orders', 'sidecar', 'istio.io/rev=prod', '1-10-2'],
    ['analytics', 'off', 'istio-injection=disabled', undefined],
    ['mission', 'off', '', undefined],
    ['search', 'off', 'istio.io/rev=1-9-7', undefined],
    ['canary-tests', 'sidecar', 'istio.io/rev=canary', 'canary'],
    ['checkout-migration', 'sidecar', 'istio-injection=enabled', 'default'],
    ['reporting', 'off', 'istio-injection=disabled', undefined],
    ['inventory', 'off', 'istio-injection=true', undefined],
    ['kube-system', 'off', '', undefined],
    ['mesh-ambient', 'ambient', 'istio.io/dataplane-mode=ambient', undefined],
  ])('%s is %s', async (name, kind, label, revision) => {
    const { namespace } = namespaceAnswerSchema.parse(await body(`/namespaces/${name}`));
    expect({ kind: namespace.mode.kind, label: namespace.mode.label }).toEqual({ kind, label });
    expect(namespace.mode.servedBy?.revision).toBe(revision);
  });

  it('counts every pod of the cluster once, and takes those with the container for injected', async () => {
    const { items } = namespacesAnswerSchema.parse(await body('/namespaces?limit=500'));
    for (const { name, counts } of items) {
      const pods = podsIn(api.cluster, name);
      const running = pods.filter(hasSidecar).length;
      // Gateways and pods that were refused are told apart; nobody else may have the container.
      expect(counts.injected + counts.outdated, name).toBeLessThanOrEqual(running);
      expect(counts.total - counts.refused, name).toBeLessThanOrEqual(pods.length);
    }
  });
});

describe('overview', () => {
  it('sums what the namespaces say at the same moment', async () => {
    const sums = async () => {
      const list = namespacesAnswerSchema.parse(await body('/namespaces?limit=500'));
      const { counts, meta } = overviewAnswerSchema.parse(await body('/overview'));
      const sum = (state: 'injected' | 'total') => list.items.reduce((all, row) => all + row.counts[state], 0);
      // The scenario lives; only two answers of one version can be compared.
      return meta.version === list.meta.version && [sum('injected') - counts.injected, sum('total') - counts.total];
    };
    await expect.poll(sums, { timeout: 5_000, interval: 50 }).toEqual([0, 0]);
  });

  it('holds every state that the scenario has, in shares of one', async () => {
    const { bar, counts, causes, causeCount, meta } = overviewAnswerSchema.parse(await body('/overview'));
    for (const state of ['injected', 'outdated', 'not-injected', 'missing', 'refused', 'ambient'] as const) {
      expect(counts[state], state).toBeGreaterThan(0);
    }
    expect(bar.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(causes.length).toBeGreaterThan(3);
    expect(causeCount).toBeGreaterThanOrEqual(causes.length);
    expect(meta).toMatchObject({ cluster: 'demo', status: 'live', missing: [] });
  });
});

describe('control planes', () => {
  it('knows the three that are installed, with what serves and what does not', async () => {
    const { items, gateways, injectorProblems } = controlPlanesAnswerSchema.parse(await body('/control-planes'));
    const byRevision = new Map(items.map((plane) => [plane.revision, plane]));
    expect(byRevision.get('default')).toMatchObject({ health: 'serving', isServing: true });
    expect(byRevision.get('1-10-2')).toMatchObject({ ready: 2, wanted: 2, tags: ['prod'] });
    expect(items.some(({ health }) => health === 'down')).toBe(true);
    expect(gateways.map(({ name }) => name)).toEqual(expect.arrayContaining(['istio-ingressgateway', 'istio-ingress']));
    expect(injectorProblems).toEqual([]);
  });
});

describe('a pod with a sidecar', () => {
  it('is injected, and its gates say by whom', async () => {
    const { path, name } = podOf('bookinfo', 'productpage');
    const { pod, verdict, mode, workload } = podAnswerSchema.parse(await body(path));
    expect(pod).toMatchObject({ name, state: 'injected', phase: 'Running', revision: 'default' });
    expect(verdict.gates.filter(({ isDeciding }) => isDeciding)).toHaveLength(1);
    expect(verdict.gates.every(({ outcome }) => outcome === 'passed')).toBe(true);
    expect([mode.servedBy?.revision, verdict.servedBy?.revision]).toEqual(['default', 'default']);
    expect(workload).toEqual({ kind: 'Deployment', name: 'productpage-v1', canRestart: true });
  });

  it('has the listeners of Envoy and pilot-agent besides its own', async () => {
    const { path } = podOf('payments', 'payments-api');
    const { items } = podPortsAnswerSchema.parse(await body(`${path}/ports`));
    const added = new Map(items.filter(({ isAdded }) => isAdded).map((row) => [row.port, row]));
    for (const port of [15000, 15001, 15006, 15090]) expect(added.get(port)?.process, String(port)).toBe('envoy');
    for (const port of [15020, 15021]) expect(added.has(port), String(port)).toBe(true);
    expect(added.get(15000)).toMatchObject({ reach: 'loopback' });
    const own = items.filter(({ isAdded }) => !isAdded);
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ inbound }) => inbound?.kind === 'captured')).toBe(true);
  });

  it('runs both processes, with a link to istiod', async () => {
    const { path } = podOf('payments', 'payments-api');
    const { kind, processes, links } = podProcessesAnswerSchema.parse(await body(`${path}/processes`));
    expect(kind).toBe('sidecar');
    expect(processes.map(({ process }) => process)).toEqual(expect.arrayContaining(['pilot-agent', 'envoy']));
    expect(links.some(({ to }) => to === 'istiod')).toBe(true);
  });

  it('is captured by the rules that its init container writes', async () => {
    const { path } = podOf('payments', 'payments-api');
    const capture = captureAnswerSchema.parse(await body(`${path}/capture`));
    expect(capture).toMatchObject({ mechanism: 'init-container', interceptionMode: 'REDIRECT', faults: [] });
    const [ipv4] = capture.families;
    expect(ipv4?.restore).toContain('-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006');
    expect(ipv4?.save).toContain(':ISTIO_OUTPUT');
    expect(ipv4?.map.cards.length).toBeGreaterThan(3);
  });

  it('was written without it', async () => {
    const { path } = podOf('payments', 'payments-api');
    const diff = podDiffAnswerSchema.parse(await body(`${path}/diff`));
    expect(diff).toMatchObject({ isInjected: true, source: 'owner-template', owner: { kind: 'ReplicaSet' } });
    expect(diff.yaml.asWritten).not.toContain('istio-proxy');
    expect(diff.yaml.asRuns).toContain('istio-proxy');
    expect(diff.summary.unknown).toBe(0);
  });

  it('has events of its own and of its ReplicaSet, and logs of both containers', async () => {
    const { path } = podOf('payments', 'payments-api');
    const { containers } = podAnswerSchema.parse(await body(path));
    expect(containers).toContain('istio-proxy');
    const { items } = podEventsAnswerSchema.parse(await body(`${path}/events`));
    const times = items.map(({ lastSeen }) => lastSeen);
    expect(times).toEqual([...times].sort().reverse());
    const { lines } = podLogsAnswerSchema.parse(await body(`${path}/logs?container=istio-proxy&tail=5`));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(5);
  });
});

describe('a pod without one', () => {
  it('says which gate it failed at, and what would help', async () => {
    const { path } = podOf('mission', 'nginx-deployment');
    const { pod, verdict } = podAnswerSchema.parse(await body(path));
    expect(pod.state).toBe('not-injected');
    expect(verdict.gates.find(({ isDeciding }) => isDeciding)?.outcome).toBe('failed');
    expect(verdict.remedies.length).toBeGreaterThan(0);
  });

  it('has no rules, no foreign port and nothing that differs', async () => {
    const { path } = podOf('mission', 'nginx-deployment');
    expect(captureAnswerSchema.parse(await body(`${path}/capture`))).toMatchObject({ mechanism: 'none', families: [] });
    const { items } = podPortsAnswerSchema.parse(await body(`${path}/ports`));
    expect(items.map(({ port, isAdded }) => [port, isAdded])).toEqual([[80, false]]);
    expect(podDiffAnswerSchema.parse(await body(`${path}/diff`)).isInjected).toBe(false);
  });
});

describe('workloads whose pods are refused', () => {
  it('says in whose words, though there is no pod to look at', async () => {
    const path = '/namespaces/experiments/workloads/Deployment/bad-mode';
    const { workload, refusal } = workloadAnswerSchema.parse(await body(path));
    expect(workload.state).toBe('refused');
    expect(refusal?.message).toContain('SIDEWAYS');
  });
});

describe('the plan of a switch', () => {
  it('names what gains a sidecar at its next restart, and the kubectl line', async () => {
    const plan = injectionPlanAnswerSchema.parse(
      await body('/namespaces/mission/injection?action=enable&revision=1-10-2'),
    );
    expect(plan.modeBefore.kind).toBe('off');
    expect(plan.modeAfter).toMatchObject({ kind: 'sidecar', servedBy: { revision: '1-10-2' } });
    expect(plan.workloads).toMatchObject([{ name: 'nginx-deployment', pods: 3, becomes: 'gains', restart: 'rollout' }]);
    expect(plan.labels.kubectl).toMatch(/^kubectl label namespace mission .*istio\.io\/rev=1-10-2/);
    expect(plan.targets.map(({ revision }) => revision)).toEqual(expect.arrayContaining(['1-10-2', 'prod']));
  });

  it('says so when nothing would change', async () => {
    const plan = injectionPlanAnswerSchema.parse(await body('/namespaces/mission/injection?action=unset'));
    expect(plan.labels.isNoChange).toBe(true);
  });
});

describe('graph', () => {
  it('shows what was asked for, and says what is not there', async () => {
    const answer = graphAnswerSchema.parse(await body('/graph?namespaces=bookinfo,nowhere'));
    expect(answer).toMatchObject({ chosen: ['bookinfo'], unknown: ['nowhere'], isCollapsed: false });
    const ids = new Set(answer.graph.nodes.map(({ id }) => id));
    expect(ids.has('bookinfo/service/productpage')).toBe(true);
    for (const { source, target } of answer.graph.edges) expect(ids.has(source) && ids.has(target)).toBe(true);
  });
});

describe('who may not read everything', () => {
  it('a viewer sees what an admin sees', async () => {
    const viewer = { 'x-sidelight-cluster': 'demo-viewer' };
    const seen = namespacesAnswerSchema.parse(await body('/namespaces?limit=500', viewer));
    const all = namespacesAnswerSchema.parse(await body('/namespaces?limit=500'));
    expect(seen.items.map(({ name }) => name)).toEqual(all.items.map(({ name }) => name));
    expect(seen.meta).toMatchObject({ cluster: 'demo-viewer', missing: [] });
  });

  it('a team sees its own namespace, and is told what it may not read', async () => {
    const team = { 'x-sidelight-cluster': 'demo-team' };
    const seen = namespacesAnswerSchema.parse(await body('/namespaces?limit=500', team));
    expect(seen.items.length).toBeGreaterThan(0);
    expect(seen.items.length).toBeLessThan(5);
    const forbidden = seen.meta.missing.filter(({ reason }) => reason === 'forbidden').map(({ resource }) => resource);
    expect(forbidden).toEqual(expect.arrayContaining(['namespaces', 'mutatingwebhookconfigurations']));
    const [first] = seen.items;
    expect((await api.get(`/api/v1/namespaces/${first?.name}`, team)).status).toBe(200);
    expect((await api.get('/api/v1/namespaces/kube-system', team)).status).toBe(404);
  });

  it('what a team reads in its namespace is not missing there', async () => {
    const team = { 'x-sidelight-cluster': 'demo-team' };
    const { meta, reach } = namespaceAnswerSchema.parse(await body('/namespaces/shop', team));
    const missing = meta.missing.map(({ resource }) => resource);
    expect(missing).not.toContain('pods');
    expect(missing).not.toContain('services');
    expect(missing).toContain('mutatingwebhookconfigurations');
    const services = api.cluster.store.list('services', 'shop').length;
    expect(reach.untouched.find(({ kind }) => kind === 'Service')?.objects).toBe(services);
  });
});

describe('names that the store holds', () => {
  it('are those of the answer, container by container', async () => {
    const { path } = podOf('bookinfo', 'productpage');
    const { containers } = podAnswerSchema.parse(await body(path));
    const pod = podsIn(api.cluster, 'bookinfo').find(({ metadata }) => path.endsWith(metadata.name));
    const names = [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
    expect(containers).toEqual(names.map((container) => stringAt(container, 'name')));
  });
});
