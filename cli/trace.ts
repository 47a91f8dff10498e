import { AMBIENT_LOCAL_MARK, type AmbientConfig, buildAmbientRules } from '@/lib/core/capture/build-ambient-rules';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { buildRuleSet } from '@/lib/core/capture/build-rule-set';
import { PROGRAM_DEFAULTS } from '@/lib/core/capture/capture-config';
import { guessLocalMarks, guessProxyPorts } from '@/lib/core/capture/guess-network';
import { nameReceiver, type ProxyPorts } from '@/lib/core/capture/name-receiver';
import { CONNECTION_STATES, type PodNetwork } from '@/lib/core/capture/packet';
import { isAddress, type PacketRequest, resolvePacket } from '@/lib/core/capture/packet-request';
import { parseNftList } from '@/lib/core/capture/parse-nft-list';
import { parseRuleDumps } from '@/lib/core/capture/parse-rule-dumps';
import { readAmbientConfig } from '@/lib/core/capture/read-ambient-config';
import { toPodNetwork } from '@/lib/core/capture/read-pod-network';
import type { RuleSet } from '@/lib/core/capture/rule-types';
import { tracePacket } from '@/lib/core/capture/trace-packet';
import type { Pod } from '@/lib/core/kube/pod-types';
import { sayInEnglish } from './capture-texts';
import type { Command } from './command';
import { InputError, UsageError } from './command';
import { parseCount, parseFlags, parsePort } from './parse-flags';
import { readInput, readManifests } from './read-manifests';
import { readPod } from './read-pod';
import { describeTrace } from './trace-text';

const text = { type: 'string' } as const;
const FLAGS = {
  rules: { type: 'string', multiple: true },
  filename: { type: 'string', short: 'f' },
  direction: text,
  proto: text,
  src: text,
  sport: text,
  dst: text,
  dport: text,
  uid: text,
  gid: text,
  'in-interface': text,
  'out-interface': text,
  mark: text,
  state: text,
  'pod-ip': text,
  'dns-servers': text,
  output: { type: 'string', short: 'o' },
} as const;
type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>;

const DEFAULT_POD = '192.0.2.1';

/** Where the packet goes through: rules, the pod they are in, and the proxy's ports. */
interface Place {
  readonly ruleSets: readonly RuleSet[];
  readonly pod: PodNetwork;
  readonly ports: ProxyPorts;
  readonly appUid?: number;
}

function readRules(paths: readonly string[], request: PacketRequest, podIp: string | undefined): Place {
  const ruleSets = paths.flatMap((path) => {
    const content = path === '-' ? (readManifests(['-'])[0]?.text ?? '') : readInput(path);
    if (parseNftList(content) !== undefined)
      throw new InputError(`${path}:1: these are rules of nftables; give what iptables-save prints`);
    const read = parseRuleDumps(content).map(({ ruleSet }) => ruleSet);
    if (read.every(({ tables, unread }) => tables.length === 0 && unread === undefined))
      throw new InputError(`${path}:1: no rules here; give what iptables-save prints`);
    return read;
  });
  const first = ruleSets[0] ?? { family: 'ipv4', tables: [] };
  const guessed = request.direction === 'in' ? request.destination : request.source;
  const addresses = podIp?.split(',') ?? (guessed === undefined || isLoopback(guessed) ? [DEFAULT_POD] : [guessed]);
  const marks = ruleSets.map(guessLocalMarks).find((one) => one.localMarks.length > 0) ?? { localMarks: [] };
  return { ruleSets, pod: { addresses, interfaceName: 'eth0', ...marks }, ports: guessProxyPorts(first) };
}

const isLoopback = (address: string) => address.startsWith('127.') || address === '::1';

/** A pod of the ambient mesh: ztunnel listens where a sidecar would. */
function ofAmbient(ambient: AmbientConfig, pod: Pod): Place {
  const ruleSets = (['ipv4', 'ipv6'] as const).map((family) =>
    buildRuleSet(buildAmbientRules(ambient, family), family),
  );
  const local = { localMarks: [AMBIENT_LOCAL_MARK.mark], localMarkMask: AMBIENT_LOCAL_MARK.mask };
  return { ruleSets, pod: { ...toPodNetwork(pod, PROGRAM_DEFAULTS), ...local }, ports: PROGRAM_DEFAULTS };
}

