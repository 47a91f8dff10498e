import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const tagOf = async (path: string) => {
  const { headers, body } = await api.get(path);
  return { tag: headers.get('etag'), text: JSON.stringify(body) };
};

it.each(['/api/v1/namespaces', '/api/v1/overview', '/api/v1/control-planes', '/api/v1/graph?namespaces=shop'])(
  '%s is answered anew as soon as the cluster changed',
  async (path) => {
    const before = await tagOf(path);
    api.cluster.store.modify('pods', somePod(), (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, touched: path.replaceAll(/\W/g, '-') };
    });
    await expect.poll(async () => (await tagOf(path)).tag).not.toBe(before.tag);
  },
);

it('pages that differ in one parameter are kept apart', async () => {
  const [first, second, again] = [
    await tagOf('/api/v1/namespaces?limit=3'),
    await tagOf('/api/v1/namespaces?limit=4'),
    await tagOf('/api/v1/namespaces?limit=3'),
  ];
  expect(second.text).not.toBe(first.text);
  expect(again).toEqual(first);
});

it('a label that is switched moves the overview and the row', async () => {
  const injecting = async () => {
    const { body } = await api.get('/api/v1/overview');
    return JSON.stringify(body).match(/"injecting":(\d+)/)?.[1];
  };
  const before = Number(await injecting());
  api.cluster.store.modify('namespaces', { name: 'shop' }, (draft) => {
    draft.metadata.labels = { 'istio-injection': 'disabled' };
  });
  await expect.poll(async () => Number(await injecting())).toBe(before - 1);
});

function somePod() {
  const [pod] = api.cluster.store.list('pods').filter(({ metadata }) => metadata.namespace === 'shop');
  if (pod?.metadata.namespace === undefined) throw new Error('the scenario has no pod in shop');
  return { namespace: pod.metadata.namespace, name: pod.metadata.name };
}
