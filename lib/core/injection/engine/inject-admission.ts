import { decideInjection, type InjectionDecision, type InjectorPolicy } from '@/lib/core/injection/decide-injection';
import type { Phrase } from '@/lib/core/phrase';
import { buildJsonPatch, type JsonPatchStep } from './build-json-patch';
import type { InjectorContext } from './create-injector';
import { toReasons } from './decode-or-refuse';
import { decodeKube } from './decode-struct';
import { sharedFor } from './engine-context';
import { type InjectedStages, injectOne } from './inject-one';
import { InjectionFault, type Refusal } from './injection-refusal';
import { isObject, type JsonObject, type JsonValue, objectAt, textAt, textsOf } from './json-types';
import { listWarnings } from './list-warnings';
import { webhookProxyConfig } from './mesh-config';
import { PLAIN_PROXY_IDS, readProxyIds, unstampProxyUser } from './openshift';
import { usesHostNetwork } from './run-templates';
import { identifyPod } from './workload-identity';

/** A pod on its way into the cluster. */
export interface AdmissionInput {
  /** The pod as the API server sends it. */
  readonly pod: JsonValue;
  /** The request's namespace; it stands in where the pod has none. */
  readonly namespace?: string;
  readonly namespaceAnnotations?: Readonly<Record<string, string>>;
  /** The URL's path behind `/inject`. */
  readonly path?: string;
  /** Turns the cluster's decision for this pod, as the node that it names would. */
  readonly nativeSidecars?: boolean;
}

export type PodInjection =
  | {
      readonly kind: 'injected';
      readonly pod: JsonObject;
      /** From the pod as sent to the pod as injected. */
      readonly patch: readonly JsonPatchStep[];
      readonly stages: InjectedStages;
      readonly decision: InjectionDecision;
      readonly warnings: readonly Phrase[];
    }
  | { readonly kind: 'skipped'; readonly decision: InjectionDecision; readonly pod: JsonObject }
  | { readonly kind: 'refused'; readonly reasons: readonly [Refusal, ...Refusal[]] };

/**
 * Does with a pod what istiod's webhook does.
 *
 * Output: the pod and the patch, the decision that nothing is to be injected, or every reason of the refusal.
 * Never throws.
 * Source: Istio, pkg/kube/inject/webhook.go, inject.
 */
export function injectAdmission(context: InjectorContext, admission: AdmissionInput): PodInjection {
  const decoded = decodeKube('Pod', admission.pod, {
    dropsRestartPolicy: !context.release.switches.containerRestartPolicy,
  });
  if (!decoded.ok) return { kind: 'refused', reasons: toReasons(decoded.faults) };
  const pod = decoded.value;
  const named = withNamespace(pod, admission.namespace ?? '');
  const decision = decideInjection(toAdmittedPod(named), policyOf(context));
  if (!decision.inject) return { kind: 'skipped', decision, pod };
  try {
    const stages = injectOne(toRequest(context, admission, named));
    const result = withOwnNamespace(stages.result, pod);
    const sent = isObject(admission.pod) ? admission.pod : {};
    return {
      kind: 'injected',
      pod: result,
      patch: buildJsonPatch(pod, result, sent),
      stages,
      decision,
      warnings: listWarnings(stages, decision),
    };
  } catch (error) {
    if (error instanceof InjectionFault) return { kind: 'refused', reasons: error.refusals };
    throw error;
  }
}

/** The pod as the injector's own rules look at it. */
export function toAdmittedPod(pod: JsonObject) {
  const metadata = objectAt(pod, 'metadata');
  return {
    namespace: textAt(metadata, 'namespace'),
    hostNetwork: usesHostNetwork(objectAt(pod, 'spec')),
    labels: textsOf(metadata.labels),
    annotations: textsOf(metadata.annotations),
  };
}

function policyOf({ settings, release }: InjectorContext): InjectorPolicy {
  const { policy, neverInject, alwaysInject } = settings;
  return { policy, neverInject, alwaysInject, hasLooseSwitch: !release.switches.strictInjectSwitch };
}

function toRequest(context: InjectorContext, admission: AdmissionInput, named: JsonObject) {
  const { settings, meshConfig: mesh, release } = context;
  const env = context.istiodEnv ?? {};
  const isOpenShift = env.PLATFORM === 'openshift';
  const pod = isOpenShift && release.minor >= 24 ? unstampProxyUser(named, release) : named;
  const { namespace, labels, annotations } = toAdmittedPod(pod);
  const proxyConfig = webhookProxyConfig(mesh, { namespace, labels, annotations }, context.proxyConfigResources ?? []);
  return {
    pod,
    settings,
    templates: context.templates,
    mesh,
    path: admission.path ?? '',
    injectedAnnotations: settings.injectedAnnotations,
    identity: identifyPod(objectAt(pod, 'metadata')),
    proxyConfig,
    values: settings.values,
    shared: sharedFor(context.shared, mesh, proxyConfig),
    revision: context.revision,
    nativeSidecars: admission.nativeSidecars ?? context.nativeSidecars,
    proxyIds: isOpenShift ? readProxyIds(admission.namespaceAnnotations ?? {}) : PLAIN_PROXY_IDS,
    compliancePolicy: env.COMPLIANCE_POLICY ?? '',
    release,
  };
}

function withNamespace(pod: JsonObject, namespace: string): JsonObject {
  const metadata = objectAt(pod, 'metadata');
  return textAt(metadata, 'namespace') === '' && namespace !== ''
    ? { ...pod, metadata: { ...metadata, namespace } }
    : pod;
}

// The namespace that the injector filled in is not part of what it answers.
function withOwnNamespace(result: JsonObject, pod: JsonObject): JsonObject {
  if (textAt(objectAt(pod, 'metadata'), 'namespace') !== '') return result;
  const { namespace: _namespace, ...metadata } = objectAt(result, 'metadata');
  return { ...result, metadata };
}
