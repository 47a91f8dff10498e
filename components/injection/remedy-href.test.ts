import { expect, it } from 'vitest';
import { remedyHref } from './remedy-href';

const deployment = { kind: 'Deployment', namespace: 'shop', name: 'cart' };

it.each<[name: string, action: string, object: typeof deployment, want: string | undefined]>([
  [
    'opens the restart of a workload',
    'restart-workload',
    deployment,
    '/namespaces/shop/workloads/Deployment/cart?do=restart',
  ],
  ['leads nowhere for a Job, which has no rollout', 'restart-workload', { ...deployment, kind: 'Job' }, undefined],
  ['opens the switch of the namespace', 'enable-namespace', deployment, '/namespaces/shop?do=enable'],
  ['opens it for a wrong label too', 'fix-namespace-label', deployment, '/namespaces/shop?do=enable'],
  ['only shows the namespace where two labels stand', 'remove-namespace-label', deployment, '/namespaces/shop'],
  ['leads to the control planes', 'repair-control-plane', deployment, '/control-planes'],
  ['leads nowhere for what is done elsewhere', 'raise-quota', deployment, undefined],
])('%s', (_name, action, object, want) => {
  expect(remedyHref(action, object)).toBe(want);
});
