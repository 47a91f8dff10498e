import type { Receiver } from '@/lib/core/capture/name-receiver';
import type { Packet } from '@/lib/core/capture/packet';
import type { Trace } from '@/lib/core/capture/trace-types';

interface TracedPacket extends Trace {
  readonly family: string;
  readonly direction: 'in' | 'out';
  readonly sent: Packet;
  readonly hasRules: boolean;
  readonly receiver?: Receiver | undefined;
}

const RECEIVERS: Readonly<Record<Receiver, string>> = {
  'envoy-outbound': "Envoy's outbound listener",
  'envoy-inbound': "Envoy's inbound listener",
  tunnel: 'the tunnel listener (HBONE)',
  'dns-proxy': 'the DNS proxy of pilot-agent',
  agent: 'pilot-agent',
  'envoy-health': "Envoy's health listener",
  'envoy-metrics': "Envoy's metrics listener",
  'envoy-admin': "Envoy's admin interface",
  app: 'whoever listens there: the application, or nobody',
};

const UNKNOWN = {
  condition: 'its condition is not understood',
  target: 'its target is not understood',
  line: 'this line is no rule that can be read',
  endless: 'its jumps do not end',
} as const;

const SKIPPED = {
  'not-new': 'only the first packet of a connection is asked',
  settled: 'settled in OUTPUT already',
} as const;

const HEAD = 12;
const PLACE = 28;

/** A trace as a person reads it in a terminal: the packet, the rules that matched in order, the end. */
export function describeTrace(traced: TracedPacket): string {
  return [
    describePacket(traced),
    '',
    ...(traced.hasRules ? [] : [`There are no ${traced.family} rules: nothing is captured.`, '']),
    ...traced.visits.flatMap(({ hook, table, tests, skipped }) => {
      const hits = tests.filter((test) => test.answer !== 'no');
      const head = `${hook.padEnd(HEAD)}  ${table.padEnd(HEAD - 4)}`;
      if (skipped !== undefined) return [`${head}not asked: ${SKIPPED[skipped]}`];
      if (hits.length === 0) return [`${head}no rule matches`];
      return hits.map(({ rule, answer }, at) => {
        const place = rule.id.startsWith('unread/')
          ? `line ${rule.id.slice(7)}`
          : `${rule.chain} ${rule.id.split('/').at(-1) ?? ''}`;
        const start = at === 0 ? head : ' '.repeat(head.length);
        return `${start}${place.padEnd(PLACE)}${rule.text}${answer === 'unknown' ? '   <- not understood' : ''}`;
      });
    }),
    '',
    describeEnd(traced),
    '',
  ].join('\n');
}

function describePacket({ sent, direction }: TracedPacket): string {
  const at = (address: string, port: number | undefined) =>
    `${address.includes(':') ? `[${address}]` : address}:${port ?? 0}`;
  const owner = sent.owner === undefined ? '' : ` uid ${sent.owner.uid} gid ${sent.owner.gid}`;
  const mark = sent.mark === 0 ? '' : ` mark 0x${sent.mark.toString(16)}`;
  const way = `${at(sent.source, sent.sourcePort)} -> ${at(sent.destination, sent.destinationPort)}`;
  return `${sent.protocol} ${direction === 'in' ? 'arrives' : 'is sent'}: ${way}${owner}${mark} ${sent.state}`;
}

function describeEnd({ outcome, receiver, originalDestination }: TracedPacket): string {
  switch (outcome.kind) {
    case 'delivered': {
      const original =
        originalDestination === undefined
          ? ''
          : `; original destination ${originalDestination.address} port ${originalDestination.port}`;
      return `Ends at port ${outcome.port}: ${RECEIVERS[receiver ?? 'app']}${original}`;
    }
    case 'leaves':
      return `Leaves the pod on ${outcome.interfaceName}, straight to its destination`;
    case 'forwarded':
      return 'Is not for this pod: forwarded';
    case 'dropped':
      return outcome.rule === undefined ? 'Dropped by a policy' : `Dropped by ${outcome.rule.id}`;
    case 'unknown':
      return `Cannot decide: ${outcome.rule.id} (${outcome.rule.text}): ${UNKNOWN[outcome.because]}`;
  }
}
