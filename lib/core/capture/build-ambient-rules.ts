import { PORT, splitList } from './capture-config';
import { append, ruleMeaning } from './rule-draft';
import type { Family, RuleDraft, TableName } from './rule-types';

/** The inputs of the node agent's in-pod rules. */
export interface AmbientConfig {
  readonly capturesDns: boolean;
  /** A gateway of the mesh receives its traffic directly. */
  readonly bypassesInbound: boolean;
  /** Comma list, as the annotation has it. */
  readonly virtualInterfaces: string;
  readonly enableIpv6: boolean;
  /** What the kubelet's probes come from, by family. */
  readonly probeAddresses: Readonly<Record<Family, string>>;
}

export const AMBIENT_DEFAULTS: AmbientConfig = {
  capturesDns: true,
  bypassesInbound: false,
  virtualInterfaces: '',
  enableIpv6: true,
  probeAddresses: { ipv4: '169.254.7.127', ipv6: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff' },
};

/** Mark of ztunnel's own packets, and the bits of a mark that the rules look at. */
export const ZTUNNEL_MARK = 0x5_39;
export const AMBIENT_MARK_MASK = 0xf_ff;

/** The same as rules write it, and the mark of connections that ztunnel opened. */
const ZTUNNEL = '0x539/0xfff';
const RETURN_PATH = '0x111/0xfff';
/** The part of the mark that the routing rule for the return path looks at, and what it has to be. */
export const AMBIENT_LOCAL_MARK = { mark: 0x1_11, mask: AMBIENT_MARK_MASK } as const;

const PRERT = 'ISTIO_PRERT';
const OUTPUT = 'ISTIO_OUTPUT';

/**
 * Computes the rules that the node agent installs in a pod of the ambient mesh, in its own order.
 *
 * Output: the rules of one family in emission order; none for IPv6 unless it is enabled.
 * Source: Istio, cni/pkg/iptables/iptables.go, AppendInpodRules.
 */
export function buildAmbientRules(config: AmbientConfig, family: Family): readonly RuleDraft[] {
  if (family === 'ipv6' && !config.enableIpv6) return [];
  return [
    ...jumps(config),
    ...virtualInterfaceRules(config),
    rule('mangle', PRERT, `-m mark --mark ${ZTUNNEL} -j CONNMARK --set-xmark ${RETURN_PATH}`, 'save-mark'),
    ...inboundRules(config, family),
    rule(
      'mangle',
      OUTPUT,
      `-m connmark --mark ${RETURN_PATH} -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff`,
      'restore-mark',
    ),
    ...(config.capturesDns ? dnsRules(family) : []),
    ...outboundRules(family),
  ];
}

function rule(table: TableName, chain: string, text: string, code: string): RuleDraft {
  return append(table, chain, text, ruleMeaning(`ambient-${code}`));
}

const loop = (family: Family) => (family === 'ipv4' ? '127.0.0.1/32' : '::1/128');

function jumps({ capturesDns }: AmbientConfig): readonly RuleDraft[] {
  return [
    rule('mangle', 'PREROUTING', `-j ${PRERT}`, 'inbound-jump'),
    rule('mangle', 'OUTPUT', `-j ${OUTPUT}`, 'outbound-jump'),
    rule('nat', 'OUTPUT', `-j ${OUTPUT}`, 'outbound-jump'),
    ...(capturesDns
      ? [
          rule('raw', 'PREROUTING', `-j ${PRERT}`, 'inbound-jump'),
          rule('raw', 'OUTPUT', `-j ${OUTPUT}`, 'outbound-jump'),
        ]
      : []),
    rule('nat', 'PREROUTING', `-j ${PRERT}`, 'inbound-jump'),
  ];
}

function virtualInterfaceRules({ virtualInterfaces }: AmbientConfig): readonly RuleDraft[] {
  const names = splitList(virtualInterfaces)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.flatMap((name) => [
    rule('nat', PRERT, `-i ${name} -p tcp -j REDIRECT --to-ports ${PORT.outbound}`, 'virtual-interface'),
    rule('nat', PRERT, `-i ${name} -p tcp -j RETURN`, 'virtual-interface-rest'),
  ]);
}

function inboundRules({ bypassesInbound, probeAddresses }: AmbientConfig, family: Family): readonly RuleDraft[] {
  const probe = probeAddresses[family];
  const fromProbe = rule('nat', PRERT, `-s ${probe} -p tcp -m tcp -j ACCEPT`, 'probe');
  const toProbe = rule('nat', OUTPUT, `-d ${probe} -p tcp -m tcp -j ACCEPT`, 'probe');
  const text = `! -d ${loop(family)} -p tcp ! --dport ${PORT.tunnel} -m mark ! --mark ${ZTUNNEL} -j REDIRECT --to-ports ${PORT.inbound}`;
  return bypassesInbound ? [toProbe] : [fromProbe, toProbe, rule('nat', PRERT, text, 'inbound-rest')];
}

function dnsRules(family: Family): readonly RuleDraft[] {
  const notZtunnel = `-m mark ! --mark ${ZTUNNEL}`;
  return [
    rule('nat', OUTPUT, `! -o lo -p udp ${notZtunnel} -m udp --dport 53 -j REDIRECT --to-port ${PORT.dns}`, 'dns'),
    rule(
      'nat',
      OUTPUT,
      `! -d ${loop(family)} -p tcp --dport 53 ${notZtunnel} -j REDIRECT --to-ports ${PORT.dns}`,
      'dns',
    ),
    rule('raw', OUTPUT, `-p udp -m mark --mark ${ZTUNNEL} -m udp --dport 53 -j CT --zone 1`, 'dns-zone'),
    rule('raw', PRERT, `-p udp ${notZtunnel} -m udp --sport 53 -j CT --zone 1`, 'dns-zone'),
  ];
}

function outboundRules(family: Family): readonly RuleDraft[] {
  return [
    rule('nat', OUTPUT, `-p tcp -m mark --mark ${RETURN_PATH} -j ACCEPT`, 'return-path'),
    rule('nat', OUTPUT, `! -d ${loop(family)} -o lo -j ACCEPT`, 'inside'),
    rule(
      'nat',
      OUTPUT,
      `! -d ${loop(family)} -p tcp -m mark ! --mark ${ZTUNNEL} -j REDIRECT --to-ports ${PORT.outbound}`,
      'outbound-rest',
    ),
  ];
}
