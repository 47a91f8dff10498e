import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { Phrase } from '@/lib/core/phrase';
import { explainHazard, explainWebhooks } from './explain-webhooks';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { webhookConfigurationRecord } from './record-builders';
import { say } from './say';

const REV = { 'istio.io/rev': '1-16' };
const ENABLED = { 'istio-injection': 'enabled' };
const DISABLED = { 'istio-injection': 'disabled' };
const INJECT = { 'sidecar.istio.io/inject': 'true' };
const DECLINE = { 'sidecar.istio.io/inject': 'false' };

const CONFIGURATIONS = parseWebhookConfigurations([
  webhookConfigurationRecord('istio-sidecar-injector'),
  webhookConfigurationRecord('istio-sidecar-injector-1-16', { revision: '1-16' }),
  webhookConfigurationRecord('istio-sidecar-injector-old', { isDeactivated: true }),
]);

type Row = readonly [isInjecting: boolean, because: Phrase];
const NO_DEFAULT: Row = [
  false,
  say('check.no-match', {
    namespaceLabels: 'istio.io/rev=default, istio-injection=enabled',
    podLabels: 'istio.io/rev=default, sidecar.istio.io/inject=true',
  }),
];
const NO_REVISION: Row = [
  false,
  say('check.no-match', { namespaceLabels: 'istio.io/rev=1-16', podLabels: 'istio.io/rev=1-16' }),
];
const byNamespace = (label: string): Row => [true, say('check.namespace', { label })];
const byPod = (label: string): Row => [true, say('check.pod', { label })];
const prevented = (label: string): Row => [false, say('check.pod-prevents', { label })];
const OFF: Row = [false, say('check.namespace-prevents', { label: 'istio-injection=disabled' })];

describe('explainWebhooks', () => {
  it.each<[name: string, namespace: StringMap, pod: StringMap, byDefault: Row, byRevision: Row]>([
    ['nothing', {}, {}, NO_DEFAULT, NO_REVISION],
    ['enabled', ENABLED, {}, byNamespace('istio-injection=enabled'), NO_REVISION],
    ['revision namespace', REV, {}, NO_DEFAULT, byNamespace('istio.io/rev=1-16')],
    ['revision pod', {}, REV, prevented('istio.io/rev=1-16'), byPod('istio.io/rev=1-16')],
    ['pod asks', {}, INJECT, byPod('sidecar.istio.io/inject=true'), NO_REVISION],
    [
      'enabled and pod asks',
      ENABLED,
      INJECT,
      [
        true,
        say('check.namespace-and-pod', {
          namespaceLabel: 'istio-injection=enabled',
          podLabel: 'sidecar.istio.io/inject=true',
        }),
      ],
      NO_REVISION,
    ],
    ['revision on both', REV, REV, NO_DEFAULT, byNamespace('istio.io/rev=1-16')],
    ['disabled, revision pod', DISABLED, REV, OFF, OFF],
    ['enabled, revision pod', ENABLED, REV, byNamespace('istio-injection=enabled'), NO_REVISION],
    ['enabled, pod declines', ENABLED, DECLINE, prevented('sidecar.istio.io/inject=false'), NO_REVISION],
    ['revision namespace, pod declines', REV, DECLINE, NO_DEFAULT, prevented('sidecar.istio.io/inject=false')],
  ])('%s', (_name, namespace, pod, byDefault, byRevision) => {
    const rows = explainWebhooks(namespace, pod, CONFIGURATIONS);
    expect(rows.map(({ isInjecting, because }) => [isInjecting, because])).toEqual([
      byDefault,
      byRevision,
      [false, say('check.deactivated')],
    ]);
  });

  it('says so when injection is on for all namespaces', () => {
    const auto = parseWebhookConfigurations([
      webhookConfigurationRecord('istio-sidecar-injector', { injectsByDefault: true }),
    ]);
    const label = 'kubernetes.io/metadata.name=shop';
    expect(explainWebhooks({ 'kubernetes.io/metadata.name': 'shop' }, {}, auto)[0]).toMatchObject({
      isInjecting: true,
      because: say('check.all-namespaces', { label }),
    });
  });

  it('goes on when both sides match and neither has a label that decides', () => {
    const open = parseWebhookConfigurations([
      { ...webhookConfigurationRecord('x'), body: { webhooks: [{ name: 'x.istio.io' }] } },
    ]);
    expect(explainWebhooks({}, {}, open)[0]).toMatchObject({
      isInjecting: false,
      because: say('check.no-match', { namespaceLabels: '', podLabels: '' }),
    });
  });

  it('orders rows by name', () => {
    expect(explainWebhooks({}, {}, [...CONFIGURATIONS].reverse()).map(({ configuration }) => configuration)).toEqual([
      'istio-sidecar-injector',
      'istio-sidecar-injector-1-16',
      'istio-sidecar-injector-old',
    ]);
  });
});

describe('explainHazard', () => {
  const row = (configuration: string, isInjecting: boolean) => ({
    configuration,
    revision: 'r',
    isInjecting,
    because: say('check.deactivated'),
  });
  it.each<[name: string, rows: ReturnType<typeof row>[], want: Phrase | undefined]>([
    ['no injector', [], say('check.no-hooks')],
    ['none acts', [row('a', false)], undefined],
    ['one acts', [row('a', true), row('b', false)], undefined],
    ['two act', [row('a', true), row('b', true)], say('check.many-hooks', { configurations: 'a, b' })],
  ])('%s', (_name, rows, want) => {
    expect(explainHazard(rows)).toEqual(want);
  });
});
