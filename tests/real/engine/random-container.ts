import fc, { type Arbitrary } from 'fast-check';
import { mostly, type RandomObject, someOf, withSome } from './random-choices';

const QUANTITY = fc.constantFrom('100m', '0.5', '2', '128Mi', '1.5Gi', '1e3', '1024Mi', '0', '2000m', 1, 0.5);
const QUANTITIES = someOf({ cpu: QUANTITY, memory: QUANTITY, 'example.com/gpu': QUANTITY });
const RESOURCES = someOf({ requests: QUANTITIES, limits: QUANTITIES, claims: fc.constant([{ name: 'gpu' }]) });

const PORT_NAMES = ['http', 'grpc', 'admin', 'no-such-port'];
const PORT_NUMBERS = [80, 8080, 443, 53, 9090, 15020, 15021, 65535, 0];
const PORT = withSome(
  { containerPort: fc.constantFrom(...PORT_NUMBERS) },
  {
    name: fc.constantFrom(...PORT_NAMES.slice(0, 3)),
    protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
    hostPort: fc.constantFrom(0, 8081),
    hostIP: fc.constant('10.0.0.1'),
  },
);
const TARGET_PORT = fc.constantFrom(...PORT_NUMBERS, ...PORT_NAMES);

const HTTP_GET = withSome(
  { port: TARGET_PORT },
  {
    path: fc.constantFrom('/', '/healthz?full=1&x=<y>', '', 'no-slash'),
    host: fc.constantFrom('localhost', ''),
    scheme: fc.constantFrom('HTTP', 'HTTPS', ''),
    httpHeaders: fc.constant([
      { name: 'X-A', value: '"quoted"' },
      { name: 'Host', value: '' },
    ]),
  },
);
const TCP_SOCKET = withSome({ port: TARGET_PORT }, { host: fc.constant('10.0.0.1') });
const GRPC = withSome({ port: fc.constantFrom(9000, 15020) }, { service: fc.constantFrom('svc', '') });
const EXEC = fc.constant({ command: ['sh', '-c', 'exit 0'] });
const handler = (extra: readonly Arbitrary<RandomObject>[]): Arbitrary<RandomObject> =>
  fc.oneof(
    HTTP_GET.map((httpGet) => ({ httpGet })),
    TCP_SOCKET.map((tcpSocket) => ({ tcpSocket })),
    EXEC.map((exec) => ({ exec })),
    ...extra,
  );
const PROBE_HANDLER = handler([GRPC.map((grpc) => ({ grpc })), fc.constant({})]);
const PROBE_FIELDS = someOf({
  initialDelaySeconds: fc.constantFrom(0, 5),
  timeoutSeconds: fc.constantFrom(0, 1, 30),
  periodSeconds: fc.constantFrom(0, 10),
  successThreshold: fc.constant(1),
  failureThreshold: fc.constantFrom(3, 30),
  terminationGracePeriodSeconds: fc.constantFrom(0, 60),
});
const PROBE = fc.tuple(PROBE_HANDLER, PROBE_FIELDS).map(([first, rest]) => ({ ...first, ...rest }));
const HOOK = handler([fc.constant({ sleep: { seconds: 5 } })]);
const LIFECYCLE = someOf({ preStop: HOOK, postStart: HOOK, stopSignal: fc.constant('SIGUSR1') });

const ENV_SOURCE = fc.constantFrom<RandomObject>(
  { fieldRef: { fieldPath: 'metadata.name' } },
  { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } },
  { resourceFieldRef: { containerName: 'app', resource: 'requests.memory', divisor: '1Mi' } },
  { secretKeyRef: { name: 's', key: 'k', optional: false } },
  { configMapKeyRef: { name: 'c', key: 'k' } },
);
const ENV_NAME = fc.constantFrom('A', 'B', 'POD_NAME', 'ISTIO_META_NETWORK', 'PROXY_CONFIG', 'TRUST_DOMAIN', 'Z_LAST');
const ENV = fc.oneof(
  withSome({ name: ENV_NAME }, { value: fc.constantFrom('1', '', '<a&b>', 'é', 'two\nlines') }),
  fc.record({ name: ENV_NAME, valueFrom: ENV_SOURCE }),
);
const uniqueBy = (key: string) => (item: RandomObject) => item[key];
const ENVS = fc.uniqueArray(ENV, { maxLength: 4, selector: uniqueBy('name') });

