import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsAt, stringAt, valueAt } from './json-access';
import { KINDS, kindsWithout } from './kinds';
import { startApiServer } from './start-api-server';
import { startTestServer, type TestServer } from './start-test-server';
import { createStore } from './store';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

it.each(['/healthz', '/livez', '/readyz', '/readyz/ping'])('%s is ok', async (path) => {
  expect(await server.call('GET', path)).toMatchObject({ status: 200, text: 'ok' });
});

describe('discovery', () => {
  it('names versions and groups', async () => {
    expect((await server.call('GET', '/version')).json).toMatchObject({
      major: '1',
      gitVersion: expect.stringMatching(/^v1\./),
    });
    expect((await server.call('GET', '/api')).json).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
    const groups = recordsAt((await server.call('GET', '/apis')).json, 'groups');
    expect(groups).toContainEqual({
      name: 'security.istio.io',
      versions: [
        { groupVersion: 'security.istio.io/v1', version: 'v1' },
        { groupVersion: 'security.istio.io/v1beta1', version: 'v1beta1' },
      ],
      preferredVersion: { groupVersion: 'security.istio.io/v1', version: 'v1' },
    });
  });

  it('lists the resources of a version with what they can', async () => {
    const { json } = await server.call('GET', '/apis/apps/v1');
    const resources = recordsAt(json, 'resources');
    expect(resources.find((one) => one.name === 'deployments')).toEqual({
      name: 'deployments',
      singularName: 'deployment',
      namespaced: true,
      kind: 'Deployment',
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      shortNames: ['deploy'],
      categories: ['all'],
      storageVersionHash: '8aSe+NMegvE=',
    });
    expect(resources.find((one) => one.name === 'deployments/scale')).toMatchObject({
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
    });
  });

  it('serves only the versions a kind has', async () => {
    const names = async (path: string) =>
      recordsAt((await server.call('GET', path)).json, 'resources').map((one) => one.name);
    expect(await names('/apis/networking.istio.io/v1alpha3')).toContain('envoyfilters');
    expect(await names('/apis/networking.istio.io/v1')).not.toContain('envoyfilters');
    expect((await server.call('GET', '/apis/networking.istio.io/v9')).status).toBe(404);
    expect((await server.call('GET', '/apis/none')).status).toBe(404);
  });

  it('aggregates on request', async () => {
    const answer = await server.call('GET', '/apis', { headers: { accept: AGGREGATED } });
    expect(answer.headers['content-type']).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
    expect(answer.json).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' });
    const apps = recordsAt(answer.json, 'items').find((item) => stringAt(item, 'metadata', 'name') === 'apps');
    expect(recordsAt(recordsAt(apps, 'versions')[0], 'resources')[0]).toMatchObject({
      resource: 'controllerrevisions',
      scope: 'Namespaced',
      responseKind: { group: '', version: '', kind: 'ControllerRevision' },
    });
  });

  it('names every kind of the table once', () => {
    const names = KINDS.map((row) => `${row.plural}.${row.group}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('knows nothing of groups that are not installed', async () => {
    const store = createStore(kindsWithout('networking.istio.io'));
    const api = await startApiServer({ store });
    expect(store.hasKind('gateways.networking.istio.io')).toBe(false);
    expect(store.hasKind('gateways.gateway.networking.k8s.io')).toBe(true);
    await api.stop();
  });
});

describe('openapi', () => {
  it('tells kubectl that fields are validated here', async () => {
    const index: unknown = JSON.parse((await server.call('GET', '/openapi/v3')).text);
    const address = stringAt(index, 'paths', 'apis/apps/v1', 'serverRelativeURL') ?? '';
    const { json } = await server.call('GET', address);
    const patch = valueAt(json, 'paths', '/apis/apps/v1/namespaces/{namespace}/deployments/{name}', 'patch');
    expect(recordsAt(patch, 'parameters').map((parameter) => parameter.name)).toContain('fieldValidation');
    expect(valueAt(patch, 'x-kubernetes-group-version-kind')).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
    });
  });

  it('has no second version', async () => {
    expect((await server.call('GET', '/openapi/v2')).status).toBe(404);
  });
});

it('writes a kubeconfig for each user', () => {
  const text = server.api.kubeconfig('viewer');
  expect(text).toContain(`server: ${server.api.url}`);
  expect(text).toContain('certificate-authority-data: ');
  expect(() => server.api.kubeconfig('stranger')).toThrow('The demo cluster has no user stranger.');
});
