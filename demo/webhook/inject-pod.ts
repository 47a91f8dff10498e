import { decideInjection } from '@/lib/core/injection/decide-injection';
import { ANNOTATIONS } from './annotation-names';
import { checkAnnotations } from './check-annotations';
import { renderClassicSidecar } from './classic-template';
import { renderGateway } from './gateway-template';
import type { InjectorConfig } from './injector-config';
import { type JsonObject, objectAt, objectsAt, textAt, textMapAt } from './json-object';
import { mergePrometheus } from './merge-prometheus';
import { overlayContainer } from './overlay-container';
import { type ProxySettings, readProxySettings } from './proxy-settings';
import { rewriteProbes } from './rewrite-probes';
import { renderSidecar } from './sidecar-template';
import type { TemplateResult } from './template-result';

/** What the injector answers about a pod. */
export type InjectionAnswer =
  | { readonly kind: 'injected'; readonly pod: JsonObject }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'refused'; readonly message: string };

const TEMPLATES: Readonly<Record<string, (pod: JsonObject, settings: ProxySettings) => TemplateResult>> = {
  sidecar: (pod, settings) =>
    settings.config.form === 'native' ? renderSidecar(pod, settings) : renderClassicSidecar(pod, settings),
  gateway: renderGateway,
};

/** Decides about a pod as istiod does and, if it is to be injected, returns it with its sidecar. The given pod stays as it is. */
export function injectPod(pod: JsonObject, namespace: string, config: InjectorConfig): InjectionAnswer {
  const metadata = objectAt(pod, 'metadata');
  const labels = textMapAt(metadata, 'labels');
  const annotations = textMapAt(metadata, 'annotations');
  const hostNetwork = objectAt(pod, 'spec').hostNetwork === true;
  if (!decideInjection({ namespace, hostNetwork, labels, annotations }).inject) return { kind: 'skipped' };

  // A second webhook that matches the same pod finds the work done; istiod's own merge comes to the same pod.
  if (hasInjectedContainers(pod, annotations)) return { kind: 'skipped' };

  const fault = checkAnnotations(annotations);
  if (fault !== undefined) return { kind: 'refused', message: `failed to run injection template: ${fault}` };
  const name = annotations[ANNOTATIONS.templates] ?? 'sidecar';
  const template = TEMPLATES[name];
  if (template === undefined) {
    const have = Object.keys(TEMPLATES).sort().join(', ');
    const message = `failed to run injection template: requested template "${name}" not found; have ${have}`;
    return { kind: 'refused', message };
  }
  const settings = readProxySettings(pod, namespace, config);
  return { kind: 'injected', pod: assemble(pod, settings, template(pod, settings)) };
}

function hasInjectedContainers(pod: JsonObject, annotations: Readonly<Record<string, string>>): boolean {
  if (annotations['sidecar.istio.io/status'] === undefined) return false;
  const spec = objectAt(pod, 'spec');
  const containers = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')];
  return containers.some((container) => textAt(container, 'name') === 'istio-proxy' && container.image !== 'auto');
}

function assemble(pod: JsonObject, settings: ProxySettings, added: TemplateResult): JsonObject {
  const metadata = objectAt(pod, 'metadata');
  const placed = placeContainers(objectAt(pod, 'spec'), added, settings.isNative);
  const metrics = mergePrometheus({ ...settings.annotations, ...added.annotations });
  const isRewriting = settings.annotations[ANNOTATIONS.rewriteProbes] !== 'false';
  const probes = isRewriting ? rewriteProbes(placed.spec, settings.annotations) : undefined;
  const extra = [
    ...(metrics.env === undefined ? [] : [{ name: 'ISTIO_PROMETHEUS_ANNOTATIONS', value: metrics.env }]),
    ...(probes?.probers === undefined ? [] : [{ name: 'ISTIO_KUBE_APP_PROBERS', value: probes.probers }]),
  ];
  const withEnv = (container: JsonObject) =>
    textAt(container, 'name') === 'istio-proxy'
      ? { ...container, env: [...objectsAt(container, 'env'), ...extra] }
      : container;
  const initContainers = (probes?.initContainers ?? objectsAt(placed.spec, 'initContainers')).map(withEnv);
  const spec: JsonObject = {
    ...placed.spec,
    ...(initContainers.length > 0 ? { initContainers } : {}),
    containers: (probes?.containers ?? objectsAt(placed.spec, 'containers')).map(withEnv),
  };
  const status = { 'sidecar.istio.io/status': statusText(added, settings.config.revision) };
  return {
    ...pod,
    metadata: {
      ...metadata,
      labels: { ...settings.labels, ...added.labels },
      annotations: { ...metrics.annotations, ...placed.annotations, ...status },
    },
    spec,
  };
}

interface Placed {
  readonly spec: JsonObject;
  readonly annotations: Record<string, string>;
}

/** Puts the template's parts into the pod: what the pod's author wrote under the same name wins. */
function placeContainers(spec: JsonObject, added: TemplateResult, isNative: boolean): Placed {
  const own = objectsAt(spec, 'containers');
  const ownProxy = own.find((container) => textAt(container, 'name') === 'istio-proxy');
  const apps = own.filter((container) => container !== ownProxy);
  const ownInits = objectsAt(spec, 'initContainers');
  const overlay = (container: JsonObject) =>
    ownProxy !== undefined && textAt(container, 'name') === 'istio-proxy'
      ? overlayContainer(container, ownProxy)
      : container;
  const addedInits = added.initContainers.map(overlay);
  const inits = isNative ? [...addedInits, ...ownInits] : [...ownInits, ...addedInits];
  const names = new Set(added.volumes.map((volume) => textAt(volume, 'name')));
  const ownVolumes = objectsAt(spec, 'volumes').filter((volume) => !names.has(textAt(volume, 'name')));
  const security = { ...added.podSecurityContext, ...objectAt(spec, 'securityContext') };
  return {
    spec: {
      ...spec,
      volumes: [...added.volumes, ...ownVolumes],
      ...(inits.length > 0 ? { initContainers: inits } : {}),
      containers: [...apps, ...added.containers.map(overlay)],
      ...(Object.keys(security).length > 0 || spec.securityContext !== undefined ? { securityContext: security } : {}),
    },
    annotations: ownProxy === undefined ? {} : { 'proxy.istio.io/overrides': overridesText(ownProxy, added) },
  };
}

// `auto` stands for "the template's image" and is no override.
function overridesText(ownProxy: JsonObject, added: TemplateResult): string {
  const { image, resources, ...rest } = ownProxy;
  const { name, ...others } = rest;
  const override = { name, ...(image === 'auto' ? {} : { image }), resources: resources ?? {}, ...others };
  const list = added.containers.some((container) => textAt(container, 'name') === 'istio-proxy')
    ? 'containers'
    : 'initContainers';
  return JSON.stringify({ [list]: [override] });
}

function statusText(added: TemplateResult, revision: string): string {
  const names = (list: readonly JsonObject[]) =>
    list.length === 0 ? null : list.map((entry) => textAt(entry, 'name'));
  return JSON.stringify({
    initContainers: names(added.initContainers),
    containers: names(added.containers),
    volumes: names(added.volumes),
    imagePullSecrets: null,
    ...(added.isRevisionNamed ? { revision } : {}),
  });
}
