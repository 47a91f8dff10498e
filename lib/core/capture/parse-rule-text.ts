import { BASE_OPTIONS, MODULE_OPTIONS, type OptionRow, TARGET_ARITY } from './rule-options.data';
import type { Match, Rule, TargetOption } from './rule-types';
import { splitWords, unquoteWord } from './split-words';

type RuleParts = Pick<Rule, 'matches' | 'target' | 'targetOptions' | 'isGoto'>;

const JUMP_OPTIONS: ReadonlySet<string> = new Set(['-j', '-g', '--jump', '--goto']);
const MODULE_OF_PORTS: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'dccp', 'udplite']);

/**
 * Takes a rule's text apart into conditions and target.
 *
 * Input: what follows the chain name, in restore or dump spelling, e.g. `-p tcp ! --dport 15008 -j RETURN`.
 * Output: conditions in written order. What Sidelight does not know is kept as `unknown` with its words, wherever it stands.
 * Never throws.
 * Source: iptables 1.8.9, iptables(8), iptables-extensions(8).
 */
export function parseRuleText(text: string): RuleParts {
  const words = splitWords(text);
  const jumpAt = words.findIndex((word) => JUMP_OPTIONS.has(word));
  const matches = parseMatches(jumpAt < 0 ? words : words.slice(0, jumpAt));
  if (jumpAt < 0) return { matches, target: '', targetOptions: [] };
  const target = words[jumpAt + 1] ?? '';
  const isGoto = words[jumpAt] === '-g' || words[jumpAt] === '--goto';
  return {
    // A jump that names nothing, or an option in place of the name, is no jump.
    matches: target === '' || target.startsWith('-') ? [...matches, unknown('-j', [target])] : matches,
    target,
    targetOptions: parseTargetOptions(words, jumpAt + 2),
    ...(isGoto ? { isGoto } : {}),
  };
}

interface Reader {
  readonly words: readonly string[];
  at: number;
  /** What the last `-m` named, until an option of it was read. */
  pending?: string;
  module?: string;
  protocol?: string;
}

function parseMatches(words: readonly string[]): readonly Match[] {
  const reader: Reader = { words, at: 0 };
  const matches: Match[] = [];
  const bases = new Set<string>();
  while (reader.at < words.length) {
    const isNegated = words[reader.at] === '!';
    if (isNegated) reader.at++;
    const option = words[reader.at] ?? '';
    reader.at++;
    if (!isNegated && (option === '-m' || option === '--match')) {
      matches.push(...bareModule(reader));
      reader.pending = reader.module = words[reader.at] ?? '';
      reader.at++;
      continue;
    }
    const base = BASE_OPTIONS[option];
    if (base !== undefined && !bases.has(base.kind)) {
      const match = readMatch(reader, base, option, isNegated);
      bases.add(base.kind);
      if (base.kind === 'protocol' && !match.isNegated) reader.protocol = match.value;
      matches.push(match);
    } else matches.push(readModuleMatch(reader, option, isNegated));
  }
  return [...matches, ...bareModule(reader)];
}

/** An `-m` without options says something of its own, e.g. `-m tcp`. */
function bareModule(reader: Reader): readonly Match[] {
  const module = reader.pending;
  delete reader.pending;
  return module === undefined ? [] : [{ kind: 'module', isNegated: false, value: module, option: '-m' }];
}

function readModuleMatch(reader: Reader, option: string, isNegated: boolean): Match {
  const module = reader.module ?? reader.protocol ?? '';
  const row = MODULE_OPTIONS[module]?.[option];
  const opens = reader.pending === undefined ? {} : { opensModule: true as const };
  delete reader.pending;
  const named = reader.module === undefined ? {} : { module: reader.module };
  // Ports belong to the protocol that the rule asks for; without it the tools refuse the rule.
  const isOutOfPlace = MODULE_OF_PORTS.has(module) && module !== reader.protocol;
  const match = readMatch(reader, row === undefined || isOutOfPlace ? undefined : row, option, isNegated);
  return { ...match, ...named, ...opens };
}

function readMatch(reader: Reader, row: OptionRow | undefined, option: string, negatedBefore: boolean): Match {
  const { words } = reader;
  let isNegated = negatedBefore;
  // Very old dumps write `--dport ! 80`.
  if (row !== undefined && row.values > 0 && words[reader.at] === '!') {
    isNegated = true;
    reader.at++;
  }
  const start = reader.at;
  while (reader.at < words.length && !isOptionAt(words, reader.at)) reader.at++;
  const values = words.slice(start, reader.at);
  const isKnown = row !== undefined && values.length === row.values;
  if (!isKnown) return { ...unknown(option, values), isNegated };
  const value = row.kind === 'comment' ? values.join(' ') : values.map(unquoteWord).join(' ');
  return { kind: row.kind, isNegated, value, option };
}

function unknown(option: string, values: readonly string[]): Match {
  return { kind: 'unknown', isNegated: false, value: values.join(' '), option };
}

/** `-x`, `--long`, or a `!` that negates what follows. */
function isOptionAt(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (word === '!') return (words[at + 1] ?? '').startsWith('-');
  return word.length > 1 && word.startsWith('-') && !/^-\d/.test(word);
}

function parseTargetOptions(words: readonly string[], start: number): readonly TargetOption[] {
  const options: TargetOption[] = [];
  for (let at = start; at < words.length; ) {
    const option = words[at] ?? '';
    const first = at + 1;
    at = first;
    const most = TARGET_ARITY[option] ?? Number.POSITIVE_INFINITY;
    while (at < words.length && at - first < most && !isOptionAt(words, at)) at++;
    options.push({ option, value: words.slice(first, at).join(' ') });
  }
  return options;
}
