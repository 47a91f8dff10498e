import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { barePod, container, deployment, namespace } from '@/demo/scenarios/build-objects';
import { recordsAt } from '@/demo/server/json-access';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { create, hasSidecar, isRunning, podsIn, until, warnings } from './demo-client';

const RECORDED = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded/failures');
const WEBHOOKS = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

let cluster: DemoCluster;
beforeAll(async () => {
  cluster = await startDemoCluster({ scenario: 'bookinfo', readyDelayMs: 40 });
  await create(cluster, 'namespaces', namespace('broken', { 'istio-injection': 'enabled' }));
});
afterEach(() => cluster.setInjection('ok'));
afterAll(() => cluster.stop());

const app = (name: string) =>
  deployment({ name, namespace: 'broken', containers: [container({ name: 'nginx', image: 'nginx:1.18.0' })] });

function setPolicy(failurePolicy: 'Fail' | 'Ignore'): void {
  cluster.store.modify(WEBHOOKS, { name: 'istio-sidecar-injector' }, (draft) => {
    draft.webhooks = recordsAt(draft, 'webhooks').map((webhook) => ({ ...webhook, failurePolicy }));
  });
}

/** The recorded event's message, with the one thing that differs between clusters, the Service's address, made equal. */
function recordedMessage(fault: string): string {
  const list = JSON.parse(readFileSync(join(RECORDED, `${fault}.events.json`), 'utf8'));
  return withoutAddress(list.items[0].message);
}

const withoutAddress = (text: string) => text.replace(/dial tcp [\d.]+:443/, 'dial tcp SERVICE:443');

describe('an injector that does not answer', () => {
  it.skipIf(!existsSync(RECORDED)).each([
    ['refused', 'refuse-connection'],
    ['not-found', 'not-found'],
  ] as const)('gives the event that a real cluster showed: %s', async (fault, mode) => {
    await cluster.setInjection(mode);
    await create(cluster, 'deployments.apps', app(fault));
    const events = () => cluster.store.list('events', 'broken').filter((event) => event.reason === 'FailedCreate');
    const wanted = recordedMessage(fault);
    await until(() =>
      events().some((event) => withoutAddress(String(event.message)) === wanted && Number(event.count) > 1),
    );
    const condition = recordsAt(
      cluster.store.get('deployments.apps', { name: fault, namespace: 'broken' })?.status,
      'conditions',
    ).find((one) => one.type === 'ReplicaFailure');
    expect(condition).toMatchObject({ status: 'True', reason: 'FailedCreate' });
    expect(`Error creating: ${withoutAddress(String(condition?.message))}`).toBe(wanted);

    await cluster.setInjection('ok');
    const pods = () => podsIn(cluster, 'broken').filter((pod) => pod.metadata.labels?.app === fault);
    await until(() => pods().some((pod) => isRunning(pod) && hasSidecar(pod)));
  });

  it('lets pods pass without a sidecar when its failurePolicy is Ignore', async () => {
    setPolicy('Ignore');
    await cluster.setInjection('refuse-connection');
    const pod = await create(
      cluster,
      'pods',
      barePod({
        name: 'ignored',
        namespace: 'broken',
        containers: [container({ name: 'app', image: 'nginx:1.18.0' })],
      }),
    );
    expect(hasSidecar(pod)).toBe(false);
    setPolicy('Fail');
  });
});

describe('selectors of the webhooks', () => {
  it.each([
    ['an unlabelled namespace', {}, {}, false],
    ['a labelled namespace', { 'istio-injection': 'enabled' }, {}, true],
    ['a value that is not enabled', { 'istio-injection': 'true' }, { 'sidecar.istio.io/inject': 'true' }, false],
    ['a pod that opts in', {}, { 'sidecar.istio.io/inject': 'true' }, true],
    ['a pod that opts out', { 'istio-injection': 'enabled' }, { 'sidecar.istio.io/inject': 'false' }, false],
    ['both labels: enabled wins', { 'istio-injection': 'enabled', 'istio.io/rev': 'nobody' }, {}, true],
    ['a revision that nobody serves', { 'istio.io/rev': 'nobody' }, {}, false],
  ] as const)('%s', async (name, labels, podLabels, isInjected) => {
    const ns = name.toLowerCase().replace(/[^a-z]+/g, '-');
    await create(cluster, 'namespaces', namespace(ns, labels));
    const pod = barePod({
      name: 'probe',
      namespace: ns,
      podLabels,
      containers: [container({ name: 'app', image: 'nginx:1.18.0' })],
    });
    expect(hasSidecar(await create(cluster, 'pods', pod))).toBe(isInjected);
  });

  it('refuses bad annotations in the injector’s words', async () => {
    const bad = barePod({
      name: 'bad',
      namespace: 'broken',
      podAnnotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '70000' },
      containers: [container({ name: 'app', image: 'nginx:1.18.0' })],
    });
    await expect(create(cluster, 'pods', bad)).rejects.toThrow(
      "invalid value '70000' for annotation 'traffic.sidecar.istio.io/excludeInboundPorts'",
    );
    expect(warnings(cluster, 'broken').join()).not.toContain('70000');
  });
});
