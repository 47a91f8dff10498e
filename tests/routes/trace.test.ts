import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { captureAnswerSchema, type PacketRequestBody } from '@/lib/api/capture';
import { captureDifferenceAnswerSchema } from '@/lib/api/capture-difference';
import { captureEvidenceAnswerSchema } from '@/lib/api/capture-evidence';
import { type TraceAnswer, traceAnswerSchema } from '@/lib/api/trace';
import { podsIn } from '@/tests/demo/demo-client';
import { startApi, type TestApi } from './start-api';

let api: TestApi;
let path: string;
let address: string;
beforeAll(async () => {
  api = await startApi();
  const pod = podsIn(api.cluster, 'bookinfo').find(({ metadata }) => metadata.name.startsWith('productpage'));
  path = `/api/v1/namespaces/bookinfo/pods/${pod?.metadata.name}`;
  address = String(pod?.status?.podIP);
});
afterAll(() => api.stop());

async function trace(request: PacketRequestBody): Promise<TraceAnswer> {
  const { status, body } = await api.post(`${path}/trace`, request);
  expect(status, JSON.stringify(body)).toBe(200);
  return traceAnswerSchema.parse(body);
}
const receivers = ({ steps }: TraceAnswer) =>
  steps.flatMap(({ says }) =>
    says.code === 'capture.step.received' ? [`${says.values?.name}:${says.values?.port}`] : [],
  );

describe('a packet through the rules of a pod', () => {
  it('takes the application’s port by way of Envoy, and names the rule and its setting', async () => {
    const told = await trace({ direction: 'in', protocol: 'tcp', destinationPort: 9080 });
    expect(told.packet.destination).toBe(address);
    expect(told.answer).toMatchObject({
      kind: 'proxy',
      rule: { id: 'nat/ISTIO_INBOUND/5' },
      setting: 'inboundPortsInclude',
    });
    expect(receivers(told)).toEqual(['Envoy:15006', 'productpage:9080']);
    expect(told.legs).toMatchObject([{ source: '127.0.0.6', owner: { uid: 1337 } }]);
  });

  it('says why a port is not captured', async () => {
    const told = await trace({ direction: 'in', protocol: 'tcp', destinationPort: 15_090 });
    expect(told.answer).toMatchObject({
      kind: 'direct',
      says: { code: 'capture.answer.direct-in', values: { chain: 'ISTIO_INBOUND', port: 15_090 } },
      setting: 'inboundPortsExclude',
    });
    const udp = await trace({ direction: 'in', protocol: 'udp', destinationPort: 9080 });
    expect(udp.answer.says.code).toBe('capture.answer.direct-in-udp');
  });

  it('goes to a service by name, and on to one of its pods', async () => {
    const told = await trace({ direction: 'out', protocol: 'tcp', destination: 'reviews', destinationPort: 9080 });
    const reviews = podsIn(api.cluster, 'bookinfo').filter(({ metadata }) => metadata.labels?.app === 'reviews');
    expect(told.service).toMatchObject({ namespace: 'bookinfo', name: 'reviews' });
    expect(reviews.map(({ status }) => `${status?.podIP}:9080`)).toContain(told.service?.endpoint);
    expect(told.answer.kind).toBe('proxy');
    expect(receivers(told)).toEqual(['Envoy:15001']);
    expect(told.steps.at(-1)?.says.code).toBe('capture.step.leaves');
  });

  it('passes both listeners when the pod calls its own service', async () => {
    const told = await trace({
      direction: 'out',
      protocol: 'tcp',
      destination: 'productpage.bookinfo',
      destinationPort: 9080,
    });
    expect(told.service?.endpoint).toBe(`${address}:9080`);
    expect(receivers(told)).toEqual(['Envoy:15001', 'Envoy:15006', 'productpage:9080']);
  });

  it('lets the proxy’s own packets out', async () => {
    const told = await trace({
      direction: 'out',
      protocol: 'tcp',
      destination: '203.0.113.9',
      destinationPort: 80,
      uid: 1337,
    });
    expect(told.answer).toMatchObject({ kind: 'leaves', setting: 'proxyUid' });
    expect(told.legs).toEqual([]);
  });

  it('lights only parts of the picture that are there', async () => {
    const capture = captureAnswerSchema.parse((await api.get(`${path}/capture`)).body);
    const map = capture.families[0]?.map;
    if (map === undefined) throw new Error('no map');
    const known = new Set([
      ...map.stations.map(({ id }) => id),
      ...map.cards.flatMap((card) => [card.id, ...card.rows.map(({ id }) => id)]),
      ...map.ends.flatMap((end) => [end.id, ...end.ports.map(({ id }) => id)]),
      ...map.edges.map(({ id }) => id),
    ]);
    const flow = map.flows.find(({ id }) => id === 'outbound');
    if (flow === undefined) throw new Error('no flow');
    const told = await trace(flow.request);
    expect(told.steps.map(({ says }) => says)).toEqual(flow.steps.map(({ says }) => says));
    const lit = told.steps.flatMap(({ ids }) => ids).filter((id) => known.has(id));
    expect(lit).toContain('nat/ISTIO_OUTPUT/9');
    expect(lit).toContain('end/envoy/15001');
  });

  it.each<[name: string, request: object, status: number, message: RegExp]>([
    [
      'an address that is none',
      { direction: 'out', protocol: 'tcp', destination: '10.0.0', destinationPort: 1 },
      422,
      /"10\.0\.0" is neither/,
    ],
    [
      'a service that is not there',
      { direction: 'out', protocol: 'tcp', destination: 'nobody', destinationPort: 1 },
      422,
      /"nobody" is neither/,
    ],
    [
      'two families',
      { direction: 'in', protocol: 'tcp', destination: '::1', source: '10.0.0.1', destinationPort: 1 },
      422,
      /family/,
    ],
    [
      'a family without rules',
      { direction: 'out', protocol: 'tcp', destination: '2001:db8::9', destinationPort: 1 },
      422,
      /no IPv6 rules/,
    ],
    [
      'a port out of range',
      { direction: 'out', protocol: 'tcp', destination: '10.0.0.1', destinationPort: 70_000 },
      400,
      /destinationPort/,
    ],
    ['a field of its own', { direction: 'in', protocol: 'tcp', destinationPort: 1, shell: 'rm' }, 400, /shell/],
  ])('refuses %s', async (_name, request, status, message) => {
    const answer = await api.post(`${path}/trace`, request);
    expect(answer).toMatchObject({ status, body: { error: { message: expect.stringMatching(message) } } });
  });
});

