import { describe, expect, it } from 'vitest';
import type { StringMap } from '@/lib/core/kube/object-types';
import { listEnableTargets } from './list-enable-targets';
import type { Remedy, RemedyAction } from './list-remedies';
import { parseWebhookConfigurations } from './parse-webhook-configurations';
import { webhookConfigurationRecord } from './record-builders';
import { remedyCommand } from './remedy-commands';

const KEY = 'sidecar.istio.io/inject';
const TARGETS = listEnableTargets(parseWebhookConfigurations([webhookConfigurationRecord('hook')]));

function command(
  action: RemedyAction,
  values: StringMap = {},
  kind = 'Deployment',
  labels: StringMap | undefined = {},
) {
  const remedy: Remedy = { action, text: { code: '', values } };
  const object =
    kind === 'Namespace' ? { kind, namespace: 'shop', name: 'shop' } : { kind, namespace: 'shop', name: 'cart' };
  return remedyCommand(remedy, object, { labels, targets: TARGETS });
}

const patch = (metadata: object) =>
  `kubectl -n shop patch deployment cart --type merge -p '${JSON.stringify({ spec: { template: { metadata } } })}'`;

describe('remedyCommand', () => {
  it.each<[name: string, got: string | undefined, want: string]>([
    ['restarts', command('restart-workload'), 'kubectl -n shop rollout restart deployment/cart'],
    [
      'enables a namespace',
      command('enable-namespace', {}, 'Namespace'),
      'kubectl label namespace shop istio-injection=enabled',
    ],
    [
      'replaces what stands there',
      command('fix-namespace-label', {}, 'Namespace', { 'istio.io/rev': 'gone' }),
      'kubectl label namespace shop istio-injection=enabled istio.io/rev-',
    ],
    [
      'removes a label',
      command('remove-namespace-label', { label: 'istio.io/rev=x' }, 'Namespace'),
      'kubectl label namespace shop istio.io/rev-',
    ],
    [
      'sets a template’s label',
      command('set-pod-label', { label: `${KEY}=true` }),
      patch({ labels: { [KEY]: 'true' } }),
    ],
    [
      'removes a template’s label',
      command('remove-pod-label', { label: `${KEY}=false` }),
      patch({ labels: { [KEY]: null } }),
    ],
    [
      'removes a template’s annotation',
      command('remove-annotation', { annotation: KEY }),
      patch({ annotations: { [KEY]: null } }),
    ],
  ])('%s', (_name, got, want) => {
    expect(got).toBe(want);
  });

  it.each<[name: string, got: string | undefined]>([
    ['a bare pod, which would be gone', command('restart-workload', {}, 'Pod')],
    ['a Job, whose template stays', command('set-pod-label', { label: `${KEY}=true` }, 'Job')],
    ['another label than the switch', command('remove-pod-label', { label: 'app=x' })],
    [
      'labels that cannot be read',
      remedyCommand(
        { action: 'enable-namespace', text: { code: '' } },
        { kind: 'Namespace', namespace: 'shop', name: 'shop' },
        { labels: undefined, targets: TARGETS },
      ),
    ],
    ['work outside of the cluster', command('raise-quota')],
  ])('is silent for %s', (_name, got) => {
    expect(got).toBeUndefined();
  });
});
