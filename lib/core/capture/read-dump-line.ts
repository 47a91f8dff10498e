import type { RuleCounter, TableName } from './rule-types';
import { TABLE_ORDER } from './rule-types';

interface OfTable {
  /** Only commands (`iptables -t nat -A ...`) name it on the line. */
  readonly table?: TableName;
}

/** A line about a chain or a rule, or one that opens or closes a table. */
export type DumpLine =
  | (OfTable & { readonly kind: 'chain'; readonly chain: string })
  | (OfTable & {
      readonly kind: 'policy';
      readonly chain: string;
      readonly policy: string;
      readonly counter?: RuleCounter;
    })
  | (OfTable & {
      readonly kind: 'rule';
      readonly chain: string;
      /** Counted from 1; absent appends. */
      readonly insertAt?: number;
      readonly text: string;
      readonly counter?: RuleCounter;
    })
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'commit' };

const COUNTED = /^\[(\d{1,20}):(\d{1,20})\] /;
const CHAIN_LINE = /^:(\S+) (\S+)(?: \[(\d{1,20}):(\d{1,20})\])?$/;
const RULE_LINE = /^(?:-A|--append) (\S+)(?: (.*))?$/;
const INSERT_LINE = /^(?:-I|--insert) (\S+)(?: (\d{1,6}))?(?: (.*))?$/;
const COMMAND =
  /^(?:\S*\/)?ip6?tables(?:-nft|-legacy)?(?: -w(?: \d+)?| --wait(?:[= ]\d+)?)*(?: -t (\S+))?(?: -w(?: \d+)?)? (-.*)$/;

/**
 * Reads one line of a rule text.
 *
 * Input: trimmed, no comment, not empty.
 * Output: nothing for a line that is none of those that make rules.
 */
export function readDumpLine(text: string): DumpLine | undefined {
  if (text.startsWith('-A ')) return readAppended(text, 3);
  const counted = text.startsWith('[') ? COUNTED.exec(text) : null;
  if (counted !== null) return withCounter(readRule(text.slice(counted[0].length)), toCounter(counted[1], counted[2]));
  if (text.startsWith('*')) return { kind: 'table', name: text.slice(1).trim() };
  if (text === 'COMMIT') return { kind: 'commit' };
  const chain = CHAIN_LINE.exec(text);
  if (chain !== null) return readChain(chain);
  return text.startsWith('-') ? readCommand(text) : readProgramCall(text);
}

function toCounter(packets: string | undefined, bytes: string | undefined): RuleCounter {
  return { packets: Number(packets), bytes: Number(bytes) };
}

function readRule(text: string): DumpLine | undefined {
  const parts = RULE_LINE.exec(text);
  return parts === null ? undefined : { kind: 'rule', chain: parts[1] ?? '', text: (parts[2] ?? '').trim() };
}

/** The usual line, taken apart without a pattern: dumps have thousands of them. */
function readAppended(text: string, start: number): DumpLine | undefined {
  const blank = text.indexOf(' ', start);
  if (blank === start || text.charCodeAt(start) === TAB) return undefined;
  if (blank < 0) return { kind: 'rule', chain: text.slice(start), text: '' };
  return { kind: 'rule', chain: text.slice(start, blank), text: text.slice(blank + 1).trim() };
}

const TAB = 9;

function withCounter(line: DumpLine | undefined, counter: RuleCounter): DumpLine | undefined {
  return line?.kind === 'rule' ? { ...line, counter } : undefined;
}

function readChain([, chain = '', policy = '', packets, bytes]: RegExpExecArray): DumpLine {
  const counter = packets === undefined ? {} : { counter: toCounter(packets, bytes) };
  return policy === '-' ? { kind: 'chain', chain } : { kind: 'policy', chain, policy, ...counter };
}

function readCommand(text: string): DumpLine | undefined {
  const created = /^(?:-N|--new-chain) (\S+)$/.exec(text);
  if (created !== null) return { kind: 'chain', chain: created[1] ?? '' };
  const policy = /^(?:-P|--policy) (\S+) (\S+)$/.exec(text);
  if (policy !== null) return { kind: 'policy', chain: policy[1] ?? '', policy: policy[2] ?? '' };
  const inserted = INSERT_LINE.exec(text);
  if (inserted === null) return readRule(text);
  const [, chain = '', position, rule = ''] = inserted;
  return { kind: 'rule', chain, insertAt: Number(position ?? 1), text: rule.trim() };
}

/** `iptables -t nat -A OUTPUT ...`; without `-t` it is the filter table. */
function readProgramCall(text: string): DumpLine | undefined {
  const call = COMMAND.exec(text);
  const line = call === null ? undefined : readCommand(call[2] ?? '');
  const table = TABLE_ORDER.find((name) => name === (call?.[1] ?? 'filter'));
  return line === undefined || table === undefined || line.kind === 'table' || line.kind === 'commit'
    ? undefined
    : { ...line, table };
}
