import { INJECTED_FLAGS } from '@/lib/core/capture/example-flags';
/** What istio-iptables finds in the pod's network namespace. */
export type RuleNetwork = 'ipv4' | 'ipv6-first' | 'both';

/** One run of the real `pilot-agent istio-iptables --dry-run`. */
export interface RuleCase {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly network: RuleNetwork;
  /** The nameservers of resolv.conf. */
  readonly servers: readonly string[];
}

type Over = Partial<Pick<RuleCase, 'env' | 'network' | 'servers'>>;

const SERVERS = ['10.96.0.10', 'fd00:10:96::a'];

function run(name: string, args: readonly string[], over: Over = {}): RuleCase {
  return { name, args, env: over.env ?? {}, network: over.network ?? 'ipv4', servers: over.servers ?? SERVERS };
}

/** As the injector's template passes them, with more after: the last of a repeated flag counts. */
const injected = (name: string, more: readonly string[] = [], over: Over = {}) =>
  run(name, [...INJECTED_FLAGS, ...more], over);
const tproxy = (name: string, more: readonly string[] = [], over: Over = {}) =>
  injected(name, ['-m', 'TPROXY', ...more], over);
const variable = (name: string, env: Readonly<Record<string, string>>, more: readonly string[] = []) =>
  injected(name, more, { env });

const MANY_GROUPS = Array.from({ length: 65 }, (_, index) => String(index + 1)).join(',');