describe('the difference to other rules', () => {
  const difference = async (other: string) =>
    captureDifferenceAnswerSchema.parse((await api.get(`${path}/capture/difference?with=${other}`)).body);

  it('is none to the defaults for a pod that asks for nothing', async () => {
    expect(await difference('defaults')).toEqual({ families: [{ family: 'ipv4', chains: [] }], settings: [] });
  });

  it('is none to a pod of the same kind, and 404 to one that is not there', async () => {
    const other = podsIn(api.cluster, 'bookinfo').find(({ metadata }) => metadata.name.startsWith('reviews-v1'));
    expect((await difference(String(other?.metadata.name))).families[0]?.chains).toEqual([]);
    expect((await api.get(`${path}/capture/difference?with=gone`)).status).toBe(404);
  });
});

describe('what the pod’s own log says of its rules', () => {
  const evidence = async (pod: string) =>
    captureEvidenceAnswerSchema.parse((await api.get(`${pod}/capture/evidence`)).body);

  it('verifies the computed ones where istio-init printed the same', async () => {
    expect(await evidence(path)).toMatchObject({
      kind: 'verified',
      families: [{ family: 'ipv4', source: 'restore-input', differences: [], unread: [] }],
      errors: [],
    });
  });

  it('is asked of no pod without a sidecar', async () => {
    const bare = podsIn(api.cluster, 'mission')[0]?.metadata.name;
    expect((await evidence(`/api/v1/namespaces/mission/pods/${bare}`)).kind).toBe('none');
  });
});

describe('a pod of the ambient mesh', () => {
  const ambientPath = '/api/v1/namespaces/mesh-ambient/pods/enrolled';
  beforeAll(async () => {
    api.cluster.store.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'enrolled',
        namespace: 'mesh-ambient',
        annotations: { 'ambient.istio.io/redirection': 'enabled' },
      },
      spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 8080 }] }] },
      status: { phase: 'Running', podIP: '10.244.9.9', podIPs: [{ ip: '10.244.9.9' }] },
    });
    await vi.waitFor(async () => expect((await api.get(ambientPath)).status).toBe(200), 8_000);
  });

  it('has the rules of the node agent, a map with ztunnel and a reason why nothing verifies them', async () => {
    const capture = captureAnswerSchema.parse((await api.get(`${ambientPath}/capture`)).body);
    expect(capture.mechanism).toBe('ambient');
    expect(capture.families.map(({ family }) => family)).toEqual(['ipv4', 'ipv6']);
    expect(capture.families[0]?.map.ends.map(({ name }) => name)).toEqual(['web', 'ztunnel']);
    const evidence = captureEvidenceAnswerSchema.parse((await api.get(`${ambientPath}/capture/evidence`)).body);
    expect(evidence).toMatchObject({ kind: 'computed', because: 'no-init' });
  });

  it('hands a packet to ztunnel, which goes on with its mark', async () => {
    const request = { direction: 'in', protocol: 'tcp', destinationPort: 8080 };
    const told = traceAnswerSchema.parse((await api.post(`${ambientPath}/trace`, request)).body);
    expect(told.answer).toMatchObject({ kind: 'proxy', says: { values: { by: 'ztunnel', to: 15_006 } } });
    expect(receivers(told)).toEqual(['ztunnel:15006', 'web:8080']);
    expect(told.legs).toMatchObject([{ direction: 'out', destination: told.packet.destination, mark: 0x5_39 }]);
  });

  it('differs from the defaults of the node agent in nothing', async () => {
    const { body } = await api.get(`${ambientPath}/capture/difference?with=defaults`);
    const { families, settings } = captureDifferenceAnswerSchema.parse(body);
    expect(families.flatMap(({ chains }) => chains)).toEqual([]);
    expect(settings).toEqual([]);
  });
});
