import { dump } from 'js-yaml';
import { CLASSIC_TEMPLATES, PRESENT_TEMPLATES } from '@/demo/scenarios/templates/injection-templates';
import type { NewObject } from '@/demo/server/object-types';
import { configMap } from './build-objects';
import { type ControlPlane, isClassic, istiodName, revisionOf } from './control-plane';
import { injectorValues } from './injector-values';

function labels(plane: ControlPlane) {
  return {
    'install.operator.istio.io/owning-resource': 'unknown',
    'istio.io/rev': revisionOf(plane),
    'operator.istio.io/component': 'Pilot',
    release: 'istio',
  };
}

export function meshConfigName(plane: ControlPlane): string {
  return suffixed('istio', plane);
}

export function injectorConfigName(plane: ControlPlane): string {
  return suffixed('istio-sidecar-injector', plane);
}

function suffixed(name: string, { suffix }: ControlPlane): string {
  return suffix === '' ? name : `${name}-${suffix}`;
}

/** Mesh-wide settings, as istiod reads them. */
export function meshConfigMap(plane: ControlPlane): NewObject {
  const mesh = dump({
    defaultConfig: { discoveryAddress: `${istiodName(plane)}.istio-system.svc:15012` },
    defaultProviders: { metrics: ['prometheus'] },
    enablePrometheusMerge: true,
    rootNamespace: 'istio-system',
    trustDomain: 'cluster.local',
  });
  return configMap(meshConfigName(plane), 'istio-system', { mesh, meshNetworks: 'networks: {}\n' }, labels(plane));
}

// Releases before 1.9 knew one template only; this one tells them, if they ever read it, that it is not theirs.
const GUARD = '{{ this_config_needs_istio_1_9_or_later }}\n';

/** The injector's own settings: policy and templates as YAML, the values they use as JSON. */
export function injectorConfigMap(plane: ControlPlane): NewObject {
  const config = dump(
    {
      policy: 'enabled',
      alwaysInjectSelector: [],
      neverInjectSelector: [],
      injectedAnnotations: {},
      template: GUARD,
      defaultTemplates: ['sidecar'],
      aliases: {},
      templates: isClassic(plane) ? CLASSIC_TEMPLATES : PRESENT_TEMPLATES,
    },
    { lineWidth: -1 },
  );
  const values = JSON.stringify(injectorValues(plane), null, 2);
  return configMap(injectorConfigName(plane), 'istio-system', { config, values }, labels(plane));
}
