import { describe, expect, it } from 'vitest';
import { parseWebhookConfigurations } from '@/lib/core/injection/parse-webhook-configurations';
import type { PlannedChange } from '@/lib/core/injection/preview/preview-types';
import {
  namespaceRecord,
  ownerOf,
  podRecord,
  templateRecord,
  webhookConfigurationRecord,
  workloadRecord,
} from '@/lib/core/injection/record-builders';
import { summarizeNamespace } from '@/lib/core/injection/summarize-namespace';
import type { WorkloadAction } from './change-template-switch';
import { type LiveTemplate, planWorkloadSwitch } from './plan-workload-switch';
import type { TemplateKind } from './template-kinds';

const KEY = 'sidecar.istio.io/inject';
const FACTS = {
  configurations: parseWebhookConfigurations([webhookConfigurationRecord('hook')]),
  injectors: new Map(),
};

interface Case {
  readonly kind?: TemplateKind;
  readonly namespace?: Record<string, string>;
  readonly action?: WorkloadAction;
  readonly live?: Partial<LiveTemplate>;
}

/** Two plain pods of one workload in a namespace that injects nothing unless its labels say so. */
function plan({ kind = 'Deployment', namespace = {}, action = 'enable', live = {} }: Case) {
  const template = templateRecord({ labels: live.labels ?? {}, annotations: live.annotations ?? {} });
  const record = workloadRecord(kind, 'web', { replicas: 2, template });
  const pods = [0, 1].map((index) => podRecord({ name: `web-${index}`, uid: `${index}`, owner: ownerOf(record) }));
  const { context, workloads } = summarizeNamespace(
    { name: 'shop', namespace: namespaceRecord('shop', namespace), workloads: [record], pods, events: [] },
    FACTS,
  );
  const [verdict] = workloads;
  if (verdict?.workload.record === undefined) throw new Error('The workload is not there.');
  return planWorkloadSwitch({
    verdict: { ...verdict, workload: { ...verdict.workload, record: verdict.workload.record } },
    context,
    action,
    live: { kind, labels: {}, annotations: {}, isPaused: false, isOnDelete: false, ...live },
  });
}

const codesOf = (phrases: readonly { readonly code: string }[]) => phrases.map(({ code }) => code);
const warningsOf = (one: Case) => codesOf(plan(one).warnings.map(({ text }) => text));

describe('what becomes of the next pods', () => {
  it.each<[name: string, one: Case, becomes: PlannedChange]>([
    ['the label turns a pod on in a namespace that says nothing', {}, 'gains'],
    [
      'the label is ignored where the namespace says no',
      { namespace: { 'istio-injection': 'disabled' } },
      'stays-without',
    ],
    [
      '"false" keeps a pod out of a namespace that injects',
      { namespace: { 'istio-injection': 'enabled' }, action: 'disable' },
      'stays-without',
    ],
    [
      'without the label the namespace decides',
      { namespace: { 'istio-injection': 'enabled' }, action: 'unset', live: { labels: { [KEY]: 'false' } } },
      'gains',
    ],
    [
      'the label wins over the annotation',
      { namespace: { 'istio-injection': 'enabled' }, live: { annotations: { [KEY]: 'false' } } },
      'gains',
    ],
    [
      'without the label the annotation decides',
      {
        namespace: { 'istio-injection': 'enabled' },
        action: 'unset',
        live: { labels: { [KEY]: 'true' }, annotations: { [KEY]: 'false' } },
      },
      'stays-without',
    ],
  ])('%s', (_name, one, becomes) => {
    expect(plan(one).row.becomes).toBe(becomes);
  });
});

describe('what is said of the restart', () => {
  it.each<[name: string, one: Case, code: string]>([
    ['a Deployment rolls out', {}, 'switch.restarts-now'],
    ['a paused one waits', { live: { isPaused: true } }, 'switch.restarts-when-resumed'],
    ['OnDelete waits for somebody', { kind: 'StatefulSet', live: { isOnDelete: true } }, 'switch.restarts-on-delete'],
    ['a CronJob waits for its next run', { kind: 'CronJob' }, 'switch.next-run'],
    ['a ReplicaSet touches no pod', { kind: 'ReplicaSet' }, 'switch.only-new-pods'],
    ['nothing happens without a change', { live: { labels: { [KEY]: 'true' } } }, 'switch.no-change'],
  ])('%s', (_name, one, code) => {
    expect(codesOf(plan(one).facts)).toEqual([code]);
  });
});

describe('warnings', () => {
  it.each<[name: string, one: Case, codes: readonly string[]]>([
    ['none without a reason', {}, []],
    ['asked in vain', { namespace: { 'istio-injection': 'disabled' } }, ['switch.still-without']],
    ['an annotation that says otherwise', { live: { annotations: { [KEY]: 'false' } } }, ['switch.label-wins']],
    ['an annotation that says the same', { live: { annotations: { [KEY]: 'true' } } }, ['switch.label-repeats']],
    [
      'an annotation that decides again',
      { action: 'unset', live: { labels: { [KEY]: 'true' }, annotations: { [KEY]: 'false' } } },
      ['switch.annotation-returns'],
    ],
    ['a value that cannot come back', { live: { labels: { [KEY]: 'yes' } } }, ['switch.odd-value']],
    [
      'tools that write it again',
      { live: { managedBy: 'argocd-controller', owner: 'Shop/cart' } },
      ['switch.gitops', 'switch.owned'],
    ],
    [
      'errors first',
      { namespace: { 'istio-injection': 'disabled' }, live: { managedBy: 'Helm', annotations: { [KEY]: 'false' } } },
      ['switch.still-without', 'switch.gitops', 'switch.label-wins'],
    ],
  ])('%s', (_name, one, codes) => {
    expect(warningsOf(one)).toEqual(codes);
  });
});
