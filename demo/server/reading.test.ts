import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsAt, stringAt, valueAt } from './json-access';
import { startTestServer, type TestServer } from './start-test-server';

let server: TestServer;

const pod = (name: string, labels: Record<string, string>, phase: string, nodeName = '') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'mission', labels },
  spec: { containers: [{ name: 'app', image: 'nginx:1' }], ...(nodeName === '' ? {} : { nodeName }) },
  status: { phase },
});

beforeAll(async () => {
  server = await startTestServer();
  const pods = [
    pod('a', { app: 'web', size: '1' }, 'Running', 'node-1'),
    pod('b', { app: 'web', size: '5' }, 'Running', 'node-2'),
    pod('c', { app: 'db' }, 'Pending'),
    pod('d', {}, 'Failed', 'node-1'),
  ];
  for (const object of pods) await server.admission.createWithAdmission('pods', object, { keepStatus: true });
});
afterAll(() => server.stop());

const PODS = '/api/v1/namespaces/mission/pods';
const q = (parameters: Record<string, string>) => `${PODS}?${new URLSearchParams(parameters)}`;
const namesOf = (json: object) => recordsAt(json, 'items').map((item) => stringAt(item, 'metadata', 'name'));

describe('list by selectors', () => {
  it.each<[selector: string, want: string]>([
    ['app=web', 'a b'],
    ['app==web', 'a b'],
    ['app!=web', 'c d'],
    ['app in (web,db)', 'a b c'],
    ['app notin (web)', 'c d'],
    ['app', 'a b c'],
    ['!app', 'd'],
    ['app=web,size!=1', 'b'],
    ['size>2', 'b'],
    ['size<2', 'a'],
    ['', 'a b c d'],
  ])('labelSelector %j gives %j', async (labelSelector, want) => {
    const { json } = await server.call('GET', q({ labelSelector }));
    expect(namesOf(json).join(' ')).toBe(want);
  });

  it.each<[selector: string, want: string]>([
    ['metadata.name=b', 'b'],
    ['metadata.namespace=mission', 'a b c d'],
    ['metadata.namespace=other', ''],
    ['status.phase=Running', 'a b'],
    ['status.phase!=Running', 'c d'],
    ['spec.nodeName=node-1,status.phase!=Failed', 'a'],
    ['spec.nodeName=', 'c'],
    ['spec.hostNetwork=false', 'a b c d'],
  ])('fieldSelector %j gives %j', async (fieldSelector, want) => {
    const { json } = await server.call('GET', q({ fieldSelector }));
    expect(namesOf(json).join(' ')).toBe(want);
  });

  it.each<[parameters: Record<string, string>, message: string]>([
    [{ fieldSelector: 'spec.color=red' }, 'field label not supported: spec.color'],
    [{ labelSelector: 'app in web' }, "unable to parse requirement: found 'web' expected: '('"],
    [{ continue: '!!' }, 'invalid continue token: continue key is not valid: illegal base64 data at input byte 0'],
  ])('refuses %j with 400', async (parameters, message) => {
    const { status, json } = await server.call('GET', q(parameters));
    expect([status, json.reason, json.message]).toEqual([400, 'BadRequest', message]);
  });
});

describe('list in pages', () => {
  it('shows one moment, whatever changes between the pages', async () => {
    const first = await server.call('GET', q({ limit: '2' }));
    expect(namesOf(first.json)).toEqual(['a', 'b']);
    expect(valueAt(first.json, 'metadata', 'remainingItemCount')).toBe(2);
    await server.admission.createWithAdmission('pods', pod('bb', {}, 'Running'));
    server.store.delete('pods', { namespace: 'mission', name: 'c' });
    const token = stringAt(first.json, 'metadata', 'continue') ?? '';
    const second = await server.call('GET', q({ limit: '2', continue: token }));
    expect(namesOf(second.json)).toEqual(['c', 'd']);
    expect(valueAt(second.json, 'metadata', 'continue')).toBeUndefined();
    expect(valueAt(second.json, 'metadata', 'resourceVersion')).toBe(
      valueAt(first.json, 'metadata', 'resourceVersion'),
    );
    server.store.delete('pods', { namespace: 'mission', name: 'bb' });
    await server.admission.createWithAdmission('pods', pod('c', { app: 'db' }, 'Pending'));
  });

  it('pages through a selection', async () => {
    const first = await server.call('GET', q({ limit: '1', labelSelector: 'app=web' }));
    expect(namesOf(first.json)).toEqual(['a']);
    expect(valueAt(first.json, 'metadata', 'remainingItemCount')).toBeUndefined();
    const token = stringAt(first.json, 'metadata', 'continue') ?? '';
    const second = await server.call('GET', q({ limit: '1', labelSelector: 'app=web', continue: token }));
    expect(namesOf(second.json)).toEqual(['b']);
  });

  it('answers 410 once the token is too old', async () => {
    const first = await server.call('GET', q({ limit: '1' }));
    server.store.modify('pods', { namespace: 'mission', name: 'a' }, (draft) => {
      draft.metadata.annotations = { note: 'changed' };
    });
    server.api.compact();
    const token = stringAt(first.json, 'metadata', 'continue') ?? '';
    const { status, json } = await server.call('GET', q({ limit: '1', continue: token }));
    expect([status, json.reason, json.code]).toEqual([410, 'Expired', 410]);
  });
});

