import type { Phrase } from '@/lib/core/phrase';
import {
  type CaptureConfig,
  capturesDns,
  isTproxy,
  PASSTHROUGH_SOURCE,
  PORT,
  PROXY_USER,
  splitList,
} from './capture-config';
import type { CaptureEnd } from './capture-ends';
import type { MapFlow } from './capture-map';
import { inboundPacket } from './decide-port-capture';
import { describeTrace, type StoryStep } from './describe-trace';
import type { Packet, PodNetwork } from './packet';
import type { RuleSet } from './rule-types';
import { type Trace, tracePacket } from './trace-packet';

interface FlowInput {
  readonly ruleSet: RuleSet;
  readonly config: CaptureConfig;
  readonly ends: readonly CaptureEnd[];
  readonly pod: PodNetwork;
}

/** Addresses of nobody, from the ranges kept for documentation. */
const OUTSIDE = { ipv4: '203.0.113.9', ipv6: '2001:db8::9' } as const;
/** A user that is neither root nor the proxy, for images that do not say who they run as. */
const USUAL_APP_UID = 1000;
const MAX_INBOUND_FLOWS = 3;

/**
 * Follows the packets that people ask about through the rules, with the follow-up packets of the proxy.
 *
 * Output: inbound per TCP port of the applications, outbound, DNS if captured, the kubelet's health probe, a call to the own pod address.
 */
export function buildCaptureFlows(input: FlowInput): readonly MapFlow[] {
  const apps = input.ends.filter((end) => end.kind === 'app');
  const ports = apps.flatMap((end) => end.ports.filter((port) => port.protocol === 'tcp').map((one) => one.port));
  const firstPort = ports[0];
  const stories = [
    ...[...new Set(ports)].slice(0, MAX_INBOUND_FLOWS).map((port) => inboundFlow(input, port)),
    outboundFlow(input),
    ...(capturesDns(input.config) ? [dnsFlow(input)] : []),
    inboundFlow(input, PORT.proxyHealth, { code: 'capture.flow.health', values: { port: PORT.proxyHealth } }),
    ...(firstPort === undefined ? [] : [selfFlow(input, firstPort)]),
  ];
  return stories.map(({ id, label, steps }) => ({
    id,
    label,
    steps: steps.map((step, index) => ({ id: `${id}/${index + 1}`, ...step })),
  }));
}

interface Story extends Pick<MapFlow, 'id' | 'label'> {
  readonly steps: readonly StoryStep[];
}

function inboundFlow(input: FlowInput, port: number, label?: Phrase): Story {
  const { ruleSet, pod } = input;
  const packet = inboundPacket('tcp', port, pod);
  const trace = tracePacket(ruleSet, packet, 'in', pod);
  const arrives = describeTrace(trace, 'in', { code: 'capture.step.arrives', values: { port } }, input.ends);
  return {
    id: `inbound-${port}`,
    label: label ?? { code: 'capture.flow.inbound', values: { port } },
    steps: isAt(trace, input.config.inboundCapturePort) ? [...arrives, ...envoyToApp(input, packet)] : arrives,
  };
}

/** Envoy's connection to the application: from its own source address, or with TPROXY from the client's and marked. */
function envoyToApp(input: FlowInput, arrived: Packet): readonly StoryStep[] {
  const { ruleSet, config, pod, ends } = input;
  const tproxy = isTproxy(config);
  const source = tproxy ? arrived.source : PASSTHROUGH_SOURCE[ruleSet.family];
  const mark = tproxy ? Number(config.tproxyMark) : 0;
  const packet: Packet = { ...arrived, inInterface: '', source, owner: proxyOwner(input), mark };
  const opens: Phrase = { code: 'capture.step.envoy-to-app', values: { port: arrived.destinationPort, source } };
  return describeTrace(tracePacket(ruleSet, packet, 'out', pod), 'out', opens, ends, 'end/envoy');
}

function outboundFlow(input: FlowInput): Story {
  const { ruleSet, pod, ends, config } = input;
  const packet = appPacket(input, OUTSIDE[ruleSet.family], 443);
  const trace = tracePacket(ruleSet, packet, 'out', pod);
  const sent = describeTrace(trace, 'out', sentBy(input, packet), ends, appId(input));
  const onward: Packet = { ...packet, owner: proxyOwner(input) };
  const leaves = tracePacket(ruleSet, onward, 'out', pod);
  const opens: Phrase = { code: 'capture.step.envoy-onward' };
  return {
    id: 'outbound',
    label: { code: 'capture.flow.outbound' },
    steps: isAt(trace, config.proxyPort) ? [...sent, ...describeTrace(leaves, 'out', opens, ends, 'end/envoy')] : sent,
  };
}

function dnsFlow(input: FlowInput): Story {
  const { ruleSet, pod, ends, config } = input;
  const known = ruleSet.family === 'ipv4' ? config.dnsServersV4 : config.dnsServersV6;
  const packet: Packet = { ...appPacket(input, known[0] ?? OUTSIDE[ruleSet.family], 53), protocol: 'udp' };
  const trace = tracePacket(ruleSet, packet, 'out', pod);
  const asks = describeTrace(trace, 'out', sentBy(input, packet), ends, appId(input));
  const onward = tracePacket(ruleSet, { ...packet, owner: proxyOwner(input) }, 'out', pod);
  const opens: Phrase = { code: 'capture.step.agent-onward' };
  return {
    id: 'dns',
    label: { code: 'capture.flow.dns' },
    steps: isAt(trace, String(PORT.dns)) ? [...asks, ...describeTrace(onward, 'out', opens, ends, 'end/agent')] : asks,
  };
}

function selfFlow(input: FlowInput, port: number): Story {
  const { ruleSet, pod, ends } = input;
  const packet = appPacket(input, pod.addresses[0] ?? '', port);
  const trace = tracePacket(ruleSet, packet, 'out', pod);
  return {
    id: 'self',
    label: { code: 'capture.flow.self', values: { port } },
    steps: describeTrace(trace, 'out', sentBy(input, packet), ends, appId(input)),
  };
}

function appPacket(input: FlowInput, destination: string, port: number): Packet {
  const { pod, ruleSet, ends } = input;
  const uid = Number(ends.find((end) => end.kind === 'app')?.uid ?? USUAL_APP_UID);
  const isIpv6 = ruleSet.family === 'ipv6';
  const source = pod.addresses.find((address) => address.includes(':') === isIpv6) ?? '';
  return { ...inboundPacket('tcp', port, pod), source, destination, inInterface: '', owner: { uid, gid: uid } };
}

function sentBy(input: FlowInput, packet: Packet): Phrase {
  const app = input.ends.find((end) => end.kind === 'app');
  const values = { name: app?.name ?? '', address: packet.destination, port: packet.destinationPort };
  if (app?.uid === undefined) return { code: 'capture.step.app-sends', values };
  return { code: 'capture.step.app-sends-as', values: { ...values, uid: app.uid } };
}

const appId = ({ ends }: FlowInput) => ends.find((end) => end.kind === 'app')?.id;

/** The proxy's process, by the user that its container says and the group that the rules know. */
function proxyOwner({ config, ends }: FlowInput): { readonly uid: number; readonly gid: number } {
  const uid = ends.find((end) => end.kind === 'envoy')?.uid ?? PROXY_USER;
  return { uid: Number(uid), gid: Number(splitList(config.proxyGid)[0] ?? PROXY_USER) };
}

function isAt({ outcome }: Trace, port: string): boolean {
  return outcome.kind === 'delivered' && outcome.by !== undefined && String(outcome.port) === port;
}
