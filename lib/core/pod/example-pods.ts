import type { Container, EnvVar, Pod, PodSpec } from '@/lib/core/kube/pod-types';

/** Small pods for tests: defaults that change nothing, so that a row shows only what matters. */
export function appContainer(over: Partial<Container> = {}): Container {
  return { name: 'app', image: 'shop:1', ports: [{ containerPort: 80, protocol: 'TCP' }], ...over };
}

export function plainPod(over: { readonly metadata?: Partial<Pod['metadata']>; readonly spec?: PodSpec } = {}): Pod {
  return {
    metadata: { name: 'shop-1', namespace: 'shop', labels: { app: 'shop' }, ...over.metadata },
    spec: { containers: [appContainer()], ...over.spec },
    status: { podIP: '10.0.0.7', podIPs: [{ ip: '10.0.0.7' }] },
  };
}

export interface SidecarOptions {
  readonly proxy?: Partial<Container>;
  readonly app?: Partial<Container>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly env?: readonly EnvVar[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly mode?: string;
  /** The sidecar as a regular container. */
  readonly isClassic?: boolean;
  /** The CNI plug-in writes the rules; the pod's init container only checks them. */
  readonly hasCni?: boolean;
  readonly status?: Pod['status'];
}

/** `plainPod` as the injector of a current release returns it. */
export function sidecarPod(options: SidecarOptions = {}): Pod {
  const { isClassic = false, hasCni = false, mode = 'REDIRECT', config = {} } = options;
  const setupName = hasCni ? 'istio-validation' : 'istio-init';
  const setup: Container = {
    name: setupName,
    image: 'proxyv2:1.31.0',
    args: [
      'istio-iptables',
      '-p',
      '15001',
      '-z',
      '15006',
      '-u',
      '1337',
      '-m',
      mode,
      '-i',
      '*',
      '-x',
      '',
      '-b',
      '*',
      '-d',
      '15090,15021,15020',
    ],
  };
  const proxy: Container = {
    name: 'istio-proxy',
    image: 'proxyv2:1.31.0',
    args: [
      'proxy',
      'sidecar',
      '--domain',
      '$(POD_NAMESPACE).svc.cluster.local',
      '--proxyLogLevel=warning',
      '--proxyComponentLogLevel=misc:error',
    ],
    ports: [{ name: 'http-envoy-prom', containerPort: 15090, protocol: 'TCP' }],
    env: [
      { name: 'CA_ADDR', value: 'istiod.istio-system.svc:15012' },
      { name: 'PROXY_CONFIG', value: JSON.stringify(config) },
      { name: 'ISTIO_META_INTERCEPTION_MODE', value: mode },
      ...(options.env ?? []),
    ],
    volumeMounts: [{ name: 'istio-envoy', mountPath: '/etc/istio/proxy' }],
    securityContext: { runAsUser: 1337, runAsGroup: 1337 },
    ...(isClassic ? {} : { restartPolicy: 'Always' }),
    ...options.proxy,
  };
  const status = {
    initContainers: isClassic ? [setupName] : [setupName, 'istio-proxy'],
    containers: isClassic ? ['istio-proxy'] : null,
    volumes: ['istio-envoy'],
    imagePullSecrets: null,
    revision: 'default',
  };
  return {
    metadata: {
      name: 'shop-1',
      namespace: 'shop',
      labels: { app: 'shop', 'security.istio.io/tlsMode': 'istio', ...options.labels },
      annotations: {
        'istio.io/rev': 'default',
        'sidecar.istio.io/status': JSON.stringify(status),
        ...options.annotations,
      },
    },
    spec: {
      initContainers: isClassic ? [setup] : [setup, proxy],
      containers: [appContainer(options.app), ...(isClassic ? [proxy] : [])],
      volumes: [{ name: 'istio-envoy', emptyDir: { medium: 'Memory' } }],
    },
    status: options.status ?? { podIP: '10.0.0.7', podIPs: [{ ip: '10.0.0.7' }] },
  };
}
