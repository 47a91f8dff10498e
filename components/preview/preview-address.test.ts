import { expect, it } from 'vitest';
import { previewHref, previewPath, previewStreamPath } from './preview-address';

it.each<[address: string, want: string]>([
  [previewStreamPath('shop', { action: 'enable' }), '/api/v1/namespaces/shop/injection/preview?action=enable'],
  [
    previewStreamPath('shop', { action: 'enable', revision: '1-24' }),
    '/api/v1/namespaces/shop/injection/preview?action=enable&revision=1-24',
  ],
  [
    previewStreamPath('shop', { action: 'disable', revision: '1-24' }),
    '/api/v1/namespaces/shop/injection/preview?action=disable',
  ],
  [previewPath('shop', 'Pod', 'one', {}), '/api/v1/namespaces/shop/pods/one/preview'],
  [previewPath('shop', 'Job', 'a:b', {}), '/api/v1/namespaces/shop/workloads/Job/a%3Ab/preview'],
  [
    previewHref('shop', 'Deployment', 'cart', { action: 'enable' }),
    '/namespaces/shop/workloads/Deployment/cart?tab=preview&action=enable',
  ],
  [previewHref('shop', 'Pod', 'one', {}), '/namespaces/shop/pods/one?tab=before-after'],
])('%s', (address, want) => {
  expect(address).toBe(want);
});
