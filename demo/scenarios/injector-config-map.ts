import { dump } from 'js-yaml';
import type { NewObject } from '@/demo/server/object-types';
import { PROXY_DEFAULTS } from '@/demo/webhook/injector-config';
import { configMap } from './build-objects';
import { type ControlPlane, istiodName, revisionOf } from './control-plane';
import { GATEWAY_TEMPLATE, SIDECAR_TEMPLATE } from './injection-templates.data';

function labels(plane: ControlPlane) {
  return {
    'install.operator.istio.io/owning-resource': 'unknown',
    'istio.io/rev': revisionOf(plane),
    'operator.istio.io/component': 'Pilot',
    release: 'istio',
  };
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
    trustDomain: PROXY_DEFAULTS.trustDomain,
  });
  return configMap(suffixed('istio', plane), 'istio-system', { mesh, meshNetworks: 'networks: {}\n' }, labels(plane));
}

/** The injector's own settings: policy and templates as YAML, the values they use as JSON. */
export function injectorConfigMap(plane: ControlPlane): NewObject {
  const config = dump({
    policy: 'enabled',
    alwaysInjectSelector: [],
    neverInjectSelector: [],
    injectedAnnotations: {},
    defaultTemplates: ['sidecar'],
    templates: { sidecar: SIDECAR_TEMPLATE, gateway: GATEWAY_TEMPLATE },
  });
  const values = JSON.stringify(injectorValues(plane), null, 2);
  return configMap(suffixed('istio-sidecar-injector', plane), 'istio-system', { config, values }, labels(plane));
}

function injectorValues(plane: ControlPlane) {
  return {
    gateways: { seccompProfile: {}, securityContext: {} },
    global: {
      caAddress: '',
      hub: 'docker.io/istio',
      imagePullPolicy: '',
      imagePullSecrets: [],
      istioNamespace: 'istio-system',
      logAsJson: false,
      logging: { level: PROXY_DEFAULTS.agentLogLevel },
      meshID: '',
      mountMtlsCerts: false,
      multiCluster: { clusterName: PROXY_DEFAULTS.clusterId },
      network: '',
      pilotCertProvider: 'istiod',
      proxy: {
        autoInject: 'enabled',
        clusterDomain: PROXY_DEFAULTS.clusterDomain,
        componentLogLevel: PROXY_DEFAULTS.componentLogLevel,
        excludeIPRanges: '',
        excludeInboundPorts: '',
        excludeOutboundPorts: '',
        image: 'proxyv2',
        includeIPRanges: PROXY_DEFAULTS.includeOutboundIPRanges,
        includeInboundPorts: PROXY_DEFAULTS.includeInboundPorts,
        includeOutboundPorts: '',
        logLevel: PROXY_DEFAULTS.logLevel,
        outlierLogPath: '',
        privileged: false,
        readinessFailureThreshold: 4,
        readinessInitialDelaySeconds: 0,
        readinessPeriodSeconds: 15,
        resources: PROXY_DEFAULTS.resources,
        startupProbe: { enabled: true, failureThreshold: 600 },
        statusPort: Number(PROXY_DEFAULTS.statusPort),
        tracer: 'none',
      },
      proxy_init: { forceApplyIptables: false, image: 'proxyv2' },
      sds: { token: { aud: PROXY_DEFAULTS.tokenAudience } },
      sts: { servicePort: 0 },
      tag: plane.version,
      variant: '',
    },
    pilot: { cni: { enabled: false, provider: 'default' }, env: {} },
    revision: plane.suffix,
    sidecarInjectorWebhook: {
      alwaysInjectSelector: [],
      defaultTemplates: [],
      enableNamespacesByDefault: false,
      injectedAnnotations: {},
      neverInjectSelector: [],
      reinvocationPolicy: 'Never',
      rewriteAppHTTPProbe: true,
      templates: {},
    },
  };
}
