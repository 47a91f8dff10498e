import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { Phrase } from '@/lib/core/phrase';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { webhookConfigurationRecord } from './record-builders';
import { type NamespaceModeKind, resolveNamespaceMode } from './resolve-namespace-mode';
import { say } from './say';

const NS = 'istio-injection';
const REV = 'istio.io/rev';
const AMBIENT = { 'istio.io/dataplane-mode': 'ambient' };
const CLUSTER = parseWebhookConfigurations([
  webhookConfigurationRecord('istio-sidecar-injector'),
  webhookConfigurationRecord('istio-sidecar-injector-1-24', { revision: '1-24' }),
  webhookConfigurationRecord('istio-revision-tag-prod', { revision: '1-24', tag: 'prod' }),
]);
const KNOWN = '1-24, default, prod';

const resolve = (labels: StringMap | undefined, cluster: typeof CLUSTER | undefined = CLUSTER, name = 'shop') =>
  resolveNamespaceMode({ name, labels }, cluster);

describe('resolveNamespaceMode', () => {
  it.each<
    [name: string, labels: StringMap, kind: NamespaceModeKind, because: Phrase, label: string, notes: readonly Phrase[]]
  >([
    [
      'enabled',
      { [NS]: 'enabled' },
      'sidecar',
      say('mode.served', { label: `${NS}=enabled`, revision: 'default' }),
      `${NS}=enabled`,
      [],
    ],
    [
      'revision',
      { [REV]: '1-24' },
      'sidecar',
      say('mode.served', { label: `${REV}=1-24`, revision: '1-24' }),
      `${REV}=1-24`,
      [],
    ],
    [
      'tag',
      { [REV]: 'prod' },
      'sidecar',
      say('mode.served-by-tag', { label: `${REV}=prod`, tag: 'prod', revision: '1-24' }),
      `${REV}=prod`,
      [],
    ],
    [
      'rev=default',
      { [REV]: 'default' },
      'sidecar',
      say('mode.served', { label: `${REV}=default`, revision: 'default' }),
      `${REV}=default`,
      [],
    ],
    ['unlabelled', {}, 'off', say('mode.unlabelled'), '', []],
    ['disabled', { [NS]: 'disabled' }, 'off', say('mode.disabled', { label: `${NS}=disabled` }), `${NS}=disabled`, []],
    [
      'an odd value',
      { [NS]: 'true' },
      'off',
      say('mode.odd-value', { label: `${NS}=true`, known: `${NS}=enabled` }),
      `${NS}=true`,
      [],
    ],
    [
      'case matters',
      { [NS]: 'Enabled' },
      'off',
      say('mode.odd-value', { label: `${NS}=Enabled`, known: `${NS}=enabled` }),
      `${NS}=Enabled`,
      [],
    ],
    [
      'unknown revision',
      { [REV]: 'nope' },
      'off',
      say('mode.unknown-revision', { revision: 'nope', known: KNOWN }),
      `${REV}=nope`,
      [],
    ],
    [
      'both labels: enabled wins',
      { [NS]: 'enabled', [REV]: '1-24' },
      'sidecar',
      say('mode.served', { label: `${NS}=enabled`, revision: 'default' }),
      `${NS}=enabled`,
      [say('note.conflict', { winner: `${NS}=enabled`, ignored: `${REV}=1-24` })],
    ],
    [
      'both labels: disabled blocks',
      { [NS]: 'disabled', [REV]: '1-24' },
      'off',
      say('mode.disabled', { label: `${NS}=disabled` }),
      `${NS}=disabled`,
      [say('note.conflict-off', { winner: `${NS}=disabled`, ignored: `${REV}=1-24` })],
    ],
    [
      'ambient and sidecar',
      { [NS]: 'enabled', ...AMBIENT },
      'sidecar',
      say('mode.served', { label: `${NS}=enabled`, revision: 'default' }),
      `${NS}=enabled`,
      [say('note.ambient-and-sidecar')],
    ],
    [
      'ambient',
      AMBIENT,
      'ambient',
      say('mode.ambient', { label: 'istio.io/dataplane-mode=ambient' }),
      'istio.io/dataplane-mode=ambient',
      [],
    ],
  ])('%s', (_name, labels, kind, because, label, notes) => {
    expect(resolve(labels)).toMatchObject({ kind, because, label, notes });
  });

  it('names who serves', () => {
    expect(resolve({ [REV]: 'prod' }).servedBy).toEqual({
      configuration: 'istio-revision-tag-prod',
      webhook: 'rev.namespace.sidecar-injector.istio.io',
      revision: '1-24',
      tag: 'prod',
    });
    expect(resolve({ [NS]: 'disabled' }).servedBy).toBeNull();
  });

  it('lets a system namespace be refused', () => {
    expect(resolve({ [NS]: 'enabled' }, CLUSTER, 'kube-system')).toMatchObject({
      kind: 'off',
      because: say('mode.system-namespace', { namespace: 'kube-system' }),
    });
  });

  it('says when no label is needed', () => {
    const auto = parseWebhookConfigurations([
      webhookConfigurationRecord('istio-sidecar-injector', { injectsByDefault: true }),
    ]);
    expect(resolve({}, auto)).toMatchObject({
      kind: 'sidecar',
      label: '',
      because: say('mode.by-default', { configuration: 'istio-sidecar-injector', revision: 'default' }),
    });
    expect(resolve({ [NS]: 'disabled' }, auto).kind).toBe('off');
  });

  it('reports a deactivated default', () => {
    const off = parseWebhookConfigurations([
      webhookConfigurationRecord('istio-sidecar-injector', { isDeactivated: true }),
    ]);
    expect(resolve({ [NS]: 'enabled' }, off)).toMatchObject({
      kind: 'off',
      because: say('mode.deactivated', { label: `${NS}=enabled`, configuration: 'istio-sidecar-injector' }),
    });
  });

  it('reports two configurations that would both inject', () => {
    const both = parseWebhookConfigurations([
      webhookConfigurationRecord('istio-sidecar-injector'),
      webhookConfigurationRecord('istio-revision-tag-default', { tag: 'default', revision: '1-24' }),
    ]);
    expect(resolve({ [NS]: 'enabled' }, both)).toMatchObject({
      servedBy: { configuration: 'istio-revision-tag-default' },
      notes: [say('note.two-configurations', { configurations: 'istio-revision-tag-default, istio-sidecar-injector' })],
    });
  });

  it('follows selectors of its own making', () => {
    const body = {
      webhooks: [{ name: 'own.sidecar-injector.istio.io', namespaceSelector: { matchLabels: { mesh: 'on' } } }],
    };
    const own = parseWebhookConfigurations([{ ...webhookConfigurationRecord('own'), body }]);
    expect(resolve({ mesh: 'on' }, own)).toMatchObject({ kind: 'sidecar', label: 'mesh=on' });
    expect(resolve({ mesh: 'off' }, own)).toMatchObject({
      kind: 'off',
      because: say('mode.odd-value', { label: 'mesh=off', known: 'mesh=on' }),
    });
  });

  it.each<[name: string, labels: StringMap | undefined, cluster: typeof CLUSTER | undefined, because: Phrase]>([
    ['labels that may not be read', undefined, CLUSTER, say('mode.labels-unreadable', { namespace: 'shop' })],
    ['webhooks that may not be read', { [NS]: 'enabled' }, undefined, say('mode.webhooks-unreadable')],
  ])('does not guess about %s', (_name, labels, cluster, because) => {
    expect(resolveNamespaceMode({ name: 'shop', labels }, cluster)).toMatchObject({ kind: 'unknown', because });
  });

  it('says when there is no injector at all', () => {
    expect(resolve({ [NS]: 'enabled' }, [])).toMatchObject({ kind: 'off', because: say('mode.no-injector') });
  });
});
