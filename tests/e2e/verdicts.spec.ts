import { expect } from '@playwright/test';
import { test } from './dashboard';

/** Every reason that keeps a pod from what it should have, by an object of the scenario that shows it. */
const WORKLOADS: readonly (readonly [place: string, kind: string, name: string, reason: string])[] = [
  ['inventory', 'Deployment', 'inventory-api', 'is not a value that any injector takes'],
  ['legacy-crm', 'Deployment', 'crm', 'Injection is switched off by label istio-injection=disabled'],
  ['docs-site', 'Deployment', 'docs', 'The namespace has no label that an injector takes'],
  ['search', 'Deployment', 'search-api', 'No webhook serves revision 1-9-7'],
  ['lost-team', 'Deployment', 'shipping-labels', '1-8-0'],
  ['platform', 'Deployment', 'db-migrator', 'sidecar.istio.io/inject=false'],
  ['blocked-team', 'Deployment', 'returns', 'istio-injection=disabled'],
  ['pinned-team', 'Deployment', 'tax-rates', 'has no effect: the namespace decides the revision'],
  ['checkout-migration', 'Deployment', 'checkout-next', 'has no effect beside it'],
  ['reporting', 'Deployment', 'reports', 'stands in the way of istio.io/rev=1-10-2'],
  ['sandbox', 'Deployment', 'by-annotation', 'webhooks read labels only'],
  ['double-team', 'Deployment', 'loyalty', 'More than one webhook configuration matches'],
  ['blue-team', 'Deployment', 'ledger', 'Match condition asks-for-the-mesh'],
  ['platform', 'DaemonSet', 'node-exporter', 'host network'],
  ['kube-system', 'Pod', 'dns-debug', 'system namespace'],
  ['platform', 'Deployment', 'ldap-bridge', 'annotation'],
  ['platform', 'Deployment', 'audit-log', 'label'],
  ['platform', 'Deployment', 'feature-flags', 'is neither true nor false'],
  ['picky-team', 'Deployment', 'invoice-import', 'neverInjectSelector'],
  ['quiet-team', 'Deployment', 'newsletter', 'alwaysInjectSelector'],
  ['quiet-team', 'Deployment', 'brochure', 'policy'],
  ['odd-team', 'Deployment', 'billing-export', 'sometimes'],
  ['experiments', 'Deployment', 'bad-mode', 'SIDEWAYS'],
  ['experiments', 'Deployment', 'unknown-template', 'nowhere'],
  ['experiments', 'Deployment', 'bad-volume', 'The template “sidecar” fails'],
  ['canary-tests', 'Deployment', 'canary-web', 'its failure policy is Fail'],
  ['preview', 'Deployment', 'preview-web', 'its failure policy is Ignore'],
  ['shop', 'Deployment', 'catalog', 'before the injection label was set'],
  ['analytics', 'Deployment', 'events-collector', 'switched off'],
  ['moving-team', 'Deployment', 'ticketing', '1-10-2'],
  ['warehouse', 'Deployment', 'stock-api', 'proxyv2:1.30.1'],
  ['archive', 'Deployment', 'document-store', 'resources.requests[cpu]'],
  ['mesh-ambient', 'Deployment', 'profile-api', 'node proxy'],
  ['mesh-mixed', 'Deployment', 'avatar-api', 'also enrolled in ambient'],
];

test('every reason of a verdict is told on the page of the object that has it', async ({ page, dashboard }) => {
  test.setTimeout(240_000);
  for (const [namespace, kind, name, reason] of WORKLOADS) {
    await test.step(`${namespace}/${name}: ${reason}`, async () => {
      await page.goto(`${dashboard.url}/namespaces/${namespace}/workloads/${kind}/${name}`);
      await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
      await expect(page.getByRole('main')).toContainText(reason);
    });
  }
});

test('a pod of older values shows each field, and what a restart would make of it', async ({ page, dashboard }) => {
  const pod = dashboard.cluster.store
    .list('pods', 'archive')
    .find(({ metadata }) => metadata.name?.startsWith('document-store'));
  await page.goto(`${dashboard.url}/namespaces/archive/pods/${pod?.metadata.name}`);
  const row = page.getByRole('row', { name: /initContainers\[istio-proxy\]\.resources\.requests\[cpu\]/ });
  await expect(row).toContainText('60m');
  await expect(row).toContainText('100m');
  await expect(page.getByText('Restart the workload').first()).toBeVisible();
});
