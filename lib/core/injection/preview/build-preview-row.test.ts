import { describe, expect, it } from 'vitest';
import { listControlPlanes } from '@/lib/core/injection/list-control-planes';
import { parseWebhookConfigurations } from '@/lib/core/injection/parse-webhook-configurations';
import {
  injectedPodRecord,
  namespaceRecord,
  ownerOf,
  podRecord,
  serviceRecord,
  templateRecord,
  webhookConfigurationRecord,
  workloadRecord,
} from '@/lib/core/injection/record-builders';
import { summarizeNamespace } from '@/lib/core/injection/summarize-namespace';
import type { PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { buildPreviewRow, type CountedRow, type RenderingEnd } from './build-preview-row';
import { countRow, NOTHING_COUNTED, toTotals } from './count-preview';
import { draftWorkload, needsRendering } from './draft-workload';
import { type PodForecast, tell } from './preview-types';

const ON = { 'istio-injection': 'enabled' };
const CONFIGURATIONS = parseWebhookConfigurations([webhookConfigurationRecord('hook')]);
const FACTS = { configurations: CONFIGURATIONS, injectors: new Map() };
const WEB = { ...workloadRecord('StatefulSet', 'web'), replicas: 2 };
const ISTIOD = podRecord({ namespace: 'istio-system', labels: { app: 'istiod', 'istio.io/rev': 'default' } });
const podsOf = (build: typeof podRecord, owner: WorkloadRecord = WEB) =>
  ['a', 'b'].map((name) => build({ name, uid: name, namespace: 'apps', owner: ownerOf(owner) }));

const FORECAST: PodForecast = {
  outcome: 'injected',
  templates: ['sidecar'],
  containers: [],
  perPod: { cpuCores: 0.1, memoryBytes: 2 ** 27 },
  warnings: [],
  refusals: [],
};
const injectorRefusal = { by: 'injector', because: { code: 'engine.refusal.values-empty' } } as const;

interface Given {
  readonly labels?: Record<string, string>;
  readonly workload?: WorkloadRecord;
  readonly pods?: readonly PodRecord[];
  readonly end?: RenderingEnd;
  /** The webhook's Service is not there. */
  readonly isDown?: boolean;
}

function draftOf({ labels = ON, workload = WEB, pods = podsOf(podRecord), isDown = false }: Given) {
  const namespace = namespaceRecord('apps', labels);
  const contents = { name: 'apps', namespace, workloads: [workload], pods, events: [] };
  const summary = summarizeNamespace(contents, FACTS);
  const services = isDown ? [] : [serviceRecord('istiod')];
  const planes = listControlPlanes({ configurations: CONFIGURATIONS, deployments: [], services, pods: [ISTIOD] });
  const [verdict] = summary.workloads;
  if (verdict === undefined) throw new Error('no workload');
  return draftWorkload(verdict, summary.context, planes);
}

const build = (given: Given): CountedRow => buildPreviewRow(draftOf(given), given.end);

describe('buildPreviewRow', () => {
  it.each<[name: string, given: Given, row: Record<string, unknown>]>([
    ['gains what was rendered', { end: { forecast: FORECAST } }, { becomes: 'gains', rendering: 'rendered' }],
    [
      'keeps what it has',
      { pods: podsOf(injectedPodRecord), end: { forecast: FORECAST } },
      { becomes: 'keeps', requests: { replicas: 2, total: { cpu: '200m' }, adds: { cpu: '0' } } },
    ],
    [
      'believes the engine that skips where the labels promise',
      {
        pods: podsOf(injectedPodRecord),
        end: { forecast: { ...FORECAST, outcome: 'skipped', because: { code: 'x' } } },
      },
      { becomes: 'loses', because: { code: 'x' } },
    ],
    [
      'is refused by the injector',
      { end: { forecast: { ...FORECAST, outcome: 'refused', refusals: [injectorRefusal] } } },
      { becomes: 'refused', because: injectorRefusal.because, refusals: [injectorRefusal] },
    ],
    [
      'is refused by an unreachable webhook, whatever was rendered',
      { isDown: true, end: { forecast: { ...FORECAST, refusals: [injectorRefusal] } } },
      { becomes: 'refused', rendering: 'rendered', refusals: [{ by: 'unreachable-webhook' }] },
    ],
    [
      'says why nothing was rendered',
      { end: { problem: tell('as-is') } },
      { becomes: 'gains', rendering: 'not-possible', problem: tell('as-is') },
    ],
    [
      'needs no rendering where nobody injects',
      { labels: {} },
      { becomes: 'stays-without', rendering: 'not-needed', containers: [] },
    ],
    [
      'needs none for a template that declines',
      { workload: { ...WEB, template: templateRecord({ labels: { 'sidecar.istio.io/inject': 'false' } }) } },
      { becomes: 'stays-without', rendering: 'not-needed' },
    ],
    [
      'multiplies by what a Job starts',
      {
        workload: { ...workloadRecord('CronJob', 'tick'), replicas: 0 },
        pods: [],
        end: { forecast: { ...FORECAST, parallelism: 3 } },
      },
      {
        restart: 'next-run',
        requests: { replicas: 3, total: { cpu: '300m', memory: '384Mi' }, adds: { cpu: '300m' } },
      },
    ],
  ])('%s', (_name, given, row) => {
    expect(build(given).row).toMatchObject(row);
  });

  it('has no requests for a workload whose pods do not come', () => {
    const forecast = { ...FORECAST, outcome: 'refused', refusals: [injectorRefusal] } as const;
    expect(build({ end: { forecast } }).row).not.toHaveProperty('requests');
    expect(build({ end: { forecast } }).total).toEqual({ cpuCores: 0, memoryBytes: 0 });
  });

  it('is rendered exactly where an injector is asked', () => {
    expect(needsRendering(draftOf({}))).toBe(true);
    expect(needsRendering(draftOf({ labels: {} }))).toBe(false);
    const job = workloadRecord('Job', 'once');
    const done = podsOf((over) => podRecord({ ...over, phase: 'Succeeded' }), job);
    expect(needsRendering(draftOf({ workload: job, pods: done }))).toBe(false);
  });
});

describe('countRow', () => {
  it('sums what the rows come to', () => {
    const rows = [
      build({ end: { forecast: FORECAST } }),
      build({ pods: podsOf(injectedPodRecord), end: { forecast: FORECAST } }),
      build({ end: { problem: tell('as-is') } }),
      build({ labels: {} }),
    ];
    expect(toTotals(rows.reduce(countRow, NOTHING_COUNTED))).toEqual({
      rows: 4,
      becomes: { gains: 2, keeps: 1, 'stays-without': 1 },
      requests: { cpu: '400m', memory: '512Mi' },
      adds: { cpu: '200m', memory: '256Mi' },
      notRendered: 1,
    });
  });
});
