import { expect, it } from 'vitest';
import { isSelected, listWorkloads } from './list-workloads';
import { ownedBy, pod, workload } from './mesh-fixtures';

it('keeps the topmost controller and gathers the labels of its pods', () => {
  const found = listWorkloads(
    [
      workload('cart', { app: 'cart' }),
      workload(
        'cart-1',
        { app: 'cart', 'pod-template-hash': '1' },
        { kind: 'ReplicaSet', owner: ownedBy('Deployment', 'cart') },
      ),
    ],
    [pod('cart-1-a', { app: 'cart', 'pod-template-hash': '1' }, ownedBy('ReplicaSet', 'cart-1'))],
  );
  expect(found.map(({ id }) => id)).toEqual(['shop/deployment/cart']);
  expect(found[0]?.labels).toEqual([{ app: 'cart' }, { app: 'cart', 'pod-template-hash': '1' }]);
});

it.each<[name: string, pods: Parameters<typeof listWorkloads>[1], want: readonly string[]]>([
  ['shows a bare pod as a workload', [pod('solo', {})], ['shop/pod/solo']],
  ['shows a static pod alone, not as its node', [pod('etcd', {}, ownedBy('Node', 'n1'))], ['shop/pod/etcd']],
  [
    'groups pods of a controller that nobody listed',
    [pod('a', {}, ownedBy('CloneSet', 'web')), pod('b', {}, ownedBy('CloneSet', 'web'))],
    ['shop/cloneset/web'],
  ],
])('%s', (_name, pods, want) => {
  expect(listWorkloads([], pods).map(({ id }) => id)).toEqual(want);
});

it('takes a CronJob for the pods of its Jobs', () => {
  const found = listWorkloads(
    [
      workload('nightly', {}, { kind: 'CronJob' }),
      workload('nightly-1', {}, { kind: 'Job', owner: ownedBy('CronJob', 'nightly') }),
    ],
    [pod('nightly-1-x', {}, ownedBy('Job', 'nightly-1'))],
  );
  expect(found.map(({ id }) => id)).toEqual(['shop/cronjob/nightly']);
});

it('picks nothing by an empty selector, and by labels that only a running pod has', () => {
  const [found] = listWorkloads(
    [workload('cart')],
    [pod('cart-a', { app: 'cart', canary: 'yes' }, ownedBy('Deployment', 'cart'))],
  );
  expect(found !== undefined && isSelected(found, {})).toBe(false);
  expect(found !== undefined && isSelected(found, { canary: 'yes' })).toBe(true);
});
