import { expect, it } from 'vitest';
import { isSelected, listWorkloads } from './list-workloads';
import { ownedBy, pod, workload } from './mesh-fixtures';

it('gathers the labels of template and pods, each set once', () => {
  const labels = { app: 'cart', 'pod-template-hash': '1' };
  const found = listWorkloads(
    [
      workload('cart', { app: 'cart' }),
      workload('cart-1', labels, { kind: 'ReplicaSet', owner: ownedBy('Deployment', 'cart') }),
    ],
    [
      pod('cart-1-a', labels, ownedBy('ReplicaSet', 'cart-1')),
      pod('cart-1-b', labels, ownedBy('ReplicaSet', 'cart-1')),
    ],
  );
  expect(found.map(({ id }) => id)).toEqual(['shop/deployment/cart']);
  expect(found[0]?.labels).toEqual([{ app: 'cart' }, labels]);
});

it('shows a bare pod as a workload', () => {
  expect(listWorkloads([], [pod('solo', {})]).map(({ id }) => id)).toEqual(['shop/pod/solo']);
});

it('picks nothing by an empty selector, and by labels that only a running pod has', () => {
  const [found] = listWorkloads(
    [workload('cart')],
    [pod('cart-a', { app: 'cart', canary: 'yes' }, ownedBy('Deployment', 'cart'))],
  );
  expect(found !== undefined && isSelected(found, {})).toBe(false);
  expect(found !== undefined && isSelected(found, { canary: 'yes' })).toBe(true);
});
