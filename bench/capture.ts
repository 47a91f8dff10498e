// npm run bench:capture: how long the rules of a pod take to trace, and a large dump to read.
import { cpus } from 'node:os';
import { buildRuleSet } from '@/lib/core/capture/build-rule-set';
import { buildSidecarRules } from '@/lib/core/capture/build-sidecar-rules';
import { PROGRAM_DEFAULTS } from '@/lib/core/capture/capture-config';
import type { Packet, PodNetwork } from '@/lib/core/capture/packet';
import { parseRuleDump } from '@/lib/core/capture/parse-rule-dump';
import { renderSave } from '@/lib/core/capture/render-save';
import { tracePacket } from '@/lib/core/capture/trace-packet';
import { toSample } from './sample';

const ROUNDS = 200;
const WARM_UP = 20;
const LARGE = 10_000;

const pod: PodNetwork = { addresses: ['10.244.0.10'], interfaceName: 'eth0', localMarks: [] };
const packet: Packet = {
  protocol: 'tcp',
  source: '10.244.0.10',
  sourcePort: 40_000,
  destination: '203.0.113.9',
  destinationPort: 443,
  inInterface: '',
  outInterface: '',
  owner: { uid: 1000, gid: 1000 },
  mark: 0,
  connectionMark: 0,
  state: 'NEW',
};

const usual = buildRuleSet(
  buildSidecarRules(
    {
      ...PROGRAM_DEFAULTS,
      inboundPortsInclude: '*',
      inboundPortsExclude: '15090,15021,15020',
      outboundIpRangesInclude: '*',
    },
    'ipv4',
  ),
  'ipv4',
);

/** As many rules as asked for in the way of every outbound packet, none of which matches. */
function largeDump(count: number): string {
  const range = (index: number) => `10.${(index >> 8) & 255}.${index & 255}.0/24`;
  const kinds = [
    (index: number) => `-A ISTIO_OUTPUT -d ${range(index)} -j RETURN`,
    (index: number) => `-A ISTIO_OUTPUT -p tcp -m tcp --dport ${1 + (index % 400)} -j RETURN`,
    (index: number) => `-A ISTIO_OUTPUT ! -d 203.0.113.9/32 -o eth0 -p tcp -m owner --uid-owner ${index} -j RETURN`,
    (index: number) =>
      `[12:720] -A ISTIO_OUTPUT -s ${range(index)} -p udp -m multiport --dports 53,${1 + index} -j RETURN`,
  ];
  const rules = Array.from({ length: count }, (_, index) => kinds[index % kinds.length]?.(index) ?? '');
  const lines = renderSave(usual);
  const at = lines.findIndex((line) => line.startsWith('-A ISTIO_OUTPUT'));
  return [...lines.slice(0, at), ...rules, ...lines.slice(at)].join('\n');
}

/** Wall time, and processor time, which a busy machine does not stretch. */
interface Timing {
  readonly wallMs: number;
  readonly wall95Ms: number;
  readonly cpuMs: number;
}

function measure(work: () => unknown, rounds: number): Timing {
  for (let round = 0; round < WARM_UP; round++) work();
  const usedBefore = process.cpuUsage();
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  const { user, system } = process.cpuUsage(usedBefore);
  const sample = toSample(times);
  return { wallMs: sample.p50, wall95Ms: sample.p95, cpuMs: (user + system) / 1000 / rounds };
}

const dump = largeDump(LARGE);
const first = performance.now();
const cold = tracePacket(parseRuleDump(dump).ruleSet, packet, 'out', pod);
const coldMs = performance.now() - first;
if (cold.outcome.kind !== 'delivered') throw new Error(`the large dump ends as ${cold.outcome.kind}`);

const rows = [
  ['trace, default rule set', measure(() => tracePacket(usual, packet, 'out', pod), ROUNDS * 10)],
  [
    'trace with every rule asked',
    measure(() => tracePacket(usual, packet, 'out', pod, { keepsVisits: true }), ROUNDS * 10),
  ],
  [`${LARGE} rules: parse`, measure(() => parseRuleDump(dump), ROUNDS)],
  [
    `${LARGE} rules: parse and trace`,
    measure(() => tracePacket(parseRuleDump(dump).ruleSet, packet, 'out', pod), ROUNDS),
  ],
] as const;
process.stdout.write(`${cpus()[0]?.model ?? ''}, Node ${process.version}\n`);
process.stdout.write(`${LARGE} rules, the first time in a new process: ${coldMs.toFixed(1)} ms\n`);
for (const [name, { wallMs, wall95Ms, cpuMs }] of rows) {
  process.stdout.write(
    `${name}: median ${wallMs.toFixed(3)} ms, 95% ${wall95Ms.toFixed(3)} ms, processor ${cpuMs.toFixed(3)} ms\n`,
  );
}
