/** Values of one annotation: those that a user may write, and those that the injector refuses or stumbles over. */
export interface AnnotationValues {
  readonly name: string;
  readonly good: readonly string[];
  readonly wrong: readonly string[];
}

const values = (name: string, good: readonly string[], wrong: readonly string[] = []): AnnotationValues => ({
  name,
  good,
  wrong,
});

const PORTS = ['80', '80,8080', ' 80 , 443 ', '15020', '0', '', '65535', '8080,15020,9090'];
const WRONG_PORTS = ['65536', '80,', 'http', '-1', '80;81', '1.5', '*,80'];
const PREFIXES = ['10.0.0.0/8', '10.1.0.0/16,192.168.0.0/24', '', '2001:db8::/32', '127.0.0.1/32', '0.0.0.0/0'];
const WRONG_PREFIXES = [
  '10.0.0.0',
  '10.0.0.0/33',
  'a/8',
  ' 10.0.0.0/8',
  '10.0.0.0/8,',
  '10.0.0/8',
  '::1',
  '1.2.3.4/08',
];
const COUNTS = ['0', '1', '30', '4294967295'];
const WRONG_COUNTS = ['-1', '4294967296', ' 1', '1s', '', '1.0'];
const QUANTITIES = ['100m', '0.5', '2', '128Mi', '1.5Gi', '1e3', '2000m', '1Gi', '0', '500Mi', '1.234', '1024Mi'];
const WRONG_QUANTITIES = ['', 'many', '1 Gi', '1gb', '10Mib', '--1', '1\n2', '0x10', '.'];
const INTERFACES = ['eth1', 'eth1,eth2', 'net1', ' a.b-c_d , x1 ', ''];
const WRONG_INTERFACES = ['1eth', 'eth1,', 'a-name-that-is-too-long', 'eth 1', 'eth/0', ','];
const FLAGS = ['true', 'false', 'T', '0', '1'];
const WRONG_FLAGS = ['yes', '', 'TrUe', ' true'];
const LEVELS = ['debug', 'warning', 'default:info', 'misc:error,rbac:debug'];

const sidecar = (name: string, good: readonly string[], wrong?: readonly string[]) =>
  values(`sidecar.istio.io/${name}`, good, wrong);
const traffic = (name: string, good: readonly string[], wrong?: readonly string[]) =>
  values(`traffic.sidecar.istio.io/${name}`, good, wrong);
const readiness = (name: string) => values(`readiness.status.sidecar.istio.io/${name}`, COUNTS, WRONG_COUNTS);

