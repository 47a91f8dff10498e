import { describe, expect, it } from 'vitest';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { documentRecord, webhookConfigurationRecord } from './record-builders';

const parse = (body: unknown) =>
  parseWebhookConfigurations([documentRecord('MutatingWebhookConfiguration', 'hook', body)]);
const entry = (over: object = {}) => ({ name: 'namespace.sidecar-injector.istio.io', ...over });

describe('parseWebhookConfigurations', () => {
  it('reads revision, tag, selectors and target', () => {
    const [found] = parseWebhookConfigurations([
      webhookConfigurationRecord('istio-revision-tag-prod', {
        revision: '1-24-0',
        tag: 'prod',
        service: 'istiod-1-24-0',
      }),
    ]);
    expect(found).toMatchObject({
      name: 'istio-revision-tag-prod',
      revision: '1-24-0',
      tag: 'prod',
      isDeactivated: false,
    });
    expect(found?.webhooks[0]).toEqual({
      name: 'rev.namespace.sidecar-injector.istio.io',
      namespaceSelector: {
        matchExpressions: [
          { key: 'istio.io/rev', operator: 'In', values: ['prod'] },
          { key: 'istio-injection', operator: 'DoesNotExist' },
        ],
      },
      objectSelector: { matchExpressions: [{ key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }] },
      failurePolicy: 'Fail',
      timeoutSeconds: 10,
      matchConditions: [],
      target: { kind: 'service', namespace: 'istio-system', name: 'istiod-1-24-0', port: 443, path: '/inject' },
      hasCaBundle: true,
      isForPods: true,
    });
  });

  it('orders by name, as the API server calls them', () => {
    const records = ['b', 'c', 'a'].map((name) => webhookConfigurationRecord(name));
    expect(parseWebhookConfigurations(records).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('keeps out what is no injector', () => {
    expect(parse({ webhooks: [{ name: 'vault.hashicorp.com' }] })).toEqual([]);
  });

  it.each<[name: string, options: Parameters<typeof webhookConfigurationRecord>[1], want: boolean]>([
    ['deactivated', { isDeactivated: true }, true],
    ['active', {}, false],
  ])('tells whether it is %s', (_name, options, want) => {
    expect(parseWebhookConfigurations([webhookConfigurationRecord('x', options)])[0]?.isDeactivated).toBe(want);
  });

  it('takes a selector with a second label for active', () => {
    const never = { matchLabels: { 'istio.io/deactivated': 'never-match', more: 'x' } };
    expect(parse({ webhooks: [entry({ namespaceSelector: never, objectSelector: never })] })[0]?.isDeactivated).toBe(
      false,
    );
  });

  it('reads a URL target', () => {
    const [found] = parse({ webhooks: [entry({ clientConfig: { url: 'https://example.com/inject' } })] });
    expect(found?.webhooks[0]?.target).toEqual({ kind: 'url', url: 'https://example.com/inject' });
    expect(found?.webhooks[0]?.hasCaBundle).toBe(false);
  });

  it('falls back to revision default without a label', () => {
    expect(parse({ webhooks: [entry()] })[0]?.revision).toBe('default');
  });

  it.each<[name: string, rule: object, want: boolean]>([
    ['creation of pods', { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }, true],
    ['wildcards', { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }, true],
    ['updates only', { operations: ['UPDATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }, false],
    [
      'another resource',
      { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['services'] },
      false,
    ],
    ['another group', { operations: ['CREATE'], apiGroups: ['apps'], apiVersions: ['v1'], resources: ['pods'] }, false],
  ])('judges rules: %s', (_name, rule, want) => {
    expect(parse({ webhooks: [entry({ rules: [rule] })] })[0]?.webhooks[0]?.isForPods).toBe(want);
  });

  it.each<[name: string, body: unknown]>([
    ['nothing', undefined],
    ['a text', 'webhooks'],
    ['webhooks that is no list', { webhooks: {} }],
    ['entries that are no objects', { webhooks: [null, 'x', 3, []] }],
    ['an entry without a name', { webhooks: [{}] }],
  ])('survives %s', (_name, body) => {
    expect(parse(body)).toEqual([]);
  });

  it('survives garbage inside an entry', () => {
    const garbage = entry({
      namespaceSelector: { matchLabels: 'x', matchExpressions: [null, { key: 3, operator: {}, values: 'no' }] },
      objectSelector: 7,
      clientConfig: [],
      matchConditions: 'x',
      timeoutSeconds: 'soon',
      rules: 'all',
    });
    expect(parse({ webhooks: [garbage] })[0]?.webhooks[0]).toEqual({
      name: 'namespace.sidecar-injector.istio.io',
      namespaceSelector: { matchExpressions: [{ key: '', operator: '' }] },
      failurePolicy: 'Fail',
      timeoutSeconds: 10,
      matchConditions: [],
      target: { kind: 'service', namespace: '', name: '', port: 443, path: '' },
      hasCaBundle: false,
      isForPods: false,
    });
  });
});
