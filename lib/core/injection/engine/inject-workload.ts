import { decideInjection, type InjectionDecision } from '@/lib/core/injection/decide-injection';
import type { Phrase } from '@/lib/core/phrase';
import type { InjectorContext } from './create-injector';
import { decodeOrRefuse } from './decode-or-refuse';
import { sharedFor } from './engine-context';
import { toAdmittedPod } from './inject-admission';
import { type InjectedStages, injectOne } from './inject-one';
import { InjectionFault } from './injection-refusal';
import { asKubeInjectSettings } from './injector-settings';
import { fieldOf, isObject, type JsonObject, type JsonValue, objectAt, textAt, textsOf } from './json-types';
import { listWarnings } from './list-warnings';
import { kubeInjectProxyConfig } from './mesh-config';
import { PLAIN_PROXY_IDS } from './openshift';
import { identifyPod, type WorkloadIdentity } from './workload-identity';
import type { WorkloadKind } from './workload-kinds';
import type { YamlValue } from './yaml-value';

export type WorkloadInjection =
  | {
      readonly kind: 'injected';
      readonly stages: InjectedStages;
      readonly decision: InjectionDecision;
      readonly warnings: readonly Phrase[];
      /** Lines that kube-inject writes to its error stream. */
      readonly notices: readonly string[];
    }
  | {
      readonly kind: 'skipped';
      readonly decision: InjectionDecision;
      /** The pod that was decided about. */
      readonly pod: JsonObject;
      readonly notices: readonly string[];
    };

export interface InjectedWorkload {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly injection: WorkloadInjection;
  /** The object after the typed round trip, with the pod in it injected where it is to be. */
  readonly object: JsonObject;
}

const OWN_IDENTITY_SINCE = 22;

/**
 * Injects the pod inside an object of a known kind, as kube-inject does without a cluster.
 *
 * Fails with an `InjectionFault` that holds every reason.
 * Source: Istio, pkg/kube/inject, IntoObject.
 */
export function injectWorkload(context: InjectorContext, kind: WorkloadKind, value: YamlValue): InjectedWorkload {
  const object = decodeOrRefuse(kind.struct, value, context.release);
  const named = {
    kind: kind.kind,
    name: textAt(objectAt(object, 'metadata'), 'name'),
    namespace: textAt(objectAt(object, 'metadata'), 'namespace'),
  };
  if (kind.hasOptionalTemplate && !isObject(valueAt(object, kind.spec))) throw new InjectionFault(NO_TEMPLATE);
  const pod = podIn(object, kind);
  const identity = identify(object, kind, context);
  const shape = toAdmittedPod(pod);
  const decision = decideInjection(shape, {
    policy: 'enabled',
    neverInject: [],
    alwaysInject: [],
    hasLooseSwitch: !context.release.switches.strictInjectSwitch,
  });
  if (!decision.inject) {
    const why = decision.because === 'host-network' ? 'has host networking enabled' : 'has sidecar injection disabled';
    const name = fullName(identity, textAt(objectAt(pod, 'metadata'), 'name'));
    const subject = identity.kind === '' ? `"${name}"` : `${identity.kind} "${name}"`;
    const notices = [`===> Skipping injection because ${subject} ${why}`];
    return { ...named, injection: { kind: 'skipped', decision, pod, notices }, object };
  }
  const stages = injectOne(toRequest(context, pod, identity));
  const warnings = listWarnings(stages, decision);
  const injection: WorkloadInjection = { kind: 'injected', stages, decision, warnings, notices: [] };
  return { ...named, injection, object: putPod(object, kind, stages.result) };
}

const NO_TEMPLATE = {
  code: 'template-required',
  values: { field: 'spec.template' },
  text: 'spec.template is required value',
} as const;

function toRequest(context: InjectorContext, pod: JsonObject, identity: WorkloadIdentity) {
  const settings = asKubeInjectSettings(context.settings);
  const annotations = textsOf(objectAt(pod, 'metadata').annotations);
  const proxyConfig = kubeInjectProxyConfig(context.meshConfig, annotations);
  const isOwn = proxyConfig !== context.meshConfig.defaultConfig;
  const mesh = isOwn ? { ...context.meshConfig, defaultConfig: proxyConfig } : context.meshConfig;
  return {
    pod,
    settings,
    templates: context.templates,
    mesh,
    path: '',
    injectedAnnotations: {},
    identity,
    proxyConfig,
    values: settings.values,
    shared: sharedFor(context.shared, context.meshConfig, proxyConfig, isOwn ? mesh : undefined),
    revision: context.revision === 'default' ? '' : context.revision,
    nativeSidecars: context.nativeSidecars,
    proxyIds: PLAIN_PROXY_IDS,
    compliancePolicy: context.istiodEnv?.COMPLIANCE_POLICY ?? '',
    release: context.release,
  };
}

function identify(object: JsonObject, { kind }: WorkloadKind, { release }: InjectorContext): WorkloadIdentity {
  const metadata = objectAt(object, 'metadata');
  if (kind === 'Pod' && release.minor >= OWN_IDENTITY_SINCE) return identifyPod(metadata);
  return {
    name: textAt(metadata, 'name'),
    namespace: textAt(metadata, 'namespace'),
    kind,
    apiVersion: textAt(object, 'apiVersion'),
  };
}

function fullName(identity: WorkloadIdentity, podName: string): string {
  const name = podName === '' ? identity.name : podName;
  return identity.namespace === '' ? name : `${identity.namespace}/${name}`;
}

function podIn(object: JsonObject, kind: WorkloadKind): JsonObject {
  const [metadata, spec] = [valueAt(object, kind.metadata), valueAt(object, kind.spec)];
  return { metadata: isObject(metadata) ? metadata : {}, spec: isObject(spec) ? spec : {} };
}

function putPod(object: JsonObject, kind: WorkloadKind, pod: JsonObject): JsonObject {
  return setAt(setAt(object, kind.metadata, pod.metadata ?? {}), kind.spec, pod.spec ?? {});
}

function valueAt(object: JsonValue, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((at, key) => fieldOf(at, key), object);
}

function setAt(object: JsonObject, [key, ...rest]: readonly string[], value: JsonValue): JsonObject {
  if (key === undefined) return isObject(value) ? value : object;
  return { ...object, [key]: rest.length === 0 ? value : setAt(objectAt(object, key), rest, value) };
}
