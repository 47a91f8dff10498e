import type { NftRule } from './build-nft-rules';
import type { TableName } from './rule-types';
import { toKernelCidr } from './to-kernel-cidr';

const TABLES: readonly TableName[] = ['nat', 'mangle', 'raw'];
/** Order in which the program adds chains. */
const CHAINS = [
  'prerouting',
  'output',
  'istio-divert',
  'istio-tproxy',
  'istio-inbound',
  'istio-redirect',
  'istio-in-redirect',
  'istio-output',
  'istio-output-dns',
  'istio-drop',
] as const;
const PRIORITY: Readonly<Partial<Record<TableName, number>>> = { nat: -100, mangle: -150, raw: -300 };

interface NftTable {
  readonly name: string;
  readonly chains: readonly { readonly name: string; readonly hook?: string; readonly rules: readonly NftRule[] }[];
}

function toTables(rules: readonly NftRule[]): readonly NftTable[] {
  return TABLES.flatMap((table) => {
    const own = rules.filter((rule) => rule.table === table);
    if (own.length === 0) return [];
    const chains = CHAINS.flatMap((name) => {
      const ofChain = own.filter((rule) => rule.chain === name);
      const hook = name === 'prerouting' || name === 'output' ? { hook: hookOf(table, name) } : {};
      return ofChain.length === 0 ? [] : [{ name, ...hook, rules: ofChain }];
    });
    return [{ name: `istio-proxy-${table}`, chains }];
  });
}

function hookOf(table: TableName, hook: string): string {
  const type = table === 'nat' ? 'nat' : table === 'mangle' && hook === 'output' ? 'route' : 'filter';
  return `type ${type} hook ${hook} priority ${PRIORITY[table] ?? 0}`;
}

/**
 * Writes what istio-iptables hands to `nft`: every table with rules anew.
 *
 * Output: lines, as its log shows them; none if there is no rule.
 * Source: Istio, tools/istio-nftables/pkg/capture/run.go, executeCommands.
 */
export function renderNftCommands(rules: readonly NftRule[]): readonly string[] {
  return toTables(rules).flatMap(({ name, chains }) => [
    `add table inet ${name}`,
    `flush table inet ${name}`,
    ...chains.map(
      (chain) => `add chain inet ${name} ${chain.name}${chain.hook === undefined ? '' : ` { ${chain.hook} ; }`}`,
    ),
    ...rules
      .filter((rule) => `istio-proxy-${rule.table}` === name)
      .map(({ chain, insertAt, text }) =>
        insertAt === undefined
          ? `add rule inet ${name} ${chain} ${text}`
          : `insert rule inet ${name} ${chain} index ${insertAt} ${text}`,
      ),
  ]);
}

/**
 * Writes the rule set as `nft list ruleset` shows it afterwards.
 *
 * Source: observed with nft 1.0.6 on Linux 6.18.
 */
export function renderNftList(rules: readonly NftRule[]): readonly string[] {
  return toTables(rules).flatMap(({ name, chains }) => [
    `table inet ${name} {`,
    ...chains.flatMap((chain, index) => [
      ...(index === 0 ? [] : ['']),
      `\tchain ${chain.name} {`,
      ...(chain.hook === undefined ? [] : [`\t\t${listedHook(chain.hook)}; policy accept;`]),
      ...inOrder(chain.rules).map(({ text }) => `\t\t${listedRule(text)}`),
      '\t}',
    ]),
    '}',
  ]);
}

function inOrder(rules: readonly NftRule[]): readonly NftRule[] {
  const placed: NftRule[] = [];
  for (const rule of rules) placed.splice(rule.insertAt ?? placed.length, 0, rule);
  return placed;
}

/** Priorities have names, but -100 has one only where destinations are translated on arrival. */
function listedHook(hook: string): string {
  return hook
    .replace('hook prerouting priority -100', 'hook prerouting priority dstnat')
    .replace('-150', 'mangle')
    .replace('-300', 'raw');
}

const STATES = ['invalid', 'established', 'related', 'new', 'untracked'];

function listedRule(text: string): string {
  const hex = (number: string) => `0x${Number(number).toString(16).padStart(8, '0')}`;
  const isPort = /\b(?:tcp|udp) [ds]port /.test(text);
  return (isPort ? text.replace('meta l4proto tcp ', '') : text)
    .replace(/\b([io]ifname (?:!= )?)(\S+)/g, '$1"$2"')
    .replace(/\b(ip6? [sd]addr (?:!= )?)(\S+)/g, (_all, head: string, range: string) => head + listedRange(range))
    .replace(/(^| )(sk[ug]id )/g, (_all, head: string, key: string) => `${head}meta ${key}`)
    .replace('meta meta ', 'meta ')
    .replace(/\bct state (\S+)/, (_all, list: string) => `ct state ${sortStates(list)}`)
    .replace(
      /(^| )mark (!= )?(\d+)/g,
      (_all, head: string, not = '', mark: string) =>
        `${head}${head.endsWith('meta ') ? '' : 'meta '}mark ${not}${hex(mark)}`,
    )
    .replace(/\bct meta mark /, 'ct mark ')
    .replace(/\bmark set (\d+)/g, (_all, mark: string) => `mark set ${hex(mark)}`)
    .replace('ct mark set mark', 'ct mark set meta mark')
    .replace('counter', 'counter packets 0 bytes 0');
}

function sortStates(list: string): string {
  return list
    .split(',')
    .sort((left, right) => STATES.indexOf(left) - STATES.indexOf(right))
    .join(',');
}

function listedRange(range: string): string {
  return toKernelCidr(range).replace(range.includes(':') ? /\/128$/ : /\/32$/, '');
}
