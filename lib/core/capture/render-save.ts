import type { Family, Match, MatchKind, Rule, RuleCounter, RuleSet, TargetOption } from './rule-types';
import { toKernelCidr } from './to-kernel-cidr';

const BASE_ORDER: readonly MatchKind[] = ['source', 'destination', 'in-interface', 'out-interface', 'protocol'];

interface SaveOptions {
  /** As `iptables-save -c`: how often each rule was met. */
  readonly hasCounters?: boolean;
}

/**
 * Writes a rule set as `iptables-save` shows it after loading: the kernel's spelling, not the program's.
 *
 * Input: a rule set of one family, computed or parsed.
 * Output: lines without the comments that name tool and time; counters that are not known are zero.
 * Source: observed on Linux 6.18 with iptables 1.8.9, both backends.
 */
export function renderSave(ruleSet: RuleSet, { hasCounters = false }: SaveOptions = {}): readonly string[] {
  const count = (one: RuleCounter | undefined) => `[${one?.packets ?? 0}:${one?.bytes ?? 0}]`;
  const head = (rule: Rule) => (hasCounters ? `${count(rule.counter)} ` : '');
  return ruleSet.tables.flatMap((table) => [
    `*${table.name}`,
    ...table.chains.map(
      ({ name, policy, counter }) => `:${name} ${policy ?? '-'} ${count(hasCounters ? counter : undefined)}`,
    ),
    ...table.chains.flatMap((chain) => chain.rules.map((rule) => head(rule) + renderSavedRule(rule, ruleSet.family))),
    'COMMIT',
  ]);
}

/** One rule as a dump shows it, e.g. `-A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN`. */
export function renderSavedRule(rule: Rule, family: Family): string {
  const base = BASE_ORDER.flatMap((kind) => rule.matches.filter((match) => match.kind === kind));
  const rest = rule.matches.filter((match) => !BASE_ORDER.includes(match.kind));
  const protocol = base.find((match) => match.kind === 'protocol')?.value;
  return [
    `-A ${rule.chain}`,
    ...base.flatMap((match) => renderBase(match)),
    ...renderModules(rest, protocol),
    ...(rule.target === ''
      ? []
      : [`${rule.isGoto === true ? '-g' : '-j'} ${rule.target}`, ...renderTarget(rule, family)]),
  ].join(' ');
}

function renderBase(match: Match): readonly string[] {
  const isAddress = match.kind === 'source' || match.kind === 'destination';
  const value = isAddress ? toKernelCidr(match.value) : match.value;
  // A range of length 0 matches everything, so the tools store no condition.
  if (isAddress && !match.isNegated && value.endsWith('/0')) return [];
  return [negation(match), `${shortOption(match.kind)} ${value}`].filter((word) => word !== '');
}

function shortOption(kind: MatchKind): string {
  switch (kind) {
    case 'source':
      return '-s';
    case 'destination':
      return '-d';
    case 'in-interface':
      return '-i';
    case 'out-interface':
      return '-o';
    default:
      return '-p';
  }
}

function renderModules(matches: readonly Match[], protocol: string | undefined): readonly string[] {
  let open: string | undefined;
  return matches.flatMap((match) => {
    if (match.kind === 'module') {
      open = match.value;
      return [`-m ${match.value}`];
    }
    // A port right after `-p` has its `-m` written by the tools.
    const module = match.module ?? (isPlainPort(match) ? protocol : undefined);
    const isOpen = match.opensModule !== true && (match.module !== undefined || module === open);
    const head = module === undefined || isOpen ? [] : [`-m ${module}`];
    open = module;
    return [...head, negation(match), match.option, toKernelValue(match)].filter((word) => word !== '');
  });
}

function isPlainPort(match: Match): boolean {
  return match.kind === 'destination-port' || match.kind === 'source-port';
}

function negation(match: Match): string {
  return match.isNegated ? '!' : '';
}

function toKernelValue(match: Match): string {
  if (match.kind === 'mark' || match.kind === 'connection-mark') return toHexMark(match.value);
  return match.value;
}

function renderTarget(rule: Rule, family: Family): readonly string[] {
  const words = (options: readonly TargetOption[]) => options.map(({ option, value }) => `${option} ${value}`.trim());
  const optionValue = (option: string) => rule.targetOptions.find((one) => one.option === option)?.value ?? '';
  const first = rule.targetOptions[0]?.option;
  if (rule.target === 'REDIRECT' && first === '--to-port') return [`--to-ports ${optionValue('--to-port')}`];
  if (rule.target === 'MARK' && first === '--set-mark')
    return [`--set-xmark ${toHexMark(optionValue('--set-mark'))}/0xffffffff`];
  const copiesMark = first === '--save-mark' || first === '--restore-mark';
  if (rule.target === 'CONNMARK' && copiesMark && rule.targetOptions.length === 1) {
    return [...words(rule.targetOptions), '--nfmask 0xffffffff', '--ctmask 0xffffffff'];
  }
  if (rule.target === 'TPROXY' && optionValue('--on-ip') === '') {
    const [mark = '', mask = '0xffffffff'] = optionValue('--tproxy-mark').split('/');
    const anyAddress = family === 'ipv4' ? '0.0.0.0' : '::';
    return [
      `--on-port ${optionValue('--on-port')}`,
      `--on-ip ${anyAddress}`,
      `--tproxy-mark ${toHexMark(mark)}/${mask}`,
    ];
  }
  return words(rule.targetOptions);
}

function toHexMark(text: string): string {
  return text
    .split('/')
    .map((part) => (/^\d+$/.test(part) ? `0x${Number(part).toString(16)}` : part))
    .join('/');
}