const CONFIGS = [
  'concurrency: 0',
  'concurrency: 2\nholdApplicationUntilProxyStarts: true',
  '{"holdApplicationUntilProxyStarts": true}',
  'holdApplicationUntilProxyStarts: false',
  'interceptionMode: TPROXY',
  'interceptionMode: NONE',
  'interceptionMode: REDIRECT',
  'drainDuration: 23s\nterminationDrainDuration: 61s',
  'terminationDrainDuration: 1.5s',
  'proxyMetadata:\n  A_FIRST: "1"\n  ISTIO_META_DNS_CAPTURE: "true"\n  ENVOY_SECURE_MERGED_METRICS_PORT: "15091"',
  'proxyMetadata:\n  IPTABLES_TRACE_LOGGING: "true"\n  EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true"',
  'tracing:\n  zipkin:\n    address: zipkin.tracing:9411\n  sampling: 12.5',
  'tracing: {}',
  'tracing:\n  datadog:\n    address: $(HOST_IP):8126\n  customTags:\n    b: {literal: {value: "2"}}\n    a: {header: {name: x, defaultValue: y}}',
  'tracing:\n  lightstep:\n    address: ls:443\n    accessToken: secret\n  tlsSettings:\n    mode: SIMPLE\n    caCertificates: /etc/certs/ca.pem',
  'tracing:\n  tlsSettings:\n    mode: MUTUAL\n    clientCertificate: /c\n    privateKey: /k\n    caCertificates: /etc/lightstep/ca.pem\n    subjectAltNames: [a, b]',
  'statusPort: 15099',
  'proxyAdminPort: 15011\nstatNameLength: 300',
  'image:\n  imageType: distroless',
  'image: {}',
  'discoveryAddress: istiod.elsewhere.svc:15012',
  'configPath: /etc/other\nbinaryPath: /bin/other',
  'serviceCluster: mine',
  'tracingServiceName: CANONICAL_NAME_ONLY',
  'statsdUdpAddress: 10.0.0.1:9125',
  'envoyMetricsService:\n  address: metrics.svc:15000\n  tcpKeepalive: {probes: 3, time: 10s, interval: 10s}',
  'envoyAccessLogService: {address: "als.svc:15000"}',
  'extraStatTags: [a, b]\nproxyStatsMatcher:\n  inclusionPrefixes: [cluster.]\n  inclusionRegexps: [".*upstream.*"]',
  'readinessProbe:\n  httpGet: {path: /ready, port: 8080}\n  initialDelaySeconds: 3',
  'caCertificatesPem: ["pem"]\nmeshId: m',
  'privateKeyProvider:\n  cryptomb: {pollDelay: 10ms}',
  'proxyHeaders:\n  forwardedClientCert: SANITIZE\n  server: {disabled: true}',
  'zipkinAddress: zipkin.other:9411',
  'controlPlaneAuthPolicy: NONE',
  'runtimeValues: {"a.b": "1"}\ngatewayTopology: {numTrustedProxies: 2}',
  'sds: {enabled: true}\nunknownField: 1',
  'proxy_metadata: {SNAKE: "case"}\nstatus_port: 15099',
  'concurrency: null',
  '',
  '{}',
];
const WRONG_CONFIGS = [
  'statusPort: 0',
  'statusPort: 70000',
  'statusPort: "x"',
  'concurrency: many',
  'concurrency: -1',
  'interceptionMode: MAYBE',
  'interceptionMode: 7',
  'drainDuration: 1',
  'drainDuration: 0s',
  'drainDuration: 1500ms',
  'drainDuration: 1.5s',
  'drainDuration: soon',
  'discoveryAddress: nowhere',
  'discoveryAddress: "istiod:0"',
  'discoveryAddress: "a_b:15012"',
  'discoveryAddress: "1.2.3:15012"',
  'configPath: ""',
  'binaryPath: ""',
  'serviceCluster: ""',
  'proxyAdminPort: 0',
  'statsdUdpAddress: x',
  'envoyMetricsService: {address: "no port"}',
  'envoyAccessLogService: {address: ":"}',
  'tracing: {zipkin: {address: "z"}}',
  'tracing: {datadog: {address: ""}}',
  'tracing: {lightstep: {address: "ls:443"}}',
  'tracing: {tlsSettings: {mode: MUTUAL}}',
  'privateKeyProvider: {cryptomb: {pollDelay: 0s}}',
  'privateKeyProvider: {}',
  'proxyMetadata: [a]',
  'proxyMetadata: {A: 1}',
  'controlPlaneAuthPolicy: SOMETIMES',
  'tracing:\n - a',
  'a: b: c',
  '- list',
  'just text',
  '{"concurrency": 1',
  'holdApplicationUntilProxyStarts: "true"',
  'holdApplicationUntilProxyStarts: perhaps',
  'extraStatTags: a',
  'statNameLength: 1.5',
  'interceptionMode: {a: 1}',
  'tracing: text',
  'tracing: {sampling: high}',
  'tracing: {tlsSettings: {mode: {}}}',
  'runtimeValues: 7',
  'proxyMetadata: {A: {}}',
  'image: [x]',
  'statusPort: [1]',
  'readinessProbe: {httpGet: {port: x}}',
  'terminationDrainDuration: 5',
  'terminationDrainDuration: {}',
  'connectionSettings: {}',
];

// A status whose lists are none is left out: istiod breaks off the connection over it, which no engine should copy.
const STATUS =
  '{"initContainers":["istio-init"],"containers":["istio-proxy"],"volumes":["istio-envoy","istio-data"],"imagePullSecrets":null,"revision":"default"}';

