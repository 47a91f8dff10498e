import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, createAuthority } from '@/demo/certificates/create-authority';
import { issueServerCertificate } from '@/demo/certificates/issue-server-certificate';
import { recordAt, recordsAt, valueAt } from './json-access';
import type { JsonObject, KubeObject } from './object-types';
import { startTestServer, type TestServer } from './start-test-server';

const WEBHOOKS = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

interface Injector {
  readonly port: number;
  readonly reviews: JsonObject[];
  answer: (review: JsonObject) => { status?: number; body?: JsonObject; delayMs?: number };
  stop(): Promise<void>;
}

let authority: Authority;
let injector: Injector;
let server: TestServer;

async function startInjector(issuer: Authority): Promise<Injector> {
  const certificate = await issueServerCertificate(issuer, { dnsNames: ['istiod.istio-system.svc'] });
  const reviews: JsonObject[] = [];
  const state: Injector = { port: 0, reviews, answer: () => ({}), stop: async () => undefined };
  const listener: Server = createServer(certificate, async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const review = JSON.parse(text);
    reviews.push({ ...review, path: request.url, userAgent: request.headers['user-agent'] });
    const { status = 200, body = {}, delayMs = 0 } = state.answer(review);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const answer = {
      kind: 'AdmissionReview',
      apiVersion: 'admission.k8s.io/v1',
      response: { uid: review.request.uid, allowed: true, ...body },
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', () => resolve()));
  const stop = async () => {
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  };
  return Object.assign(state, { port: (listener.address() as AddressInfo).port, stop });
}

const patchOf = (operations: unknown) => ({
  patchType: 'JSONPatch',
  patch: Buffer.from(JSON.stringify(operations)).toString('base64'),
});
const base64 = (text: string) => Buffer.from(text).toString('base64');

function webhook(over: JsonObject = {}): JsonObject {
  return {
    name: 'namespace.sidecar-injector.istio.io',
    clientConfig: {
      service: { namespace: 'istio-system', name: 'istiod', path: '/inject' },
      caBundle: base64(authority.certificatePem),
    },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    ...over,
  };
}

async function configure(name: string, ...webhooks: JsonObject[]): Promise<void> {
  const object = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name },
    webhooks,
  };
  await server.admission.createWithAdmission(WEBHOOKS, object);
}

let count = 0;
const createPod = (labels: Record<string, string> = {}, namespace = 'mission') => {
  count += 1;
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p${count}`, labels },
    spec: { containers: [{ name: 'app', image: 'nginx:1.18.0' }] },
  };
  return server.call('POST', `/api/v1/namespaces/${namespace}/pods`, { body });
};

beforeAll(async () => {
  authority = await createAuthority();
  injector = await startInjector(authority);
  server = await startTestServer({
    namespaces: ['default', 'mission', 'istio-system'],
    resolveService: (_namespace, name) =>
      ['istiod', 'alias'].includes(name) ? `https://127.0.0.1:${injector.port}` : undefined,
  });
  for (const name of ['istiod', 'lonely']) {
    const metadata = { name, namespace: 'istio-system' };
    await server.admission.createWithAdmission('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { clusterIP: '10.96.0.15', ports: [{ port: 443 }] },
    });
  }
});
afterEach(() => {
  injector.answer = () => ({});
  injector.reviews.length = 0;
  for (const object of server.store.list(WEBHOOKS)) server.store.delete(WEBHOOKS, object.metadata);
});
afterAll(async () => {
  await server.stop();
  await injector.stop();
});

