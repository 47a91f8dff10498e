import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '@/lib/cluster/json-fields';
import { Interner } from '@/lib/cluster/projections/interner';
import { projectDocument } from '@/lib/cluster/projections/project-document';
import { projectEvent } from '@/lib/cluster/projections/project-event';
import { projectNamespace } from '@/lib/cluster/projections/project-namespace';
import { projectPod } from '@/lib/cluster/projections/project-pod';
import { projectEndpointSlice, projectService } from '@/lib/cluster/projections/project-service';
import { projectWorkload } from '@/lib/cluster/projections/project-workload';
import type { NamespaceRecord, PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { answerInjection } from './answer-injection';
import { classifyPod, hasSidecar } from './classify-pod';
import { decideInjection } from './decide-injection';
import { explainWebhooks } from './explain-webhooks';
import { listControlPlanes } from './list-control-planes';
import { listEnableTargets } from './list-enable-targets';
import { matchWebhooks } from './match-webhooks';
import { buildNamespaceContext, type InjectionFacts } from './namespace-context';
import { isInjectorConfigMap, parseInjectorConfig } from './parse-injector-config';
import { parseRefusal } from './parse-refusal';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { summarizeNamespace } from './summarize-namespace';

const ROOT = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded');
const FULL = join(ROOT, 'full');
const isThere = existsSync(FULL);
if (!isThere) console.warn(`skipped: no recorded cluster at ${FULL}`);

const WORKLOAD_FILES: Readonly<Record<string, string>> = {
  deployments: 'Deployment',
  replicasets: 'ReplicaSet',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  jobs: 'Job',
  cronjobs: 'CronJob',
  replicationcontrollers: 'ReplicationController',
};

const items = (file: string, folder = FULL): Json[] =>
  JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')).items;

function readCluster() {
  const interner = new Interner();
  const workloads = Object.entries(WORKLOAD_FILES).flatMap(([file, kind]) =>
    items(file).map((object) => projectWorkload(object, kind, interner)),
  );
  const pods = items('pods').map((object) => projectPod(object, interner));
  const documents = (file: string, kind: string) =>
    items(file).map((object) => projectDocument(object, kind, interner));
  const configurations = parseWebhookConfigurations(
    documents('mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'),
  );
  const injectors = new Map(
    documents('configmaps-istio-system', 'ConfigMap')
      .filter(({ name }) => isInjectorConfigMap(name))
      .map(parseInjectorConfig)
      .flatMap((result) => (result.ok ? [[result.value.revision, result.value]] : [])),
  );
  const facts: InjectionFacts = { configurations, injectors };
  return {
    facts,
    configurations,
    pods,
    workloads,
    namespaces: items('namespaces').map((object) => projectNamespace(object, interner)),
    events: items('events').map((object) => projectEvent(object, interner)),
    services: items('services').map((object) => projectService(object, interner)),
    endpointSlices: items('endpointslices').map((object) => projectEndpointSlice(object, interner)),
  };
}

describe.skipIf(!isThere)('the recorded cluster', () => {
  let cluster: ReturnType<typeof readCluster>;
  let namespaces: Map<string, NamespaceRecord>;
  beforeAll(() => {
    cluster = readCluster();
    namespaces = new Map(cluster.namespaces.map((namespace) => [namespace.name, namespace]));
  });
  const contextOf = (name: string) => buildNamespaceContext(name, namespaces.get(name), cluster.facts);
  const nameOf = (pod: PodRecord) => `${pod.namespace}/${pod.name}`;
  const summaryOf = (name: string) =>
    summarizeNamespace(
      {
        name,
        namespace: namespaces.get(name),
        workloads: cluster.workloads.filter(({ namespace }) => namespace === name),
        pods: cluster.pods.filter(({ namespace }) => namespace === name),
        events: cluster.events.filter(({ namespace }) => namespace === name),
      },
      cluster.facts,
    );

  it('has an answer for every pod that agrees with what istiod did', () => {
    const disagreeing = cluster.pods
      .filter((pod) => (answerInjection(pod, contextOf(pod.namespace)).kind === 'yes') !== hasSidecar(pod))
      .map(nameOf);
    expect(disagreeing).toEqual([]);
    expect(cluster.pods.length).toBeGreaterThan(150);
  });

  it('names the revision that injected every pod', () => {
    const disagreeing = cluster.pods
      .filter((pod) => pod.injection !== undefined)
      .filter((pod) => answerInjection(pod, contextOf(pod.namespace)).servedBy?.revision !== pod.injection?.revision)
      .map(nameOf);
    expect(disagreeing).toEqual([]);
  });

  it('finds no pod missing or outdated right after everything was created', () => {
    const odd = cluster.pods
      .map((pod) => ({ pod, verdict: classifyPod(pod, contextOf(pod.namespace)) }))
      .filter(({ verdict }) => !['injected', 'not-injected', 'ambient'].includes(verdict.state))
      .map(({ pod, verdict }) => `${nameOf(pod)} ${verdict.state} ${verdict.because.code}`);
    expect(odd).toEqual([]);
  });

  it('knows the refused workloads and why', () => {
    const refused = [...namespaces.keys()]
      .flatMap((name) => summaryOf(name).workloads)
      .filter(({ state }) => state === 'refused')
      .map(({ workload, refusal }) => `${workload.namespace}/${workload.name} ${refusal?.cause} ${refusal?.count}`);
    expect(refused).toEqual([
      'gateways/image-auto-without-template invalid-pod 1',
      'gateways/two-templates invalid-pod 1',
      'gateways/unknown-template injector-template 1',
      'limit-max/hello limit-range 1',
      'pss-restricted/compliant pod-security 1',
      'pss-restricted/nginx pod-security 1',
      'quota/hello quota 2',
      'rejected/bad-cidr injector-annotation 1',
      'rejected/bad-config-yaml injector-annotation 1',
      'rejected/bad-cpu injector-annotation 1',
      'rejected/bad-memory injector-annotation 1',
      'rejected/bad-mode injector-annotation 1',
      'rejected/bad-port-range injector-annotation 1',
      'rejected/bad-status-port injector-annotation 1',
      'rejected/bad-volume injector-template 1',
    ]);
  });

  it('resolves every namespace to its mode', () => {
    const modes = Object.fromEntries(
      [...namespaces.keys()].map((name) => {
        const { kind, servedBy, because } = contextOf(name).mode;
        return [name, `${kind} ${servedBy?.revision ?? because.code.replace('injection.', '')}`];
      }),
    );
    expect(modes).toMatchObject({
      ambient: 'ambient mode.ambient',
      'ambient-and-sidecar': 'sidecar default',
      conflict: 'sidecar default',
      'conflict-off': 'off mode.disabled',
      'default-tag-ns': 'sidecar default',
      disabled: 'off mode.disabled',
      'kube-system': 'off mode.unlabelled',
      mission: 'sidecar default',
      'odd-value': 'off mode.odd-value',
      plain: 'off mode.unlabelled',
      'rev-ns': 'sidecar 1-10-2',
      'tag-ns': 'sidecar 1-10-2',
      'unknown-rev': 'off mode.unknown-revision',
    });
  });

  it('offers what the webhooks serve', () => {
    const offered = listEnableTargets(cluster.configurations).map(
      ({ key, value, servedBy }) => `${key}=${value} ${servedBy.revision} ${servedBy.tag ?? '-'}`,
    );
    expect(offered).toEqual([
      'istio-injection=enabled default default',
      'istio.io/rev=1-10-2 1-10-2 -',
      'istio.io/rev=default default default',
      'istio.io/rev=prod 1-10-2 prod',
    ]);
  });

  it('lists both control planes with what serves them', () => {
    const planes = listControlPlanes({
      ...cluster,
      deployments: cluster.workloads.filter(({ kind }) => kind === 'Deployment'),
      injectors: cluster.facts.injectors,
    });
    expect(
      planes.map(({ revision, tags, namespace, version, ready, wanted, health, endpoints }) => ({
        revision,
        tags,
        namespace,
        version,
        ready,
        wanted,
        health,
        endpoints,
      })),
    ).toEqual([
      {
        revision: 'default',
        tags: ['default'],
        namespace: 'istio-system',
        version: '1.31-dev',
        ready: 1,
        wanted: 1,
        health: 'serving',
        endpoints: 1,
      },
      {
        revision: '1-10-2',
        tags: ['prod'],
        namespace: 'istio-system',
        version: '1.31-dev',
        ready: 1,
        wanted: 1,
        health: 'serving',
        endpoints: 1,
      },
    ]);
    expect(planes.map(({ proxies }) => proxies.total)).toEqual([124, 17]);
  });

  it('reads the injector settings of both revisions', () => {
    expect([...cluster.facts.injectors.keys()].sort()).toEqual(['1-10-2', 'default']);
    expect(cluster.facts.injectors.get('default')?.templateNames).toContain('gateway');
  });
});

describe.skipIf(!existsSync(join(ROOT, 'mission-before')))('the recorded mission', () => {
  it.each<[folder: string, state: string, reason: string]>([
    ['mission-before', 'not-injected', 'not-wanted'],
    ['mission-labelled', 'missing', 'older-than-label'],
    ['mission-after', 'injected', 'injected'],
  ])('%s: three pods %s', (folder, state, reason) => {
    const interner = new Interner();
    const path = join(ROOT, folder);
    const namespace = projectNamespace(JSON.parse(readFileSync(join(path, 'namespace.json'), 'utf8')), interner);
    const summary = summarizeNamespace(
      {
        name: namespace.name,
        namespace,
        workloads: [
          ...items('deployments', path).map((object) => projectWorkload(object, 'Deployment', interner)),
          ...items('replicasets', path).map((object) => projectWorkload(object, 'ReplicaSet', interner)),
        ],
        pods: items('pods', path).map((object) => projectPod(object, interner)),
        events: items('events', path).map((object) => projectEvent(object, interner)),
      },
      readClusterOnce().facts,
    );
    expect(summary.workloads.map(({ workload, state: found }) => `${workload.kind}/${workload.name} ${found}`)).toEqual(
      [`Deployment/nginx-deployment ${state}`],
    );
    expect(summary.workloads[0]?.pods.map(({ verdict }) => verdict.reason)).toEqual([reason, reason, reason]);
  });
});

const CHECKS = join(ROOT, 'istioctl', 'check-inject');

describe.skipIf(!existsSync(CHECKS))('check-inject as istioctl printed it', () => {
  const sentences: Readonly<Record<string, (values: Readonly<Record<string, string | number>>) => string>> = {
    namespace: ({ label }) => `Namespace label ${label} matches`,
    pod: ({ label }) => `Pod label ${label} matches`,
    'namespace-and-pod': ({ namespaceLabel, podLabel }) =>
      `Namespace label ${namespaceLabel} matches, and pod label ${podLabel} matches`,
    'pod-prevents': ({ label }) => `Pod has ${label} label, preventing injection`,
    'namespace-prevents': ({ label }) => `Namespace has ${label} label, preventing injection`,
    deactivated: () => 'The injection webhook is deactivated, and will never match labels.',
    'no-match': ({ namespaceLabels, podLabels }) =>
      `No matching namespace labels (${namespaceLabels}) or pod labels (${podLabels})`,
  };
  const files = readdirSync(existsSync(CHECKS) ? CHECKS : '.').filter((name) => name.endsWith('.deployment.txt'));

  it.each(files)('%s', (file) => {
    const cluster = readClusterOnce();
    const [namespace = '', name = ''] = file.split('.');
    const deployment = cluster.workloads.find(
      (workload: WorkloadRecord) =>
        workload.kind === 'Deployment' && workload.namespace === namespace && workload.name === name,
    );
    const labels = cluster.namespaces.find((found) => found.name === namespace)?.labels ?? {};
    const rows = explainWebhooks(labels, deployment?.template.labels ?? {}, cluster.configurations).map(
      ({ configuration, revision, isInjecting, because }) => {
        const sentence = sentences[because.code.replace('injection.check.', '')];
        return [configuration, revision, isInjecting ? '✔' : '✘', sentence?.(because.values ?? {})].join(' | ');
      },
    );
    expect(deployment).toBeDefined();
    expect(rows).toEqual(readPrintedRows(readFileSync(join(CHECKS, file), 'utf8')));
  });
});

let once: ReturnType<typeof readCluster> | undefined;
function readClusterOnce() {
  once ??= readCluster();
  return once;
}

function readPrintedRows(text: string): string[] {
  const escapeCharacter = String.fromCharCode(27);
  return text
    .replaceAll(new RegExp(`${escapeCharacter}\\[\\d+m`, 'g'), '')
    .split('\n')
    .filter((line) => line.startsWith('istio-'))
    .map((line) => line.split(/\s{2,}/).join(' | '));
}

describe.skipIf(!existsSync(join(ROOT, 'failures')))('recorded failures of the webhook', () => {
  it.each([
    ['refused', 'webhook-connection-refused'],
    ['timeout', 'webhook-timeout'],
    ['wrong-ca', 'webhook-certificate'],
    ['no-ca', 'webhook-certificate'],
    ['no-service', 'webhook-no-service'],
    ['no-service-port', 'webhook-no-port'],
    ['not-found', 'webhook-not-found'],
  ])('%s', (name, cause) => {
    const interner = new Interner();
    const folder = join(ROOT, 'failures');
    const deployment = projectWorkload(
      JSON.parse(readFileSync(join(folder, `${name}.deployment.json`), 'utf8')),
      'Deployment',
      interner,
    );
    const events = items(`${name}.events`, folder).map((object) => projectEvent(object, interner));
    expect(parseRefusal(deployment.failure?.message ?? '')).toMatchObject({
      cause,
      webhook: 'namespace.sidecar-injector.istio.io',
    });
    const creation = events.filter(({ reason }) => reason === 'FailedCreate');
    expect(creation.map(({ message }) => parseRefusal(message).cause)).toEqual(creation.map(() => cause));
    expect(creation.length).toBeGreaterThan(0);
  });
});

const REVIEWS = join(ROOT, 'reviews');

describe.skipIf(!existsSync(REVIEWS))('recorded admission reviews', () => {
  it('asks for a sidecar exactly where istiod sent a patch', () => {
    const cluster = readClusterOnce();
    const names = readdirSync(REVIEWS);
    const requests = names.filter((name) => name.endsWith('.request.json'));
    const disagreeing = requests.flatMap((file) => {
      const name = file.replace('.request.json', '');
      const { request } = JSON.parse(readFileSync(join(REVIEWS, file), 'utf8'));
      const pod = projectPod(request.object, new Interner());
      const labels = cluster.namespaces.find((found) => found.name === request.namespace)?.labels ?? {};
      const context = buildNamespaceContext(request.namespace, namespaceLike(request.namespace, labels), cluster.facts);
      const isWanted = answerInjection(pod, context).kind !== 'no';
      const revision = matchWebhooks(labels, pod.labels, cluster.configurations)[0]?.configuration.revision;
      const response = join(REVIEWS, `${name}.response.${revision ?? 'default'}.json`);
      if (revision === undefined || !existsSync(response)) return [];
      const answer = JSON.parse(readFileSync(response, 'utf8')).response;
      const isInjecting = answer.allowed !== true || answer.patch !== undefined;
      return isInjecting === isWanted ? [] : [name];
    });
    expect(disagreeing).toEqual([]);
    expect(requests.length).toBeGreaterThan(50);
  });

  it('decides as each istiod did, whoever was meant to be called', () => {
    const { injectors } = readClusterOnce().facts;
    const responses = readdirSync(REVIEWS).filter((name) => /\.response\.[^.]+\.json$/.test(name));
    const disagreeing = responses.filter((file) => {
      const [, name = '', revision = ''] = /^(.+)\.response\.([^.]+)\.json$/.exec(file) ?? [];
      const { request } = JSON.parse(readFileSync(join(REVIEWS, `${name}.request.json`), 'utf8'));
      const answer = JSON.parse(readFileSync(join(REVIEWS, file), 'utf8')).response;
      const { labels, annotations, hostNetwork } = projectPod(request.object, new Interner());
      const admitted = { namespace: request.namespace, labels, annotations, hostNetwork };
      const isInjecting = answer.allowed !== true || answer.patch !== undefined;
      return decideInjection(admitted, injectors.get(revision)).inject !== isInjecting;
    });
    expect(disagreeing).toEqual([]);
    expect(responses.length).toBeGreaterThan(100);
  });
});

function namespaceLike(name: string, labels: Readonly<Record<string, string>>): NamespaceRecord {
  return {
    kind: 'Namespace',
    name,
    namespace: '',
    uid: name,
    resourceVersion: '1',
    createdAt: '2026-03-01T10:00:00Z',
    labels,
    annotations: {},
    phase: 'Active',
  };
}
