import { recordsAt, stringAt, stringsAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { LogLine } from '@/demo/server/pod-log';

type Step = readonly [afterMs: number, text: string];

function lines(startedAt: number, steps: readonly Step[]): LogLine[] {
  return steps.map(([afterMs, text]) => {
    const time = new Date(startedAt + afterMs).toISOString();
    return { time, text: `${time.slice(0, 23)}000Z\t${text}` };
  });
}

function argumentsOf(pod: KubeObject, name: string): string[] {
  const all = [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
  return stringsAt(
    all.find((container) => container.name === name),
    'args',
  );
}

function flag(args: readonly string[], name: string): string {
  const at = args.indexOf(name);
  return at < 0 ? '' : (args[at + 1] ?? '');
}

/** What `istio-init` prints: its settings, then the rules it applies. */
export function initLog(pod: KubeObject, startedAt: number): LogLine[] {
  const args = argumentsOf(pod, 'istio-init');
  const mode = flag(args, '-m');
  const settings = [
    ['PROXY_PORT', flag(args, '-p')],
    ['PROXY_INBOUND_CAPTURE_PORT', flag(args, '-z')],
    ['PROXY_UID', flag(args, '-u')],
    ['INBOUND_INTERCEPTION_MODE', mode],
    ['INBOUND_PORTS_INCLUDE', flag(args, '-b')],
    ['INBOUND_PORTS_EXCLUDE', flag(args, '-d')],
    ['OUTBOUND_IP_RANGES_INCLUDE', flag(args, '-i')],
    ['OUTBOUND_IP_RANGES_EXCLUDE', flag(args, '-x')],
  ];
  const steps: Step[] = [
    [20, 'info\tIstio iptables variables:'],
    ...settings.map(([name, value]): Step => [21, `info\t${name}=${value}`]),
    [60, 'info\tRunning iptables-restore with the following input:'],
    ...ruleLines(args, mode).map((text): Step => [61, `info\t${text}`]),
    [95, 'info\tiptables rules applied'],
  ];
  return lines(startedAt, steps);
}

function ruleLines(args: readonly string[], mode: string): string[] {
  const uid = flag(args, '-u');
  const excluded = flag(args, '-d')
    .split(',')
    .filter((port) => port !== '');
  if (mode === 'TPROXY') return ['* mangle', '-A PREROUTING -p tcp -j ISTIO_INBOUND', ...inbound(excluded), 'COMMIT'];
  return [
    '* nat',
    '-N ISTIO_INBOUND',
    '-N ISTIO_REDIRECT',
    '-N ISTIO_IN_REDIRECT',
    '-N ISTIO_OUTPUT',
    '-A ISTIO_INBOUND -p tcp --dport 15008 -j RETURN',
    `-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports ${flag(args, '-p')}`,
    `-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports ${flag(args, '-z')}`,
    '-A PREROUTING -p tcp -j ISTIO_INBOUND',
    ...inbound(excluded),
    '-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT',
    '-A OUTPUT -j ISTIO_OUTPUT',
    '-A ISTIO_OUTPUT -o lo -s 127.0.0.6/32 -j RETURN',
    `-A ISTIO_OUTPUT -m owner --uid-owner ${uid} -j RETURN`,
    `-A ISTIO_OUTPUT -m owner --gid-owner ${uid} -j RETURN`,
    '-A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN',
    '-A ISTIO_OUTPUT -j ISTIO_REDIRECT',
    'COMMIT',
  ];
}

function inbound(excluded: readonly string[]): string[] {
  return excluded.map((port) => `-A ISTIO_INBOUND -p tcp --dport ${port} -j RETURN`);
}

/** What pilot-agent and Envoy print while a sidecar or gateway starts. */
export function proxyLog(pod: KubeObject, startedAt: number): LogLine[] {
  const all = [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
  const proxy = all.find((container) => container.name === 'istio-proxy');
  const istiod =
    stringAt(
      recordsAt(proxy, 'env').find((entry) => entry.name === 'CA_ADDR'),
      'value',
    ) ?? 'istiod';
  const role = argumentsOf(pod, 'istio-proxy')[1] ?? 'sidecar';
  const { name, namespace } = pod.metadata;
  return lines(startedAt, [
    [
      210,
      `info\tProxy role\tips=[${stringAt(pod, 'status', 'podIP') ?? ''}] type=${role} id=${name}.${namespace ?? ''}`,
    ],
    [240, `info\tCA Endpoint ${istiod}, provider Citadel`],
    [250, 'info\tOpening status port 15020'],
    [330, 'info\tgenerated new workload certificate\tttl=23h59m59s'],
    [360, 'info\tStarting proxy agent'],
    [420, `info\txdsproxy\tconnected to upstream XDS server: ${istiod}`],
    [910, 'info\tReadiness succeeded'],
    [915, 'info\tEnvoy proxy is ready'],
  ]);
}