describe('a webhook that matches', () => {
  it('is asked as a real API server asks', async () => {
    await configure('a', webhook());
    await createPod({ app: 'web' });
    const [review] = injector.reviews;
    expect(review).toMatchObject({
      kind: 'AdmissionReview',
      apiVersion: 'admission.k8s.io/v1',
      path: '/inject?timeout=10s',
      userAgent: 'kube-apiserver-admission',
      request: {
        kind: { group: '', version: 'v1', kind: 'Pod' },
        resource: { group: '', version: 'v1', resource: 'pods' },
        name: `p${count}`,
        namespace: 'mission',
        operation: 'CREATE',
        userInfo: { username: 'admin', groups: ['system:masters', 'system:authenticated'] },
        oldObject: null,
        dryRun: false,
      },
    });
    const asked = valueAt(review, 'request', 'object');
    expect(recordsAt(asked, 'spec', 'volumes')[0]?.name).toMatch(/^kube-api-access-/);
  });

  it('changes the pod, and its containers get the token and the defaults', async () => {
    const proxy = { name: 'istio-proxy', image: 'proxyv2:1', ports: [{ containerPort: 15090 }] };
    injector.answer = () => ({ body: patchOf([{ op: 'add', path: '/spec/initContainers', value: [proxy] }]) });
    await configure('a', webhook());
    const { json } = await createPod();
    const token = recordsAt(json, 'spec', 'volumes')[0]?.name;
    expect(recordsAt(json, 'spec', 'initContainers')).toEqual([
      {
        ...proxy,
        ports: [{ containerPort: 15090, protocol: 'TCP' }],
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
        volumeMounts: [{ name: token, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
      },
    ]);
  });

  it('gives what it made to the next, by configuration name and then in order', async () => {
    injector.answer = (review) => {
      const labels = recordAt(review, 'request', 'object', 'metadata', 'labels');
      const order = `${String(labels.order ?? '')}x`;
      return { body: patchOf([{ op: 'add', path: '/metadata/labels', value: { order } }]) };
    };
    await configure('b', webhook({ name: 'third.example.com' }));
    await configure('a', webhook({ name: 'first.example.com' }), webhook({ name: 'second.example.com' }));
    const { json } = await createPod();
    expect(valueAt(json, 'metadata', 'labels')).toEqual({ order: 'xxx' });
  });

  it('may warn', async () => {
    injector.answer = () => ({ body: { warnings: ['mind the "gap"'] } });
    await configure('a', webhook());
    expect((await createPod()).headers.warning).toBe('299 - "mind the \\"gap\\""');
  });

  it.each<[name: string, status: JsonObject | undefined, code: number, message: string]>([
    ['with a message', { message: 'no proxies today', code: 403, reason: 'Forbidden' }, 403, ': no proxies today'],
    ['with a reason', { reason: 'Because' }, 400, ': Because'],
    ['without explanation', undefined, 400, ' without explanation'],
  ])('may deny %s', async (_name, status, code, message) => {
    injector.answer = () => ({ body: { allowed: false, ...(status === undefined ? {} : { status }) } });
    await configure('a', webhook({ failurePolicy: 'Ignore' }));
    const answer = await createPod();
    expect([answer.status, answer.json.message]).toEqual([
      code,
      `admission webhook "namespace.sidecar-injector.istio.io" denied the request${message}`,
    ]);
  });
});

describe('whether a webhook is called', () => {
  const expressions = (...matchExpressions: JsonObject[]) => ({ matchExpressions });
  it.each<[name: string, over: JsonObject, labels: Record<string, string>, isCalled: boolean]>([
    ['no selector', {}, {}, true],
    [
      'a namespace label',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'mission' } } },
      {},
      true,
    ],
    [
      'another namespace',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } },
      {},
      false,
    ],
    [
      'a missing namespace label',
      { namespaceSelector: expressions({ key: 'istio-injection', operator: 'DoesNotExist' }) },
      {},
      true,
    ],
    ['a pod label', { objectSelector: { matchLabels: { inject: 'yes' } } }, { inject: 'yes' }, true],
    ['a pod label that is missing', { objectSelector: { matchLabels: { inject: 'yes' } } }, {}, false],
    [
      'NotIn on a pod label',
      { objectSelector: expressions({ key: 'inject', operator: 'NotIn', values: ['no'] }) },
      { inject: 'no' },
      false,
    ],
    [
      'other resources',
      { rules: [{ operations: ['CREATE'], apiGroups: ['apps'], apiVersions: ['v1'], resources: ['*'] }] },
      {},
      false,
    ],
    [
      'other operations',
      { rules: [{ operations: ['UPDATE'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }] },
      {},
      false,
    ],
    [
      'cluster scope',
      { rules: [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], scope: 'Cluster' }] },
      {},
      false,
    ],
    [
      'everything',
      { rules: [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] }] },
      {},
      true,
    ],
    ['the condition true', { matchConditions: [{ name: 'a', expression: 'true' }] }, {}, true],
    ['the condition false', { matchConditions: [{ name: 'a', expression: 'false' }] }, {}, false],
  ])('%s', async (_name, over, labels, isCalled) => {
    await configure('a', webhook(over));
    expect((await createPod(labels)).status).toBe(201);
    expect(injector.reviews.length).toBe(isCalled ? 1 : 0);
  });

  it.each<[policy: string, status: number]>([
    ['Fail', 403],
    ['Ignore', 201],
  ])('answers a condition that has no value as failurePolicy %s says', async (failurePolicy, status) => {
    const matchConditions = [{ name: 'a', expression: 'object.spec.x == 1' }];
    await configure('a', webhook({ failurePolicy, matchConditions }));
    expect([(await createPod()).status, injector.reviews.length]).toEqual([status, 0]);
  });

  it('is told of updates with the old object', async () => {
    await configure(
      'a',
      webhook({ rules: [{ operations: ['UPDATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }] }),
    );
    await createPod();
    const path = `/api/v1/namespaces/mission/pods/p${count}`;
    const headers = { 'content-type': 'application/merge-patch+json' };
    await server.call('PATCH', path, { body: { metadata: { labels: { a: 'b' } } }, headers });
    expect(injector.reviews[0]).toMatchObject({
      request: { operation: 'UPDATE', oldObject: { metadata: { name: `p${count}` } } },
    });
  });
});

describe('a call that fails', () => {
  const service = (over: JsonObject) => ({
    clientConfig: {
      service: { namespace: 'istio-system', name: 'istiod', path: '/inject', ...over },
      caBundle: base64(authority.certificatePem),
    },
  });
  const post = (address: string) =>
    `failed to call webhook: Post "https://${address}.istio-system.svc:443/inject?timeout=10s"`;

  it.each<[name: string, over: () => JsonObject, message: string]>([
    ['no service', () => service({ name: 'no-such' }), `${post('no-such')}: service "no-such" not found`],
    [
      'no service port',
      () => service({ port: 15099 }),
      'failed to call webhook: Post "https://istiod.istio-system.svc:15099/inject?timeout=10s": no service port 15099 found for service "istiod"',
    ],
    [
      'nobody listens',
      () => service({ name: 'lonely' }),
      `${post('lonely')}: dial tcp 10.96.0.15:443: connect: connection refused`,
    ],
    [
      'no CA',
      () => ({ clientConfig: { service: { namespace: 'istio-system', name: 'istiod', path: '/inject' } } }),
      `${post('istiod')}: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    ],
    [
      'a refused URL',
      () => ({ clientConfig: { url: 'https://127.0.0.1:9/inject' } }),
      'failed to call webhook: Post "https://127.0.0.1:9/inject?timeout=10s": dial tcp 127.0.0.1:9: connect: connection refused',
    ],
  ])('%s: the message of a real cluster', async (_name, over, message) => {
    await configure('a', webhook(over()));
    const { status, json } = await createPod();
    expect([status, json.reason, json.message]).toEqual([
      500,
      'InternalError',
      `Internal error occurred: failed calling webhook "namespace.sidecar-injector.istio.io": ${message}`,
    ]);
  });

  it('another authority', async () => {
    const other = await createAuthority();
    const { clientConfig } = service({});
    await configure('a', webhook({ clientConfig: { ...clientConfig, caBundle: base64(other.certificatePem) } }));
    expect((await createPod()).json.message).toContain(
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    );
  });

  it('a name that the certificate lacks', async () => {
    const { clientConfig } = service({ name: 'alias' });
    const metadata = { name: 'alias', namespace: 'istio-system' };
    const spec = { ports: [{ port: 443 }] };
    await server.admission.createWithAdmission('services', { apiVersion: 'v1', kind: 'Service', metadata, spec });
    await configure('a', webhook({ clientConfig }));
    expect((await createPod()).json.message).toMatch(
      /x509: certificate is valid for .*istiod\.istio-system\.svc.*, not alias\.istio-system\.svc$/,
    );
  });

  it('404', async () => {
    injector.answer = () => ({ status: 404 });
    await configure('a', webhook());
    expect((await createPod()).json.message).toMatch(
      /failed to call webhook: the server could not find the requested resource$/,
    );
  });

  it('time out', async () => {
    injector.answer = () => ({ delayMs: 1_500 });
    await configure('a', webhook({ timeoutSeconds: 1 }));
    expect((await createPod()).json.message).toMatch(/\/inject\?timeout=1s": context deadline exceeded$/);
  });

  it('is passed over when its failurePolicy is Ignore', async () => {
    injector.answer = () => ({ status: 500 });
    await configure('a', webhook({ failurePolicy: 'Ignore' }));
    expect((await createPod()).status).toBe(201);
  });

  it('refuses a patch that cannot be applied', async () => {
    injector.answer = () => ({ body: patchOf([{ op: 'remove', path: '/spec/nothing' }]) });
    await configure('a', webhook());
    expect((await createPod()).json).toMatchObject({ code: 500, reason: 'InternalError' });
  });
});

it('lets a validating webhook refuse, but not change', async () => {
  const resource = 'validatingwebhookconfigurations.admissionregistration.k8s.io';
  const metadata = { name: 'v' };
  await server.admission.createWithAdmission(resource, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata,
    webhooks: [webhook({ name: 'v.example.com' })],
  });
  injector.answer = () => ({ body: patchOf([{ op: 'add', path: '/metadata/labels', value: { changed: 'yes' } }]) });
  const passed: KubeObject = (await createPod()).json as KubeObject;
  expect(passed.metadata.labels).toBeUndefined();
  injector.answer = () => ({ body: { allowed: false, status: { message: 'weight -5 < 0' } } });
  expect((await createPod()).json.message).toBe('admission webhook "v.example.com" denied the request: weight -5 < 0');
  server.store.delete(resource, metadata);
});
