import { type ControlPlane, HUB, isClassic } from './control-plane';

/** The values that the injector's templates use, in the shape of the plane's release. */
export function injectorValues(plane: ControlPlane) {
  const { suffix, version } = plane;
  const sidecarInjectorWebhook = {
    enableNamespacesByDefault: false,
    injectedAnnotations: {},
    rewriteAppHTTPProbe: true,
    templates: {},
  };
  const shared = {
    caAddress: '',
    hub: HUB,
    imagePullPolicy: '',
    imagePullSecrets: [],
    istioNamespace: 'istio-system',
    logAsJson: false,
    logging: { level: 'default:info' },
    meshID: '',
    multiCluster: { clusterName: 'Kubernetes' },
    network: '',
    pilotCertProvider: 'istiod',
    sds: { token: { aud: 'istio-ca' } },
    tag: version,
  };
  if (isClassic(plane)) {
    return {
      global: { ...shared, jwtPolicy: 'third-party-jwt', proxy: CLASSIC_PROXY, proxy_init: { image: 'proxyv2' } },
      istio_cni: { enabled: false },
      revision: suffix,
      sidecarInjectorWebhook,
    };
  }
  return {
    gateways: { seccompProfile: {}, securityContext: {} },
    global: {
      ...shared,
      proxy: PRESENT_PROXY,
      proxy_init: { forceApplyIptables: false, image: 'proxyv2' },
      variant: '',
    },
    pilot: { cni: { enabled: false, provider: 'default' }, env: {} },
    revision: suffix,
    sidecarInjectorWebhook,
  };
}

const PROXY = {
  autoInject: 'enabled',
  clusterDomain: 'cluster.local',
  componentLogLevel: 'misc:error',
  excludeIPRanges: '',
  excludeInboundPorts: '',
  excludeOutboundPorts: '',
  image: 'proxyv2',
  includeIPRanges: '*',
  includeInboundPorts: '*',
  includeOutboundPorts: '',
  logLevel: 'warning',
  privileged: false,
  resources: { limits: { cpu: '2000m', memory: '1024Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
  statusPort: 15_020,
};

const CLASSIC_PROXY = {
  ...PROXY,
  readinessFailureThreshold: 30,
  readinessInitialDelaySeconds: 1,
  readinessPeriodSeconds: 2,
};

const PRESENT_PROXY = {
  ...PROXY,
  outlierLogPath: '',
  readinessFailureThreshold: 4,
  readinessInitialDelaySeconds: 0,
  readinessPeriodSeconds: 15,
  startupProbe: { enabled: true, failureThreshold: 600 },
  tracer: 'none',
};