const MOUNT = withSome(
  {
    name: fc.constantFrom('data', 'config', 'istio-data'),
    mountPath: fc.constantFrom('/data', '/etc/config', '/etc/istio/proxy', '/var/lib/istio/data'),
  },
  { readOnly: fc.boolean(), subPath: fc.constantFrom('', 'x'), mountPropagation: fc.constant('None') },
);

const SECURITY = someOf({
  runAsUser: fc.constantFrom(0, 1000, 1337, 1000620000),
  runAsGroup: fc.constantFrom(0, 1000, 1337),
  runAsNonRoot: fc.boolean(),
  privileged: fc.boolean(),
  allowPrivilegeEscalation: fc.boolean(),
  readOnlyRootFilesystem: fc.boolean(),
  capabilities: someOf({ add: fc.constant(['NET_ADMIN']), drop: fc.constantFrom(['ALL'], []) }),
  seccompProfile: fc.constant({ type: 'RuntimeDefault' }),
  seLinuxOptions: fc.constant({ level: 's0' }),
  procMount: fc.constant('Default'),
});

const FIELDS = {
  image: fc.constantFrom('nginx:1.29', 'auto', 'shop@sha256:0123', 'registry:5000/a/b:c', ''),
  imagePullPolicy: fc.constantFrom('Always', 'IfNotPresent', ''),
  command: fc.constantFrom(['run'], []),
  args: fc.constantFrom(['proxy', 'sidecar'], ['-u', '7', '<x>'], []),
  workingDir: fc.constant('/srv'),
  ports: fc.array(PORT, { maxLength: 3 }),
  env: ENVS,
  envFrom: fc.constant([{ prefix: 'P_', configMapRef: { name: 'c' } }, { secretRef: { name: 's', optional: true } }]),
  volumeMounts: fc.uniqueArray(MOUNT, { maxLength: 3, selector: uniqueBy('mountPath') }),
  volumeDevices: fc.constant([{ name: 'disk', devicePath: '/dev/x' }]),
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  startupProbe: PROBE,
  lifecycle: LIFECYCLE,
  securityContext: SECURITY,
  terminationMessagePath: fc.constantFrom('/dev/term', ''),
  terminationMessagePolicy: fc.constant('File'),
  stdin: fc.boolean(),
  tty: fc.boolean(),
  resizePolicy: fc.constant([{ resourceName: 'cpu', restartPolicy: 'NotRequired' }]),
};

/** A container of that name: any of its fields, each there or not; `resources` always, as the API server writes it. */
function randomContainer(name: string): Arbitrary<RandomObject> {
  return withSome({ name: fc.constant(name), resources: RESOURCES }, FIELDS);
}

const APP_NAMES = ['app', 'web', 'cache', 'istio-validation', 'enable-core-dump'];
const named = (names: readonly string[], isInit: boolean) =>
  fc
    .subarray([...names], { maxLength: 2 })
    .chain((chosen) =>
      fc.tuple(...chosen.map((name) => (isInit ? restartable(randomContainer(name)) : randomContainer(name)))),
    );

function restartable(container: Arbitrary<RandomObject>): Arbitrary<RandomObject> {
  return fc
    .tuple(container, mostly(3, 4, fc.constant({}), fc.constant({ restartPolicy: 'Always' })))
    .map(([fields, extra]) => ({ ...fields, ...extra }));
}

/** At least one of the application's own, one time in four with an `istio-proxy` that overrides the template's. */
export const CONTAINERS: Arbitrary<RandomObject[]> = fc
  .tuple(
    mostly(
      3,
      4,
      fc.constant([]),
      randomContainer('istio-proxy').map((proxy) => [proxy]),
    ),
    randomContainer('main'),
    named(APP_NAMES.slice(0, 3), false),
    fc.boolean(),
  )
  .map(([proxy, main, others, isFirst]) => (isFirst ? [...proxy, main, ...others] : [main, ...others, ...proxy]));

const INIT_NAMES = ['prepare', 'istio-init', 'istio-proxy', ...APP_NAMES.slice(3)];
export const INIT_CONTAINERS: Arbitrary<RandomObject[]> = named(INIT_NAMES, true);
