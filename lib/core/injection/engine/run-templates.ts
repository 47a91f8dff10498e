import { sidecarData } from '@/lib/core/gotemplate/schema/template-data';
import { TemplateError } from '@/lib/core/gotemplate/template-error';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { CompiledTemplates } from './compile-templates';
import { estimateConcurrency } from './estimate-concurrency';
import { InjectionFault } from './injection-refusal';
import { fieldOf, isObject, type JsonObject, objectAt, objectsAt, textAt, textsOf } from './json-types';
import { parsePlainYaml } from './kube-yaml';
import type { ProxyConfig } from './mesh-config';
import { isNativeFor } from './native-sidecars';
import type { ProxyIds } from './openshift';
import { overlay } from './overlay';
import { toProxyImages } from './proxy-image';
import type { Release } from './release';
import type { TemplateUse } from './select-templates';
import type { WorkloadIdentity } from './workload-identity';

/** What does not change from pod to pod, decoded once. */
export interface SharedData {
  readonly values: Value;
  readonly meshConfig: Value | JsonObject;
  readonly proxyConfig: Value | ProxyConfig;
}

export interface RenderInput {
  readonly strippedPod: JsonObject;
  readonly identity: WorkloadIdentity;
  readonly proxyConfig: ProxyConfig;
  readonly mesh: JsonObject;
  readonly values: JsonObject;
  readonly shared: SharedData;
  readonly revision: string;
  readonly nativeSidecars: boolean;
  readonly proxyIds: ProxyIds;
  readonly compliancePolicy: string;
  readonly release: Release;
}

/** What one template added, as its rendered text says. */
export interface RenderedTemplate extends TemplateUse {
  readonly text: string;
  readonly patch: JsonObject;
}

export interface RenderResult {
  readonly merged: JsonObject;
  readonly templatePod: JsonObject;
  readonly rendered: readonly RenderedTemplate[];
}

const RUN = 'failed to run injection template: ';
const OVER_TEMPLATE = `${RUN}failed applying injection overlay: `;
const OVER_POD = `${RUN}failed parsing generated injected YAML (check Istio sidecar injector configuration): `;
const NATIVE_SINCE = 19;

/** The object that templates are rendered over. */
function toTemplateData(input: RenderInput): Value {
  const { strippedPod, identity, proxyConfig, values, release, shared } = input;
  const annotations = textsOf(objectAt(strippedPod, 'metadata').annotations);
  const images = toProxyImages(values, proxyConfig, annotations, release);
  const policy = textAt(objectAt(input.mesh, 'inboundTrafficPolicy'), 'mode');
  return sidecarData(
    {
      typeMeta: { apiVersion: identity.apiVersion, kind: identity.kind },
      deploymentMeta: { name: identity.name, namespace: identity.namespace },
      objectMeta: objectAt(strippedPod, 'metadata'),
      spec: objectAt(strippedPod, 'spec'),
      proxyConfig: shared.proxyConfig,
      meshConfig: shared.meshConfig,
      values: shared.values,
      revision: input.revision,
      nativeSidecars: input.nativeSidecars,
      proxyImage: images.proxy,
      proxyInitImage: images.init,
      proxyUID: input.proxyIds.uid,
      proxyGID: input.proxyIds.gid,
      inboundTrafficPolicyMode: policy === 'LOCALHOST' ? 'localhost' : 'passthrough',
      compliancePolicy: input.compliancePolicy,
      estimatedConcurrency: estimateConcurrency(proxyConfig, annotations, values),
    },
    { minor: release.minor },
  );
}

/**
 * Renders the chosen templates in order and lays each over the pod.
 *
 * Source: Istio, pkg/kube/inject, RunTemplate.
 */
export function runTemplates(
  pod: JsonObject,
  uses: readonly TemplateUse[],
  templates: CompiledTemplates,
  input: RenderInput,
): RenderResult {
  const data = toTemplateData(input);
  const rendered: RenderedTemplate[] = [];
  let templatePod: JsonObject = { metadata: {}, spec: { containers: null } };
  let merged = pod;
  for (const use of uses) {
    const text = execute(use, templates, data);
    const patch = parsePatch(use, text);
    templatePod = overlay(templatePod, patch, input.release, OVER_TEMPLATE);
    if (input.release.minor >= NATIVE_SINCE) merged = moveNativeSidecar(merged, templatePod, input.nativeSidecars);
    merged = overlay(merged, patch, input.release, OVER_POD);
    rendered.push({ ...use, text, patch });
  }
  return { merged, templatePod, rendered };
}

function execute({ name }: TemplateUse, templates: CompiledTemplates, data: Value): string {
  try {
    return templates.get(name)?.execute(data) ?? '';
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new InjectionFault({
      code: 'template-failed',
      values: { template: name, line: error.line ?? 0, column: error.column ?? 0, detail: error.message },
      text: `${RUN}${error.message}`,
      ...((error.class === 'step-limit' || error.class === 'output-limit') && { isLimit: true }),
    });
  }
}

function parsePatch({ name }: TemplateUse, text: string): JsonObject {
  const parsed = parsePlainYaml(text);
  if (parsed.ok && isObject(parsed.value)) return parsed.value;
  if (parsed.ok && parsed.value === null) return {};
  const detail = parsed.ok
    ? 'json: cannot unmarshal into Go value of type map[string]interface {}'
    : parsed.fault.message;
  throw new InjectionFault({
    code: 'template-yaml',
    values: { template: name, line: parsed.ok ? 1 : (parsed.fault.line ?? 1), detail },
    // The real program does not say where; `detail` does.
    text: `${OVER_TEMPLATE}strategic merge: invalid JSON document`,
  });
}

// A user's own istio-proxy stands among the containers, the native one of the template does not.
function moveNativeSidecar(merged: JsonObject, templatePod: JsonObject, ofCluster: boolean): JsonObject {
  if (!isNativeFor(textsOf(objectAt(merged, 'metadata').annotations), ofCluster)) return merged;
  const isSidecar = (container: JsonObject) => textAt(container, 'name') === PROXY_CONTAINER;
  const spec = objectAt(merged, 'spec');
  const containers = objectsAt(spec, 'containers');
  const own = containers.find(isSidecar);
  if (own === undefined || !objectsAt(objectAt(templatePod, 'spec'), 'initContainers').some(isSidecar)) return merged;
  const initContainers = [...objectsAt(spec, 'initContainers'), own];
  return { ...merged, spec: { ...spec, containers: containers.filter((each) => each !== own), initContainers } };
}

/** Whether a pod spec uses the node's network. */
export function usesHostNetwork(spec: JsonObject): boolean {
  return fieldOf(spec, 'hostNetwork') === true;
}