const OVERRIDES = [
  '{"containers":[{"name":"istio-proxy","image":"custom:1","resources":{"requests":{"cpu":"1"}}}]}',
  '{"initContainers":[{"name":"istio-init","resources":{},"args":["a"]}]}',
  '{"containers":[{"name":"app","env":[{"name":"A","value":"<b>"}],"resources":{}}]}',
  '{}',
];

/** Annotations that the injector or its stock templates read, and some that it must leave alone. */
export const ANNOTATIONS: readonly AnnotationValues[] = [
  values(
    'inject.istio.io/templates',
    [
      'sidecar',
      'gateway',
      'grpc-agent',
      'grpc-simple',
      'sidecar, grpc-agent',
      'sidecar,sidecar',
      'gateway,grpc-simple',
    ],
    ['nope', '', 'sidecar,,', 'sidecar,nope', 'Sidecar'],
  ),
  sidecar('inject', ['true', 'true', 'true', 'true', 'false', '', 'yes', 'TRUE']),
  sidecar('status', [STATUS, '{"containers":["app"]}', '{}'], ['broken', '[]', '']),
  values('proxy.istio.io/overrides', OVERRIDES, ['broken', '[]', '{"containers":{}}', '']),
  values('proxy.istio.io/config', CONFIGS, WRONG_CONFIGS),
  values('proxy.istio.io/config', CONFIGS, WRONG_CONFIGS),
  sidecar('proxyImage', ['docker.io/me/proxy:1', 'proxyv2', '', 'a/b<c>'], ['a/b\nc: d', 'a/b"c']),
  sidecar('proxyImageType', ['distroless', 'debug', 'default', '']),
  ...['proxyCPU', 'proxyMemory', 'proxyCPULimit', 'proxyMemoryLimit'].map((name) =>
    sidecar(name, QUANTITIES, WRONG_QUANTITIES),
  ),
  sidecar('logLevel', LEVELS, ['', 'a: b', 'x\ny']),
  sidecar('componentLogLevel', LEVELS, ['', '"', "'"]),
  sidecar('agentLogLevel', LEVELS, ['', '{a}', '#']),
  sidecar('bootstrapOverride', ['my-config', '12', ''], ['[', 'yes']),
  sidecar(
    'userVolume',
    ['{"my-v":{"emptyDir":{}}}', '{"b":{"secret":{"secretName":"s"}},"a":{"configMap":{"name":"c","items":[]}}}', '{}'],
    ['broken', '[{"name":"x"}]', '{"v":{"name":"other"}}', ''],
  ),
  sidecar(
    'userVolumeMount',
    [
      '{"my-v":{"mountPath":"/mnt/v","readOnly":true}}',
      '{"a":{"mountPath":"/a"},"b":{"mountPath":"/b","subPath":"<s>"}}',
    ],
    ['broken', '{"v":{}}', '', '{"v":{"mountPath":1}}'],
  ),
  sidecar('interceptionMode', ['REDIRECT', 'TPROXY', 'NONE'], ['redirect', '', 'MAYBE', 'TPROXY ']),
  sidecar('nativeSidecar', ['true', 'false', ''], ['no', 'True']),
  sidecar('rewriteAppHTTPProbers', FLAGS, WRONG_FLAGS),
  sidecar('enableCoreDump', FLAGS, WRONG_FLAGS),
  sidecar('statsInclusionPrefixes', ['cluster.a,cluster.b']),
  sidecar('extraStatTags', ['one,two']),
  sidecar('discoveryAddress', ['istiod.elsewhere:15012']),
  values('status.sidecar.istio.io/port', ['15021', '0', ' 8080 ', '15020', '65535'], ['', '65536', 'http', '-1']),
  ...['initialDelaySeconds', 'periodSeconds', 'failureThreshold'].map(readiness),
  values('readiness.status.sidecar.istio.io/applicationPorts', PORTS),
  traffic('includeOutboundIPRanges', ['*', ...PREFIXES], WRONG_PREFIXES),
  traffic('excludeOutboundIPRanges', PREFIXES, ['*', ...WRONG_PREFIXES]),
  traffic('includeInboundPorts', ['*', ...PORTS], WRONG_PORTS),
  traffic('excludeInboundPorts', PORTS, ['*', ...WRONG_PORTS]),
  traffic('includeOutboundPorts', ['*', ...PORTS], WRONG_PORTS),
  traffic('excludeOutboundPorts', PORTS, ['*', ...WRONG_PORTS]),
  traffic('excludeInterfaces', INTERFACES, WRONG_INTERFACES),
  traffic('kubevirtInterfaces', INTERFACES, WRONG_INTERFACES),
  values('istio.io/reroute-virtual-interfaces', INTERFACES, WRONG_INTERFACES),
  values('prometheus.istio.io/merge-metrics', FLAGS, WRONG_FLAGS),
  values(
    'prometheus.istio.io/scrape-targets',
    ['9090', '9090:/m', ' 9090:/m , 9091 ', '9090:/a,,9091:/b', ',', ''],
    ['15020', '0', ':/m', '15090:/x', 'http:/m', '70000', '9090:a:b'],
  ),
  values('prometheus.istio.io/secure-port', ['15091', '', '0']),
  values('prometheus.io/scrape', ['true', 'false', 'yes', '', 'T']),
  values('prometheus.io/path', ['/metrics', '/a?b=c&d=<e>', '']),
  values('apm.datadoghq.com/env', ['{"DD_ENV":"prod","DD_A":"1"}', '{}'], ['broken']),
  values('k8s.v1.cni.cncf.io/networks', ['default/istio-cni', 'a, b', '[{"name":"a"}]']),
  values('resource.opentelemetry.io/service.version', ['v7']),
  values('kubectl.kubernetes.io/default-container', ['app', 'other']),
  values('kubectl.kubernetes.io/default-logs-container', ['app']),
  values('cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes', ['mine']),
  values('istio.io/rev', ['canary']),
  values('topology.istio.io/network', ['ignored']),
  values('example.com/note', ['plain', 'two\nlines', 'é ✓ 𝄞 \u2028', '<b> & "c" \\ \'d\'', '\t tab', '{{ .Values }}']),
];