function readPlace(path: string, dnsServers: string | undefined): Place {
  const pod = readPod(path);
  const server = dnsServers?.split(',')[0];
  const built = buildPodCapture(pod, server === undefined ? {} : { serverAddress: server });
  const { settings, network, families, verdict } = built;
  const ambient = readAmbientConfig(settings);
  if (ambient !== undefined) return ofAmbient(ambient, pod);
  if (settings.config === undefined || network === undefined)
    throw new InputError(`${path}: ${sayInEnglish(settings.faults[0] ?? verdict)}`);
  return { ruleSets: families.map(({ ruleSet }) => ruleSet), pod: network, ports: settings.config };
}

function toRequest(flags: Flags): PacketRequest {
  const { direction, proto = 'tcp', dport } = flags;
  if (direction !== 'in' && direction !== 'out') throw new UsageError('--direction is in or out');
  if (proto !== 'tcp' && proto !== 'udp') throw new UsageError(`--proto "${proto}" is neither tcp nor udp`);
  if (dport === undefined) throw new UsageError('--dport is needed: the port that the packet is sent to');
  const state = CONNECTION_STATES.find((one) => one === (flags.state ?? 'NEW'));
  if (state === undefined) throw new UsageError(`--state "${flags.state}" is none of ${CONNECTION_STATES.join(', ')}`);
  for (const name of ['src', 'dst'] as const) {
    const address = flags[name];
    if (address !== undefined && !isAddress(address)) throw new UsageError(`--${name} "${address}" is no address`);
  }
  if (direction === 'out' && flags.dst === undefined) throw new UsageError('--dst is needed for --direction out');
  return {
    direction,
    protocol: proto,
    destinationPort: parsePort(dport, '--dport'),
    state,
    ...(flags.dst === undefined ? {} : { destination: flags.dst }),
    ...(flags.src === undefined ? {} : { source: flags.src }),
    ...(flags.sport === undefined ? {} : { sourcePort: parsePort(flags.sport, '--sport') }),
    ...(flags.uid === undefined ? {} : { uid: parseCount(flags.uid, '--uid', 0) }),
    ...(flags.gid === undefined ? {} : { gid: parseCount(flags.gid, '--gid', 0) }),
    ...(flags['in-interface'] === undefined ? {} : { inInterface: flags['in-interface'] }),
    ...(flags['out-interface'] === undefined ? {} : { outInterface: flags['out-interface'] }),
    ...(flags.mark === undefined ? {} : { mark: parseMark(flags.mark) }),
  };
}

function parseMark(value: string): number {
  if (!/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(value)) throw new UsageError(`--mark "${value}" is no number`);
  return Number(value);
}

export const trace: Command = {
  name: 'trace',
  summary: 'where a packet goes: every rule it meets, and who gets it',
  help: `Usage: sidelight trace --rules FILE --direction in|out --dport PORT [flags]
       sidelight trace -f pod.yaml --direction in|out --dport PORT [flags]

  --rules FILE              what iptables-save prints (with -c, too), iptables -S or input of iptables-restore;
                            - is standard input; once more for a second backend or family
  -f, --filename FILE       a pod as the cluster returns it: its rules are computed
  --direction in|out        in arrives at the pod, out is sent by a process of it
  --proto tcp|udp           tcp unless given
  --src, --dst ADDRESS      --sport, --dport PORT
  --uid, --gid NUMBER       the process that sends, 1000 unless given
  --in-interface, --out-interface NAME    --mark NUMBER
  --state STATE             NEW (the default), ESTABLISHED, RELATED, INVALID or UNTRACKED
  --pod-ip LIST             the pod's addresses, with --rules
  -o, --output json         everything that was asked, as JSON

"cannot decide" means that a rule on the way is not understood; it is named.
`,
  async run(args) {
    const flags = parseFlags(args, FLAGS);
    const { rules, filename, output } = flags;
    if ((rules === undefined) === (filename === undefined)) throw new UsageError('either --rules or -f is needed');
    if (output !== undefined && output !== 'json') throw new UsageError(`--output "${output}" is not json`);
    const request = toRequest(flags);
    const place =
      filename === undefined
        ? readRules(rules ?? [], request, flags['pod-ip'])
        : readPlace(filename, flags['dns-servers']);
    const resolved = resolvePacket(request, place.pod);
    if (!resolved.ok) throw new UsageError('--src and --dst are of two families');
    const { family, packet, direction } = resolved.value;
    const own = place.ruleSets.filter((ruleSet) => ruleSet.family === family);
    const traced = tracePacket(own, packet, direction, place.pod, { keepsVisits: true });
    const receiver = nameReceiver(traced, place.ports);
    const answer = { family, direction, sent: packet, hasRules: own.length > 0, receiver, ...traced };
    process.stdout.write(output === 'json' ? `${JSON.stringify(answer, undefined, 2)}\n` : describeTrace(answer));
    return 0;
  },
};