describe('list of a version', () => {
  it('gives the state of an exact version', async () => {
    const before = server.store.resourceVersion;
    await server.admission.createWithAdmission('pods', pod('z', {}, 'Running'));
    const exact = await server.call('GET', q({ resourceVersion: String(before), resourceVersionMatch: 'Exact' }));
    expect(namesOf(exact.json)).not.toContain('z');
    expect(valueAt(exact.json, 'metadata', 'resourceVersion')).toBe(String(before));
    const newer = await server.call(
      'GET',
      q({ resourceVersion: String(before), resourceVersionMatch: 'NotOlderThan' }),
    );
    expect(namesOf(newer.json)).toContain('z');
    server.store.delete('pods', { namespace: 'mission', name: 'z' });
  });

  it.each<[parameters: Record<string, string>, status: number, reason: string]>([
    [{ resourceVersionMatch: 'Exact' }, 422, 'Invalid'],
    [{ resourceVersion: '5', resourceVersionMatch: 'Roughly' }, 422, 'Invalid'],
    [{ resourceVersion: '0', resourceVersionMatch: 'Exact' }, 422, 'Invalid'],
    [{ resourceVersion: 'x' }, 400, 'BadRequest'],
    [{ resourceVersion: '999999999' }, 504, 'Timeout'],
    [{ resourceVersion: '1', resourceVersionMatch: 'Exact' }, 410, 'Expired'],
    [{ resourceVersion: '0' }, 200, ''],
  ])('%j answers %i %s', async (parameters, status, reason) => {
    const answer = await server.call('GET', q(parameters));
    expect([answer.status, answer.json.reason ?? '']).toEqual([status, reason]);
  });
});

describe('forms', () => {
  const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

  it('prints pods as kubectl does', async () => {
    const { json } = await server.call('GET', `${PODS}/a`, { headers: { accept: TABLE } });
    expect(json.kind).toBe('Table');
    const columns = recordsAt(json, 'columnDefinitions').map((column) => column.name);
    expect(columns).toEqual([
      'Name',
      'Ready',
      'Status',
      'Restarts',
      'Age',
      'IP',
      'Node',
      'Nominated Node',
      'Readiness Gates',
    ]);
    const [row] = recordsAt(json, 'rows');
    expect(row?.cells).toEqual([
      'a',
      '0/1',
      'Running',
      '0',
      expect.stringMatching(/^\d+s$/),
      '<none>',
      'node-1',
      '<none>',
      '<none>',
    ]);
    expect(valueAt(row, 'object', 'kind')).toBe('PartialObjectMetadata');
  });

  it('gives whole objects in a table on request', async () => {
    const { json } = await server.call('GET', `${PODS}?includeObject=Object`, { headers: { accept: TABLE } });
    expect(valueAt(recordsAt(json, 'rows')[0], 'object', 'spec', 'containers')).toHaveLength(1);
  });

  it('gives metadata only on request', async () => {
    const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { json } = await server.call('GET', PODS, { headers: { accept } });
    expect(json.kind).toBe('PartialObjectMetadataList');
    expect(Object.keys(recordsAt(json, 'items')[0] ?? {})).toEqual(['kind', 'apiVersion', 'metadata']);
  });

  it('answers 406 to a client that takes nothing it has', async () => {
    const { status, json } = await server.call('GET', PODS, { headers: { accept: 'text/html' } });
    expect([status, json.reason]).toEqual([406, 'NotAcceptable']);
  });

  it('lists built-in items without kind and custom ones with it', async () => {
    const object = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: 's', namespace: 'mission' },
    };
    await server.admission.createWithAdmission('sidecars.networking.istio.io', object);
    const pods = await server.call('GET', PODS);
    expect(recordsAt(pods.json, 'items')[0]).not.toHaveProperty('kind');
    const old = await server.call('GET', '/apis/networking.istio.io/v1beta1/sidecars');
    expect(recordsAt(old.json, 'items')[0]).toMatchObject({
      kind: 'Sidecar',
      apiVersion: 'networking.istio.io/v1beta1',
    });
  });

  it('compresses a large list for clients that accept it', async () => {
    const data = { text: 'x'.repeat(200_000) };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large', namespace: 'mission' }, data };
    await server.admission.createWithAdmission('configmaps', object);
    const plain = await server.call('GET', '/api/v1/configmaps');
    expect(plain.headers['content-encoding']).toBeUndefined();
    const packed = await server.call('GET', '/api/v1/configmaps', { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.text.length).toBeLessThan(plain.text.length / 10);
  });
});

describe('unknown things', () => {
  it.each<[method: string, path: string, status: number, message: string]>([
    ['GET', `${PODS}/nope`, 404, 'pods "nope" not found'],
    ['GET', '/apis/apps/v1/namespaces/mission/deployments/nope', 404, 'deployments.apps "nope" not found'],
    ['GET', '/api/v1/rockets', 404, 'the server could not find the requested resource'],
    ['GET', '/apis/apps/v1beta1/deployments', 404, 'the server could not find the requested resource'],
    ['GET', '/api/v1/pods/a', 404, 'the server could not find the requested resource'],
    ['GET', `${PODS}/a/exec`, 404, 'the server could not find the requested resource'],
    ['POST', '/api/v1/pods', 405, 'the server does not allow this method on the requested resource'],
    ['PUT', PODS, 405, 'the server does not allow this method on the requested resource'],
  ])('%s %s', async (method, path, status, message) => {
    const answer = await server.call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status });
  });
});
