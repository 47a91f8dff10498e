import { alignInitUser } from './align-init-user';
import type { CompiledTemplates } from './compile-templates';
import { decodeKube } from './decode-struct';
import { InjectionFault } from './injection-refusal';
import type { InjectorSettings } from './injector-settings';
import { type JsonObject, objectAt, textsOf } from './json-types';
import { mergePrometheus, meshStatusPort, setSecureMetricsPort } from './merge-prometheus';
import type { MeshConfig } from './mesh-config';
import { orderContainers } from './order-containers';
import { fromDraft, type PodDraft, toDraft } from './pod-draft';
import { rewriteProbes } from './rewrite-probes';
import { type RenderedTemplate, type RenderInput, runTemplates } from './run-templates';
import { selectTemplates } from './select-templates';
import { identityEnv, setIdentityEnv, setNetworkLabel } from './sidecar-identity';
import { toStrippedPod } from './stripped-pod';
import { type ReappliedContainer, reapplyUserContainers } from './user-containers';
import { validateAnnotations } from './validate-annotations';
import { setStatusAnnotation } from './write-status';

const ALIGNS_SINCE = 24;

/** One pod and everything that its injection depends on. */
export interface PodRequest extends Omit<RenderInput, 'strippedPod'> {
  /** Metadata and spec after the typed round trip. */
  readonly pod: JsonObject;
  readonly settings: InjectorSettings;
  readonly templates: CompiledTemplates;
  /** What post-processing goes by: in the webhook without the pod's own annotation. */
  readonly mesh: MeshConfig;
  /** The path behind `/inject`. */
  readonly path: string;
  /** Set last, by the webhook alone. */
  readonly injectedAnnotations: Readonly<Record<string, string>>;
}

/** A pod as each stage left it. */
export interface InjectedStages {
  readonly request: PodRequest;
  readonly original: JsonObject;
  readonly rendered: readonly RenderedTemplate[];
  readonly templatePod: JsonObject;
  /** After the templates. */
  readonly merged: JsonObject;
  readonly reapplied: readonly ReappliedContainer[];
  /** After the user's containers. */
  readonly overridden: JsonObject;
  /** After each step of post-processing that changed something. */
  readonly steps: readonly PostStep[];
  readonly result: JsonObject;
}

export type PostStepName =
  | 'init-user'
  | 'identity'
  | 'prometheus-merge'
  | 'secure-metrics'
  | 'probe-rewrite'
  | 'network-label'
  | 'status'
  | 'container-order'
  | 'injected-annotations';

export interface PostStep {
  readonly step: PostStepName;
  readonly pod: JsonObject;
}

/**
 * Injects one pod: checks, templates, the user's containers, post-processing.
 *
 * Fails with an `InjectionFault` that holds every reason.
 * Source: Istio, pkg/kube/inject, injectPod.
 */
export function injectOne(request: PodRequest): InjectedStages {
  const { pod, release, settings } = request;
  const annotations = textsOf(objectAt(pod, 'metadata').annotations);
  const [first, ...rest] = validateAnnotations(annotations, release);
  if (first !== undefined) throw new InjectionFault(first, ...rest);
  const strippedPod = toStrippedPod(pod, meshStatusPort(request.mesh));
  if (settings.hasNoValues) throw new InjectionFault(NO_VALUES);
  const uses = selectTemplates(settings, annotations);
  const { merged, templatePod, rendered } = runTemplates(pod, uses, request.templates, { ...request, strippedPod });
  const { pod: overridden, reapplied } = reapplyUserContainers(pod, templatePod, merged, release);
  const steps = postProcess(overridden, templatePod, request);
  const result = finish(steps.at(-1)?.pod ?? overridden);
  return { request, original: pod, rendered, templatePod, merged, reapplied, overridden, steps, result };
}

const NO_VALUES = {
  code: 'values-empty',
  values: {},
  text: 'failed to run injection template: failed to parse values.yaml; check Istiod logs for errors',
} as const;

function postProcess(pod: JsonObject, templatePod: JsonObject, request: PodRequest): readonly PostStep[] {
  const { mesh, values, release, pod: original } = request;
  const env = identityEnv(values, request.path, textsOf(objectAt(original, 'metadata').labels));
  const draft = toDraft(pod);
  const statusPort = Number(meshStatusPort(mesh));
  const work: readonly (readonly [PostStepName, (draft: PodDraft) => void])[] = [
    ['init-user', () => release.minor >= ALIGNS_SINCE && alignInitUser(draft, original, request.proxyConfig)],
    ['identity', () => setIdentityEnv(draft, env)],
    ['prometheus-merge', () => mergePrometheus(draft, mesh, release)],
    ['secure-metrics', () => setSecureMetricsPort(draft, release)],
    ['probe-rewrite', () => rewriteProbes(draft, values, statusPort, release)],
    ['network-label', () => setNetworkLabel(draft, env)],
    ['status', () => setStatusAnnotation(draft, templatePod, request.revision, release)],
    ['container-order', () => orderContainers(draft, mesh, values)],
    ['injected-annotations', () => Object.assign(draft.annotations, request.injectedAnnotations)],
  ];
  return work.map(([step, run]) => {
    run(draft);
    return { step, pod: snapshot(draft) };
  });
}

function snapshot(draft: PodDraft): JsonObject {
  return fromDraft({ ...draft, labels: { ...draft.labels }, annotations: { ...draft.annotations } });
}

function finish(pod: JsonObject): JsonObject {
  const decoded = decodeKube('Pod', pod);
  if (decoded.ok) return decoded.value;
  throw new Error(`post-processing made no pod: ${decoded.faults[0].text}`);
}
