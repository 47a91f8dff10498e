import type { Match, MatchKind, Rule, TargetOption } from './rule-types';

type RuleParts = Pick<Rule, 'matches' | 'target' | 'targetOptions'>;

const BASE_OPTIONS: Readonly<Record<string, MatchKind>> = {
  '-s': 'source',
  '--source': 'source',
  '-d': 'destination',
  '--destination': 'destination',
  '-i': 'in-interface',
  '--in-interface': 'in-interface',
  '-o': 'out-interface',
  '--out-interface': 'out-interface',
  '-p': 'protocol',
  '--protocol': 'protocol',
};

/** Options of match modules; those without a row stay opaque. */
const MODULE_OPTIONS: Readonly<Record<string, MatchKind>> = {
  'tcp --dport': 'destination-port',
  'tcp --sport': 'source-port',
  'udp --dport': 'destination-port',
  'udp --sport': 'source-port',
  'multiport --dports': 'destination-ports',
  'multiport --sports': 'source-ports',
  'owner --uid-owner': 'uid-owner',
  'owner --gid-owner': 'gid-owner',
  'owner --socket-exists': 'socket-exists',
  'conntrack --ctstate': 'connection-state',
  'mark --mark': 'mark',
  'connmark --mark': 'connection-mark',
};

const PORT_OPTIONS = new Set(['--dport', '--sport', '--destination-port', '--source-port']);

/**
 * Takes a rule's text apart into conditions and target.
 *
 * Input: what follows the chain name, in restore or dump spelling, e.g. `-p tcp ! --dport 15008 -j RETURN`.
 * Output: conditions in written order. An option that Sidelight does not know is kept as `unknown` with its words.
 * Never throws.
 */
export function parseRuleText(text: string): RuleParts {
  const words = splitWords(text);
  const jumpAt = words.findIndex((word) => word === '-j' || word === '-g' || word === '--jump' || word === '--goto');
  const conditions = jumpAt < 0 ? words : words.slice(0, jumpAt);
  const target = jumpAt < 0 ? '' : (words[jumpAt + 1] ?? '');
  return {
    matches: parseMatches(conditions),
    target,
    targetOptions: parseOptions(jumpAt < 0 ? [] : words.slice(jumpAt + 2)),
  };
}

/** Splits at blanks; double quotes keep a word together, a backslash escapes inside them. */
function splitWords(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
}

function parseMatches(words: readonly string[]): readonly Match[] {
  const matches: Match[] = [];
  let module: string | undefined;
  let moduleIsUsed = true;
  const flushBareModule = () => {
    if (module !== undefined && !moduleIsUsed)
      matches.push({ kind: 'module', isNegated: false, value: module, option: '-m' });
  };
  for (let at = 0; at < words.length; ) {
    const { isNegated, option, values, next } = takeOption(words, at);
    at = next;
    if (option === '-m' || option === '--match') {
      flushBareModule();
      module = values[0] ?? '';
      moduleIsUsed = false;
      continue;
    }
    const base = BASE_OPTIONS[option];
    const value = values.join(' ');
    if (base !== undefined) {
      matches.push({ kind: base, isNegated, value, option });
      continue;
    }
    moduleIsUsed = true;
    matches.push({
      ...moduleMatch(option, module),
      isNegated,
      value,
      option,
      ...(module === undefined ? {} : { module }),
    });
  }
  flushBareModule();
  return matches;
}

function moduleMatch(option: string, module: string | undefined): { readonly kind: MatchKind } {
  const owner = module !== undefined && `${module} ${option}` in MODULE_OPTIONS ? module : 'tcp';
  // A port option right after `-p tcp` or `-p udp` needs no `-m`.
  if (owner !== module && !PORT_OPTIONS.has(option)) return { kind: 'unknown' };
  return { kind: MODULE_OPTIONS[`${owner} ${option}`] ?? 'unknown' };
}

function parseOptions(words: readonly string[]): readonly TargetOption[] {
  const options: TargetOption[] = [];
  for (let at = 0; at < words.length; ) {
    const { isNegated, option, values, next } = takeOption(words, at);
    options.push({ option, value: [...(isNegated ? ['!'] : []), ...values].join(' ') });
    at = next;
  }
  return options;
}

/** One option from `start`: an optional `!` on either side, the option, the words up to the next option. */
function takeOption(words: readonly string[], start: number) {
  let next = start;
  let isNegated = words[next] === '!';
  if (isNegated) next++;
  const option = words[next] ?? '';
  next++;
  const values: string[] = [];
  for (let word = words[next]; word !== undefined && !/^-{1,2}[a-zA-Z]/.test(word); word = words[next]) {
    const isNextNegation = word === '!' && /^-/.test(words[next + 1] ?? '');
    if (isNextNegation) break;
    if (word === '!') isNegated = true;
    else values.push(word);
    next++;
  }
  return { isNegated, option, values, next };
}
