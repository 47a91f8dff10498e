import { recordsAt, stringAt, stringsAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { LogLine } from '@/demo/server/pod-log';
import { buildSidecarRules } from '@/lib/core/capture/build-sidecar-rules';
import { parseCaptureFlags } from '@/lib/core/capture/parse-capture-flags';
import { renderRestore } from '@/lib/core/capture/render-restore';

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

/** The release of the program that makes the rules, from its image's tag. */
function minorOf(pod: KubeObject): number | undefined {
  const init = recordsAt(pod, 'spec', 'initContainers').find(({ name }) => name === 'istio-init');
  const minor = /:1\.(\d+)/.exec(stringAt(init, 'image') ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** What `istio-init` prints: its settings, then the rules it applies. Rules stand in lines of their own, without a time. */
export function initLog(pod: KubeObject, startedAt: number): LogLine[] {
  const { config } = parseCaptureFlags(argumentsOf(pod, 'istio-init').slice(1), new Map());
  const plain = (texts: readonly string[], afterMs: number): LogLine[] =>
    texts.map((text) => ({ time: new Date(startedAt + afterMs).toISOString(), text }));
  const settings = [
    `PROXY_PORT=${config.proxyPort}`,
    `PROXY_INBOUND_CAPTURE_PORT=${config.inboundCapturePort}`,
    `PROXY_UID=${config.proxyUid}`,
    `INBOUND_INTERCEPTION_MODE=${config.interceptionMode}`,
    `INBOUND_PORTS_INCLUDE=${config.inboundPortsInclude}`,
    `INBOUND_PORTS_EXCLUDE=${config.inboundPortsExclude}`,
    `OUTBOUND_IP_RANGES_INCLUDE=${config.outboundIpRangesInclude}`,
    `OUTBOUND_IP_RANGES_EXCLUDE=${config.outboundIpRangesExclude}`,
    `OUTBOUND_PORTS_INCLUDE=${config.outboundPortsInclude}`,
    `OUTBOUND_PORTS_EXCLUDE=${config.outboundPortsExclude}`,
  ];
  return [
    ...lines(startedAt, [[20, 'info\tIstio config:']]),
    ...plain(settings, 21),
    ...lines(startedAt, [[55, 'info\tApplying iptables chains and rules']]),
    ...lines(startedAt, [[56, 'info\tRunning iptables-restore with the following input:']]),
    ...plain(renderRestore(buildSidecarRules(config, 'ipv4', minorOf(pod))), 57),
    ...lines(startedAt, [[95, 'info\tDone: all rules are in place']]),
  ];
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
