// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { afterEach, describe, expect, it } from 'vitest';
import type { OverviewAnswer, Problem } from '@/lib/api/overview';
import injection from '@/messages/en/injection.json';
import overview from '@/messages/en/overview.json';
import shared from '@/messages/en/shared.json';
import { AllPodsBar } from './all-pods-bar';
import { toRemedyHref } from './cause-list';
import { OverviewVerdict } from './overview-verdict';

const NONE = { injected: 0, outdated: 0, 'not-injected': 0, missing: 0, refused: 0, ambient: 0, unknown: 0, total: 0 };
const meta: OverviewAnswer['meta'] = { cluster: 'demo', status: 'live', version: 1, missing: [] };
const progress: OverviewAnswer['progress'] = [
  { revision: 'default', version: '1.30.1', tags: [], health: 'serving', wanted: 4, current: 4, leaving: 0 },
];
const answer = (over: Partial<OverviewAnswer> = {}): OverviewAnswer => ({
  counts: { ...NONE, injected: 4, total: 4 },
  numbers: { injected: 4, missing: 0, outdated: 0, refused: 0, controlPlanes: 1 },
  bar: [],
  causes: [],
  causeCount: 0,
  progress,
  namespaces: { total: 3, injecting: 2, off: 1, ambient: 0 },
  recent: [],
  cluster: { name: 'demo', server: 'https://127.0.0.1' },
  meta,
  ...over,
});
const forbidden = {
  resource: 'mutatingwebhookconfigurations',
  reason: 'forbidden',
  right: 'list mutatingwebhookconfigurations',
} as const;

const show = (element: React.ReactNode) =>
  render(
    <NextIntlClientProvider locale="en" messages={{ ...overview, ...injection, ...shared }} timeZone="UTC">
      {element}
    </NextIntlClientProvider>,
  ).container.textContent?.trim();

afterEach(cleanup);

describe('the first sentence', () => {
  it.each<[name: string, over: Partial<OverviewAnswer>, want: string]>([
    ['all well', {}, 'All 4 pods are as their labels ask. 2 of 3 namespaces inject.'],
    [
      'pods astray',
      { counts: { ...NONE, injected: 1, missing: 2, refused: 1, total: 4 }, causeCount: 2 },
      '3 of 4 pods are not as their labels ask; 2 causes. 2 of 3 namespaces inject.',
    ],
    [
      'trouble that no pod shows yet',
      { causeCount: 1 },
      'Every pod is as its labels ask, but 1 cause of trouble waits for the next one. 2 of 3 namespaces inject.',
    ],
    [
      'some pods that cannot be judged',
      { counts: { ...NONE, injected: 3, unknown: 1, total: 4 } },
      'All 3 pods are as their labels ask. 2 of 3 namespaces inject. 1 pod cannot be judged.',
    ],
    ['no pod', { counts: NONE }, 'No pod runs. 2 of 3 namespaces inject.'],
    [
      'an empty cluster',
      { namespaces: { total: 0, injecting: 0, off: 0, ambient: 0 } },
      'No namespace can be seen in this cluster.',
    ],
    [
      'no Istio',
      { progress: [] },
      'This cluster has no Istio control plane that injects: none of its 4 pods in 3 namespaces would get a sidecar.',
    ],
    [
      'webhooks that may not be read, which is not the same as no Istio',
      { progress: [], counts: { ...NONE, unknown: 4, total: 4 }, meta: { ...meta, missing: [forbidden] } },
      'Webhook configurations may not be read, so for 4 of 4 pods nobody can tell whether they are as their labels ask.',
    ],
    [
      'a cluster that is still being read',
      { counts: NONE, meta: { ...meta, status: 'syncing' } },
      'Sidelight is still reading the cluster; the figures grow until it is done.',
    ],
  ])('%s', (_name, over, want) => {
    expect(show(<OverviewVerdict answer={answer(over)} />)).toBe(want);
  });
});

describe('the bar of all pods', () => {
  it('leads from each state to the namespaces that hold it', () => {
    show(<AllPodsBar total={4} bar={[{ state: 'missing', count: 4, share: 1 }]} />);
    const link = screen.getByRole('link', { name: 'missing 4 100%' });
    expect(link.getAttribute('href')).toBe('/namespaces?state=missing');
  });

  it('is left out where no pod runs', () => {
    expect(show(<AllPodsBar total={0} bar={[]} />)).toBe('');
  });
});

describe('the remedy of a cause', () => {
  const object = (name: string, namespace = 'shop'): Problem['objects'][number] => ({
    kind: 'Deployment',
    namespace,
    name,
    pods: 1,
    because: { code: 'injection.pod.other-image' },
  });
  it.each<[name: string, objects: Problem['objects'], objectCount: number, want: string | undefined]>([
    ['of one workload', [object('a')], 1, '/namespaces/shop/workloads/Deployment/a?do=restart'],
    ['of several in one namespace', [object('a'), object('b')], 2, '/namespaces/shop?do=restart'],
    [
      'of several namespaces begins with the first',
      [object('a'), object('b', 'mission')],
      2,
      '/namespaces/shop/workloads/Deployment/a?do=restart',
    ],
    [
      'of more than are shown begins with the first',
      [object('a')],
      9,
      '/namespaces/shop/workloads/Deployment/a?do=restart',
    ],
    ['of nothing', [], 0, undefined],
  ])('%s', (_name, objects, objectCount, want) => {
    expect(toRemedyHref('restart-workload', { objects, objectCount })).toBe(want);
  });
});