/** Argument lists of our own: every option alone, the ones that meet, and what the program refuses. */
export const RULE_CASES: readonly RuleCase[] = [
  run('no arguments', []),
  injected('as injected'),
  injected('IPv6 first', [], { network: 'ipv6-first' }),
  injected('both families without dual stack', [], { network: 'both' }),
  injected('both families with dual stack', ['--dual-stack'], { network: 'both' }),
  injected('dual stack on a pod with IPv4 only', ['--dual-stack']),
  injected('long flags', ['--envoy-port=15101', '--inbound-capture-port', '15106', '--proxy-uid=2000']),
  run('glued short flags', ['-p15101', '-z=15106', '-i*', '-b*', '-u1338']),
  injected('a flag twice', ['-i', '10.0.0.0/8', '-i', '10.96.0.0/16']),
  injected('other ports', ['-p', '16001', '-z', '16006', '-e', '16008']),
  injected('proxy users', ['-u', '1337,1338']),
  injected('proxy groups', ['-g', '2000,3000']),
  injected('proxy user empty', ['-u', '']),
  injected('mode empty', ['-m', '']),
  injected('mode NONE', ['-m', 'NONE']),
  injected('mode in small letters', ['-m', 'tproxy']),
  injected('inbound none', ['-b', '']),
  injected('inbound listed', ['-b', '80,8080']),
  injected('inbound listed with empty elements', ['-b', ',80,,8080,']),
  injected('inbound star in a list', ['-b', '*,80']),
  injected('inbound range of ports', ['-b', '8000:8010', '-d', '9000:9010']),
  injected('inbound excluded', ['-d', '15090,15021,22,9000,15020']),
  injected('inbound excluded none', ['-d', '']),
  injected('ports with blanks', ['-d', '80, 443']),
  injected('outbound none', ['-i', '']),
  injected('outbound ranges', ['-i', '10.0.0.0/8,172.16.0.0/12']),
  injected('outbound ranges with host bits', ['-i', '10.1.2.3/8', '-x', '10.96.7.7/16']),
  injected(
    'outbound ranges of both families',
    ['-i', '10.0.0.0/8,fd00::/8', '-x', '10.1.0.0/16,fd00:1::/32', '--dual-stack'],
    { network: 'both' },
  ),
  injected('outbound IPv6 range on IPv4', ['-i', 'fd00::/8']),
  injected('outbound ranges with loopback', ['-i', '127.0.0.2/32,10.0.0.0/8']),
  injected('outbound ranges with IPv6 loopback', ['-i', '::1/128,10.0.0.0/8', '--dual-stack'], { network: 'both' }),
  injected('outbound range that covers loopback', ['-i', '0.0.0.0/0']),
  injected('outbound excluded', ['-x', '10.1.0.0/16,192.168.0.0/16']),
  injected('outbound excluded of listed', ['-i', '10.0.0.0/8', '-x', '10.1.0.0/16']),
  injected('outbound ports', ['-q', '443,8443']),
  injected('outbound ports excluded', ['-o', '9999,5432']),
  injected('outbound everything', ['-i', '10.0.0.0/8', '-x', '10.1.0.0/16', '-q', '443', '-o', '443,9999']),
  injected('interfaces excluded', ['-c', 'eth1,eth2']),
  injected('interfaces rerouted', ['-k', 'vnet0,vnet1']),
  injected('interfaces rerouted with ranges', ['-k', 'vnet0,vnet1', '-i', '10.0.0.0/8,172.16.0.0/12']),
  injected('interfaces rerouted with IPv6 ranges', ['-k', 'vnet0', '-i', 'fd00::/8', '--dual-stack'], {
    network: 'both',
  }),
  injected('interfaces of both kinds', ['-k', 'vnet0', '-c', 'eth9']),
  tproxy('TPROXY'),
  tproxy('TPROXY with IPv6', ['--dual-stack'], { network: 'both' }),
  tproxy('TPROXY with other marks', ['-t', '42', '-r', '99']),
  tproxy('TPROXY with listed ports', ['-b', '80,8080']),
  tproxy('TPROXY inbound none', ['-b', '']),
  tproxy('TPROXY with interfaces', ['-c', 'eth1', '-k', 'vnet0']),
  tproxy('TPROXY with users and groups', ['-u', '1337,1338', '-g', '1337,2000']),
  tproxy('TPROXY with DNS and invalid packets', ['--redirect-dns', '--drop-invalid']),
  injected('DNS', ['--redirect-dns']),
  injected('DNS with IPv6', ['--redirect-dns', '--dual-stack'], { network: 'both' }),
  injected('DNS of IPv6 servers only', ['--redirect-dns', '--dual-stack'], {
    network: 'both',
    servers: ['fd00:10:96::a'],
  }),
  injected('DNS of two servers', ['--redirect-dns'], { servers: ['10.96.0.10', '169.254.20.10'] }),
  injected('DNS without servers', ['--redirect-dns'], { servers: [] }),
  injected('DNS of every server', ['--redirect-dns', '--capture-all-dns']),
  injected('DNS of every server with IPv6', ['--redirect-dns', '--capture-all-dns', '--dual-stack'], {
    network: 'both',
  }),
  injected('DNS of every server is not enough', ['--capture-all-dns']),
  injected('DNS with groups', ['--redirect-dns', '-g', '2000']),
  injected('DNS switched off again', ['--redirect-dns', '--redirect-dns=false']),
  injected('invalid packets', ['--drop-invalid']),
  injected('invalid packets with IPv6', ['--drop-invalid', '--dual-stack'], { network: 'both' }),
  variable('variables: DNS', { ISTIO_META_DNS_CAPTURE: 'true' }),
  variable('variables: derived names', { REDIRECT_DNS: 'true', CAPTURE_ALL_DNS: 'T' }),
  variable('variables: the extra name goes first', { ISTIO_META_DNS_CAPTURE: 'false', REDIRECT_DNS: 'true' }),
  variable('variables: a boolean that is none', { ISTIO_META_DNS_CAPTURE: 'yes' }),
  variable('variables: arguments win', { ISTIO_SERVICE_CIDR: '10.0.0.0/8', INBOUND_CAPTURE_PORT: '1' }),
  variable('variables: ports of the proxy have none', { ENVOY_PORT: '1', ISTIO_OUTBOUND_PORTS: '443' }),
  variable('variables: invalid packets', { INVALID_DROP: 'true' }),
  variable('variables: loopback', { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '127.0.0.1/8' }),
  variable('variables: groups', { ISTIO_OUTBOUND_OWNER_GROUPS: 'java,202' }),
  variable('variables: groups excluded', { ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE: '1000,nobody' }),
  variable('variables: groups of both kinds', {
    ISTIO_OUTBOUND_OWNER_GROUPS: '1',
    ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE: '2',
  }),
  variable('variables: no groups', { ISTIO_OUTBOUND_OWNER_GROUPS: '' }),
  variable('logging flags', {}, ['--log_output_level=default:info', '--log_stacktrace_level', 'default:none']),
  injected('validation alone', ['--run-validation', '--skip-rule-apply']),
  injected('nftables', ['--native-nftables']),
  injected('nftables with IPv6', ['--native-nftables', '--dual-stack'], { network: 'both' }),
  tproxy('nftables, TPROXY', ['--native-nftables']),
  tproxy('nftables, TPROXY with IPv6 and listed ports', ['--native-nftables', '--dual-stack', '-b', '80'], {
    network: 'both',
  }),
  injected('nftables, DNS', ['--native-nftables', '--redirect-dns', '--dual-stack'], { network: 'both' }),
  injected('nftables, DNS of every server', [
    '--native-nftables',
    '--redirect-dns',
    '--capture-all-dns',
    '--drop-invalid',
  ]),
  injected(
    'nftables, everything else',
    [
      '--native-nftables',
      '-i',
      '10.0.0.0/8,fd00::/8',
      '-x',
      '10.1.0.0/16',
      '-q',
      '443',
      '-o',
      '9999',
      '-c',
      'eth1',
      '-k',
      'vnet0',
      '-b',
      '80,8080',
      '--dual-stack',
    ],
    { network: 'both' },
  ),
  injected('refused: a range without length', ['-i', '10.0.0.0']),
  injected('refused: a range that is none', ['-x', '10.0.0.0/8,foo/8']),
  injected('refused: a length out of range', ['-i', '10.0.0.0/33']),
  injected('refused: a blank before a range', ['-i', '10.0.0.0/8, 172.16.0.0/12']),
  injected('refused: a star to exclude', ['-x', '*']),
  injected('refused: a star among ranges', ['-i', '*,10.0.0.0/8']),
  injected('refused: a binary that is none', ['--force-iptables-binary', 'foo']),
  variable('refused: a loopback range elsewhere', { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '10.0.0.0/8' }),
  variable('refused: a loopback range that is none', { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: 'foo' }),
  variable('refused: a loopback range too wide', { ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '127.0.0.0/7' }),
  variable('refused: too many groups', { ISTIO_OUTBOUND_OWNER_GROUPS: MANY_GROUPS }),
  variable('many groups to exclude', { ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE: MANY_GROUPS }),
];
