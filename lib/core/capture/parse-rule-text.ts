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
  // A jump that names nothing, or an option in place of the name, is no jump.
  const known = target === '' || target.startsWith('-') ? [...matches, unknown('-j', [target])] : matches;
  const targetOptions = jumpAt + 2 < words.length ? parseTargetOptions(words, jumpAt + 2) : NO_OPTIONS;
  return isGoto ? { matches: known, target, targetOptions, isGoto } : { matches: known, target, targetOptions };
}

const NO_OPTIONS: readonly TargetOption[] = [];

interface Reader {
  readonly words: readonly string[];
  at: number;
  /** What the last `-m` named, until an option of it was read. */
  pending: string | undefined;
  module: string | undefined;
  protocol: string | undefined;
}

function parseMatches(words: readonly string[]): readonly Match[] {
  const reader: Reader = { words, at: 0, pending: undefined, module: undefined, protocol: undefined };
  const matches: Match[] = [];
  while (reader.at < words.length) {
    const isNegated = words[reader.at] === '!';
    if (isNegated) reader.at++;
    const option = words[reader.at] ?? '';
    reader.at++;
    if (!isNegated && (option === '-m' || option === '--match')) {
      addBareModule(reader, matches);
      reader.pending = reader.module = words[reader.at] ?? '';
      reader.at++;
      continue;
    }
    const base = BASE_OPTIONS[option];
    if (base !== undefined && !matches.some(({ kind }) => kind === base.kind)) {
      const match = readMatch(reader, base, option, isNegated);
      if (base.kind === 'protocol' && !match.isNegated) reader.protocol = match.value;
      matches.push(match);
    } else matches.push(readModuleMatch(reader, option, isNegated));
  }
  addBareModule(reader, matches);
  return matches;
}

/** An `-m` without options says something of its own, e.g. `-m tcp`. */
function addBareModule(reader: Reader, matches: Match[]): void {
  if (reader.pending === undefined) return;
  matches.push({ kind: 'module', isNegated: false, value: reader.pending, option: '-m' });
  reader.pending = undefined;
}

function readModuleMatch(reader: Reader, option: string, isNegated: boolean): Match {
  const module = reader.module ?? reader.protocol ?? '';
  const row = MODULE_OPTIONS[module]?.[option];
  const opensModule = reader.pending !== undefined;
  reader.pending = undefined;
  // Ports belong to the protocol that the rule asks for; without it the tools refuse the rule.
  const isOutOfPlace = module !== reader.protocol && MODULE_OF_PORTS.has(module);
  const match = readMatch(reader, isOutOfPlace ? undefined : row, option, isNegated);
  if (reader.module === undefined) return match;
  const { kind, value } = match;
  const { module: named } = reader;
  if (opensModule) return { kind, isNegated: match.isNegated, value, option, module: named, opensModule };
  return { kind, isNegated: match.isNegated, value, option, module: named };
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
  const count = reader.at - start;
  if (row === undefined || count !== row.values)
    return { kind: 'unknown', isNegated, value: words.slice(start, reader.at).join(' '), option };
  if (count === 1) {
    const word = words[start] ?? '';
    return { kind: row.kind, isNegated, value: row.kind === 'comment' ? word : unquoteWord(word), option };
  }
  return { kind: row.kind, isNegated, value: words.slice(start, reader.at).map(unquoteWord).join(' '), option };
}

function unknown(option: string, values: readonly string[]): Match {
  return { kind: 'unknown', isNegated: false, value: values.join(' '), option };
}

const DASH = 45;
const ZERO = 48;
const NINE = 57;

/** `-x`, `--long`, or a `!` that negates what follows. */
function isOptionAt(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (word === '!') return (words[at + 1] ?? '').startsWith('-');
  if (word.length < 2 || word.charCodeAt(0) !== DASH) return false;
  const second = word.charCodeAt(1);
  return second < ZERO || second > NINE;
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
