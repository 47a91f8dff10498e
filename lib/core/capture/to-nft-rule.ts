import type { NftRule } from './build-nft-rules';
import { parseRuleText } from './parse-rule-text';
import type { Family, Match, MatchKind, Rule, RuleDraft } from './rule-types';

/** `ISTIO_OUTPUT_DNS` is `istio-output-dns` there. */
function toNftChain(chain: string): string {
  return chain.toLowerCase().replaceAll('_', '-');
}

/** Where the program writes the port without the protocol in front of it. */
const WITHOUT_PROTOCOL: ReadonlySet<string> = new Set([
  'excluded-outbound-port',
  'included-outbound-port',
  'dns-server',
]);
/** Where the address follows the port. */
const ADDRESS_LAST: ReadonlySet<string> = new Set(['dns-zone-app-query', 'dns-zone-server-answer']);

type Parts = Pick<Rule, 'matches' | 'target' | 'targetOptions'>;

/** Says a rule in the words that istio-iptables uses for nftables. */
export function toNftRule({ table, chain, insertAt, text, meaning }: RuleDraft, family: Family): NftRule {
  const parts = parseRuleText(text);
  const code = meaning.code.replace('capture.rule.', '');
  const say = (...kinds: MatchKind[]) =>
    parts.matches.filter(({ kind }) => kinds.includes(kind)).map((match) => sayMatch(match, parts, table, family));
  const address = say('source', 'destination');
  const isTcp = parts.matches.some(({ kind, value }) => kind === 'protocol' && value === 'tcp');
  // Only TCP is dropped here, where iptables drops everything that is invalid.
  const namesProtocol = (isTcp && !WITHOUT_PROTOCOL.has(code)) || code === 'invalid-packets';
  const words = [
    ...say('in-interface', 'out-interface'),
    ...(namesProtocol ? ['meta l4proto tcp'] : []),
    ...(ADDRESS_LAST.has(code) ? [] : address),
    ...say('connection-state'),
    ...say('source-port', 'destination-port', 'destination-ports'),
    ...(ADDRESS_LAST.has(code) ? address : []),
    ...say('mark', 'connection-mark', 'uid-owner', 'gid-owner'),
    sayTarget(parts, family),
  ];
  return {
    table,
    chain: toNftChain(chain),
    ...(insertAt === undefined ? {} : { insertAt: insertAt - 1 }),
    text: words.join(' '),
    meaning,
  };
}

function sayMatch({ kind, isNegated, value }: Match, { matches }: Parts, table: string, family: Family): string {
  const not = isNegated ? '!= ' : '';
  const ip = family === 'ipv4' ? 'ip' : 'ip6';
  const protocol = matches.find((match) => match.kind === 'protocol')?.value ?? 'tcp';
  // In table raw the program spells the key out.
  const meta = table === 'raw' ? 'meta ' : '';
  switch (kind) {
    case 'in-interface':
      return `iifname ${not}${value}`;
    case 'out-interface':
      return `oifname ${not}${value}`;
    case 'source':
      return `${ip} saddr ${not}${value}`;
    case 'destination':
      return `${ip} daddr ${not}${value}`;
    case 'connection-state':
      return `ct state ${not}${value.toLowerCase()}`;
    case 'source-port':
      return `${protocol} sport ${not}${value}`;
    case 'destination-port':
      return `${protocol} dport ${not}${value}`;
    case 'destination-ports':
      return `${protocol} dport ${not}{ ${value.split(',').join(', ')} }`;
    case 'mark':
      return `mark ${not}${value}`;
    case 'connection-mark':
      return `ct mark ${not}${value}`;
    case 'uid-owner':
      return `${meta}skuid ${not}${value}`;
    case 'gid-owner':
      return `${meta}skgid ${not}${value}`;
    default:
      return '';
  }
}

function sayTarget({ target, targetOptions }: Parts, family: Family): string {
  const option = (...names: string[]) => targetOptions.find((one) => names.includes(one.option))?.value;
  switch (target) {
    case 'RETURN':
    case 'ACCEPT':
    case 'DROP':
      return `counter ${target.toLowerCase()}`;
    case 'REDIRECT':
      return `counter redirect to :${option('--to-ports', '--to-port') ?? ''}`;
    case 'MARK':
      return `counter meta mark set ${option('--set-mark') ?? ''}`;
    case 'CONNMARK':
      return option('--save-mark') === undefined ? 'counter meta mark set ct mark' : 'counter ct mark set mark';
    case 'CT':
      return `counter ct zone set ${option('--zone') ?? ''}`;
    case 'TPROXY': {
      const mark = option('--tproxy-mark')?.split('/')[0] ?? '';
      const ip = family === 'ipv4' ? 'ip' : 'ip6';
      return `tproxy ${ip} to :${option('--on-port') ?? ''} meta mark set ${mark} counter accept`;
    }
    default:
      return `counter jump ${toNftChain(target)}`;
  }
}
