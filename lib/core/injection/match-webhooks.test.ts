import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import { matchWebhooks } from './match-webhooks';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { webhookConfigurationRecord } from './record-builders';
import { withNameLabel } from './resolve-namespace-mode';

const INJECT = 'sidecar.istio.io/inject';
const REV = 'istio.io/rev';
const NS = 'istio-injection';

const DEFAULT = webhookConfigurationRecord('istio-sidecar-injector');
const X = webhookConfigurationRecord('istio-sidecar-injector-x', { revision: 'x' });
const Y = webhookConfigurationRecord('istio-revision-tag-y', { revision: 'x', tag: 'y' });
const CLUSTER = parseWebhookConfigurations([DEFAULT, X, Y]);
const AUTO = parseWebhookConfigurations([
  webhookConfigurationRecord('istio-sidecar-injector', { injectsByDefault: true }),
]);

const called = (namespace: StringMap, pod: StringMap, cluster = CLUSTER) =>
  matchWebhooks(namespace, pod, cluster).map(
    ({ configuration, webhook }) => `${configuration.name}/${webhook.name.replace('.sidecar-injector.istio.io', '')}`,
  );

describe('matchWebhooks', () => {
  it.each<[name: string, namespace: StringMap, pod: StringMap, want: readonly string[]]>([
    ['enabled: default', { [NS]: 'enabled' }, {}, ['istio-sidecar-injector/namespace']],
    ['enabled: any switch but false', { [NS]: 'enabled' }, { [INJECT]: 'yes' }, ['istio-sidecar-injector/namespace']],
    ['enabled: pod rev is ignored', { [NS]: 'enabled' }, { [REV]: 'y' }, ['istio-sidecar-injector/namespace']],
    ['enabled: namespace rev is ignored', { [NS]: 'enabled', [REV]: 'x' }, {}, ['istio-sidecar-injector/namespace']],
    ['enabled: pod says false', { [NS]: 'enabled' }, { [INJECT]: 'false' }, []],
    ['disabled: nobody', { [NS]: 'disabled' }, {}, []],
    ['disabled: not even for true', { [NS]: 'disabled' }, { [INJECT]: 'true' }, []],
    ['disabled: not even with rev', { [NS]: 'disabled', [REV]: 'x' }, { [REV]: 'x', [INJECT]: 'true' }, []],
    ['an odd value: nobody', { [NS]: 'true' }, { [INJECT]: 'true' }, []],
    ['case matters', { [NS]: 'Enabled' }, {}, []],
    ['revision namespace', { [REV]: 'x' }, {}, ['istio-sidecar-injector-x/rev.namespace']],
    ['tag namespace', { [REV]: 'y' }, {}, ['istio-revision-tag-y/rev.namespace']],
    [
      'revision namespace: pod rev is ignored',
      { [REV]: 'x' },
      { [REV]: 'y' },
      ['istio-sidecar-injector-x/rev.namespace'],
    ],
    ['revision namespace: pod says false', { [REV]: 'x' }, { [INJECT]: 'false' }, []],
    ['unlabelled: pod asks a revision', {}, { [REV]: 'x' }, ['istio-sidecar-injector-x/rev.object']],
    [
      'unlabelled: pod asks a tag, with true',
      {},
      { [REV]: 'y', [INJECT]: 'true' },
      ['istio-revision-tag-y/rev.object'],
    ],
    ['unlabelled: pod says true', {}, { [INJECT]: 'true' }, ['istio-sidecar-injector/object']],
    ['unlabelled: pod says false with rev', {}, { [INJECT]: 'false', [REV]: 'x' }, []],
    ['unlabelled: nothing said', {}, {}, []],
    [
      'rev=default: the default install',
      { [REV]: 'default' },
      { [REV]: 'x' },
      ['istio-sidecar-injector/rev.namespace'],
    ],
    ['a revision that nobody serves', { [REV]: 'nope' }, {}, []],
  ])('%s', (_name, namespace, pod, want) => {
    expect(called(namespace, pod)).toEqual(want);
  });

  it.each<[name: string, namespace: string, labels: StringMap, pod: StringMap, want: readonly string[]]>([
    ['unlabelled namespaces', 'shop', {}, {}, ['istio-sidecar-injector/auto']],
    ['no system namespace', 'kube-system', {}, {}, []],
    ['no namespace that is switched off', 'shop', { [NS]: 'disabled' }, {}, []],
    ['no pod that speaks for itself', 'shop', {}, { [INJECT]: 'true' }, ['istio-sidecar-injector/object']],
  ])('with injection by default it picks %s', (_name, namespace, labels, pod, want) => {
    expect(called(withNameLabel(namespace, labels), pod, AUTO)).toEqual(want);
  });

  it('calls two configurations in the order of their names', () => {
    const both = parseWebhookConfigurations([
      DEFAULT,
      webhookConfigurationRecord('istio-revision-tag-default', { tag: 'default' }),
    ]);
    expect(called({ [NS]: 'enabled' }, {}, both)).toEqual([
      'istio-revision-tag-default/namespace',
      'istio-sidecar-injector/namespace',
    ]);
  });

  it.each<[expression: string, want: readonly boolean[]]>([
    ['true', [false]],
    ['false', []],
    ['object.metadata.name != "x"', [true]],
  ])('matchCondition %s', (expression, want) => {
    const conditioned = webhookConfigurationRecord('x', { matchConditions: [{ name: 'c', expression }] });
    const matches = matchWebhooks({ [NS]: 'enabled' }, {}, parseWebhookConfigurations([conditioned]));
    expect(matches.map(({ isUncertain }) => isUncertain)).toEqual(want);
  });

  it('never calls a deactivated configuration', () => {
    const off = parseWebhookConfigurations([webhookConfigurationRecord('x', { isDeactivated: true })]);
    expect(called({ [NS]: 'enabled' }, {}, off)).toEqual([]);
  });

  it('takes an absent selector for everything', () => {
    const body = { webhooks: [{ name: 'x.istio.io' }] };
    const open = parseWebhookConfigurations([{ ...DEFAULT, body }]);
    expect(called({ [NS]: 'disabled' }, { [INJECT]: 'false' }, open)).toHaveLength(1);
  });
});
