import { type InjectEngine, injectAnswerSchema } from '@/lib/api/inject';
import { decideNative } from '@/lib/core/injection/decide-native';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { type InjectorTexts, openInjector } from '@/lib/core/injection/open-injector';
import { detailPreview } from '@/lib/core/injection/preview/detail-preview';
import { forecastPod, renderSubject } from '@/lib/core/injection/preview/forecast-pod';
import type { PreviewPlace, PreviewSubject } from '@/lib/core/injection/preview/preview-types';
import { readConfigFile, readMeshFile } from '@/lib/core/injection/read-config-file';
import { checkRendering } from '@/lib/core/injection/reality/check-rendering';
import { renderManifests } from '@/lib/core/injection/render-manifests';
import type { Result } from '@/lib/core/result';
import type { InjectorSource, PreviewedPod, PreviewJob, RenderJob, RenderResult } from './render-job';
import { runConfirmJob } from './run-confirm-job';
import { runUninjectJob } from './run-uninject-job';
import { writeJson } from './written-json';

const MOST_KEPT = 4;
const kept = new Map<string, Injector>();

/** Does one job of the rendering thread. Throws on nothing that a user can give it. */
export function runRenderJob(job: RenderJob): RenderResult {
  switch (job.kind) {
    case 'check':
      return check(job);
    case 'render':
      return render(job);
    case 'preview':
      return preview(job);
    case 'compare':
      return compare(job);
    case 'confirm':
      return runConfirmJob(job, (source) => openSource(source, 'webhook'));
    case 'uninject':
      return runUninjectJob(job, (source) => openSource(source, 'webhook'));
  }
}

function check({ source }: Extract<RenderJob, { kind: 'check' }>): RenderResult {
  const opened = openSource(source, 'webhook');
  if (!opened.ok) return { kind: 'faulty', message: opened.message };
  const { release, nativeSidecars } = opened.value.input;
  return { kind: 'checked', release: toText(release), nativeSidecars };
}

function render(job: Extract<RenderJob, { kind: 'render' }>): RenderResult {
  const { source, previous, engine, manifests, namespace, nativeSidecars } = job;
  const now = openSource(source, engine, nativeSidecars);
  const opened = now.ok || previous === undefined ? now : openSource(previous, engine, nativeSidecars);
  if (!opened.ok) return { kind: 'faulty', message: now.ok ? '' : now.message };
  const injector = opened.value;
  const answer = injectAnswerSchema.parse({
    ...renderManifests(injector, manifests, engine, namespace),
    injector: {
      revision: injector.input.revision,
      release: toText(injector.input.release),
      nativeSidecars: injector.input.nativeSidecars,
      ...(now.ok ? {} : { problem: now.message }),
    },
  });
  return { kind: 'rendered', json: writeJson(answer), ...(now.ok ? {} : { problem: now.message }) };
}

function preview({ source, previous, place, subjects, isDetailed }: PreviewJob): RenderResult {
  const now = openSource(source, 'webhook');
  const opened = now.ok || previous === undefined ? now : openSource(previous, 'webhook');
  if (!opened.ok) return { kind: 'faulty', message: now.ok ? '' : now.message };
  const injector = opened.value;
  const pods: PreviewedPod[] = [];
  for (const subject of subjects) {
    const pod = previewOne(injector, subject, place, isDetailed);
    pods.push(pod);
    if ('forecast' in pod && pod.forecast.endless !== undefined) break;
  }
  const { release, nativeSidecars } = injector.input;
  return {
    kind: 'previewed',
    release: toText(release),
    nativeSidecars,
    ...(now.ok ? {} : { problem: now.message }),
    pods,
  };
}

function previewOne(
  injector: Injector,
  subject: PreviewSubject,
  place: PreviewPlace,
  isDetailed: boolean,
): PreviewedPod {
  const rendered = renderSubject(injector, subject, place);
  if (!rendered.ok) return { failure: rendered.message };
  const forecast = forecastPod(injector, rendered.value, place);
  return isDetailed ? { forecast, detail: detailPreview(subject, rendered.value) } : { forecast };
}

function compare({ source, subjects }: Extract<RenderJob, { kind: 'compare' }>): RenderResult {
  const opened = openSource(source, 'webhook');
  if (!opened.ok) return { kind: 'faulty', message: opened.message };
  return { kind: 'compared', checks: subjects.map((subject) => checkRendering(opened.value, subject)) };
}

function openSource(source: InjectorSource, engine: InjectEngine, nativeSidecars?: boolean): Result<Injector> {
  const texts = toTexts(source, engine, nativeSidecars);
  if (!texts.ok) return texts;
  const key = JSON.stringify(texts.value);
  const known = kept.get(key);
  if (known !== undefined) return { ok: true, value: known };
  const opened = openInjector(texts.value);
  if (!opened.ok) return opened;
  const oldest = kept.keys().next();
  if (kept.size >= MOST_KEPT && oldest.done !== true) kept.delete(oldest.value);
  kept.set(key, opened.value);
  return opened;
}

function toTexts(source: InjectorSource, engine: InjectEngine, nativeSidecars?: boolean): Result<InjectorTexts> {
  if (source.kind === 'revision') {
    const { revision, config, values, mesh, istiodEnv, kubeletVersions, proxyConfigs = [] } = source;
    const native = nativeSidecars ?? decideNative({ values, istiodEnv, kubeletVersions });
    const proxyConfigResources = proxyConfigs.map(({ namespace, spec }) => ({ namespace, spec: JSON.parse(spec) }));
    const texts = { config, values, mesh, revision, istiodEnv, engine, nativeSidecars: native };
    return { ok: true, value: { ...texts, proxyConfigResources } };
  }
  const given = readConfigFile(source.configMap, engine);
  if (!given.ok) return given;
  const values = source.values ?? given.value.values;
  if (values === undefined) return { ok: false, message: NO_VALUES };
  const texts = { config: given.value.config, values, mesh: readMeshFile(source.mesh ?? ''), revision: '' };
  return { ok: true, value: { ...texts, engine, nativeSidecars: nativeSidecars ?? decideNative(texts) } };
}

const NO_VALUES =
  'The values are missing: give the whole ConfigMap istio-sidecar-injector, or its key "values" as well.';

function toText({ minor }: Injector['input']['release']): string {
  return `1.${minor}`;
}