/** Other spellings of one key; istiod takes one of them by chance, so that a pod has at most one. */
export const PROMETHEUS_SPELLINGS: readonly AnnotationValues[] = [
  values('prometheus.io.port', ['9091', '80'], ['15000']),
  values('prometheus-io/port', ['9091'], ['x']),
  values('prometheus.io/port', ['9090', '80', ''], ['15020', '15090', '0', 'http', '15000', '70000', ' 80']),
  values('prometheus_io_port', ['9092']),
];

export const LABELS: readonly AnnotationValues[] = [
  values('app', ['web', 'a-very-long-name-of-more-than-sixty-three-characters-that-is-cut-off-here', '']),
  values('version', ['v1', '1', '1.10', 'true', '']),
  values('app.kubernetes.io/name', ['shop', '-odd-']),
  values('app.kubernetes.io/version', ['2.0', '010', 'yes']),
  values('service.istio.io/canonical-name', ['canon', '']),
  values('service.istio.io/canonical-revision', ['r1', '']),
  values('service.istio.io/workload-name', ['load', '']),
  values('sidecar.istio.io/inject', ['true', 'true', 'true', 'true', 'true', 'false', '', 'no']),
  values('istio.io/rev', ['default', 'canary']),
  values('topology.istio.io/network', ['net-2', 'net-3']),
  values('security.istio.io/tlsMode', ['disabled', 'istio']),
  values('networking.istio.io/tunnel', ['http']),
  values('istio.io/dataplane-mode', ['ambient', 'none']),
  values('pod-template-hash', ['7c9f', '']),
  values('rollouts-pod-template-hash', ['7c9f']),
  values('deploymentconfig', ['dc']),
  values('team', ['on', '1e3', '0x10', '~', 'null', 'y']),
];
