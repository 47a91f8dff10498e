import { type DumpBuilder, newDump, toRuleDump } from './dump-builder';
import { type DumpLine, readDumpLine } from './read-dump-line';
import type { RuleDump } from './rule-dump';
import { BUILT_IN_CHAINS, type Family, TABLE_ORDER, type TableName } from './rule-types';

interface DumpHints {
  /** Where neither the tool's name nor an address tells it. */
  readonly family?: Family;
  /** The table of an `iptables -S` listing, which does not name it. */
  readonly table?: TableName;
}

/**
 * Reads rules from a text: an `iptables-save` dump (with `-c`, too), input of `iptables-restore`, an `iptables -S` listing,
 * or commands that start with `iptables`.
 *
 * Output: tables, chains and rules as the kernel holds them, inserts resolved. What is not understood is kept: a rule in
 * its chain with `unknown` conditions, any other line in `ruleSet.unread`.
 * Never throws.
 */
export function parseRuleDump(text: string, hints: DumpHints = {}): RuleDump {
  const dump = newDump(hints.family);
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    if (line !== '') readLine(dump, line, at + 1, hints);
  }
  closeListing(dump, hints);
  return toRuleDump(dump);
}

function readLine(dump: DumpBuilder, text: string, number: number, hints: DumpHints): void {
  if (text.startsWith('#')) {
    dump.readComment(text);
    return;
  }
  const line = readDumpLine(text);
  const keep = (table?: TableName) =>
    dump.unread.push({ line: number, text, ...(table === undefined ? {} : { table }) });
  if (line === undefined) {
    // Inside a table every line is about rules; outside, what does not look like one is somebody's prose.
    if (dump.table !== undefined) keep(dump.table);
    else if (/^[[\]*:!-]|^COMMIT|ip6?tables.*(-t|-[A-Z]) /.test(text)) keep();
    else dump.asides.push(text);
    return;
  }
  if (line.kind === 'table') {
    closeListing(dump, hints);
    openTable(dump, line.name, keep);
    return;
  }
  if (line.kind === 'commit') {
    if (dump.table === undefined) keep();
    dump.table = undefined;
    return;
  }
  const table = line.table ?? dump.table ?? listedTable(dump, line, hints);
  if (table === undefined) {
    if (dump.listing === undefined) keep();
    else dump.listing.push({ line, number, text });
  } else if (!dump.place(table, line)) keep(table);
}

function openTable(dump: DumpBuilder, name: string, keep: () => void): void {
  dump.table = TABLE_ORDER.find((table) => table === name);
  if (dump.table === undefined) keep();
  else dump.open(dump.table);
}

/**
 * An `iptables -S` listing does not name its table: lines wait until the policies, which come first, tell which it is.
 * Output: the table if it is known already.
 */
function listedTable(dump: DumpBuilder, line: DumpLine, hints: DumpHints): TableName | undefined {
  if (line.kind === 'policy') {
    const isNext = dump.listing === undefined || dump.listing.some((one) => one.line.kind !== 'policy');
    if (isNext) {
      closeListing(dump, hints);
      dump.listing = [];
      dump.format = 'list';
    }
  }
  return undefined;
}

function closeListing(dump: DumpBuilder, hints: DumpHints): void {
  const { listing } = dump;
  dump.listing = undefined;
  if (listing === undefined) return;
  const chains = listing.flatMap(({ line }) => (line.kind === 'policy' ? [line.chain] : []));
  const table = hints.table ?? TABLE_ORDER.find((name) => isSame(BUILT_IN_CHAINS[name], chains));
  if (table !== undefined) dump.open(table);
  for (const { line, number, text } of listing) {
    if (table === undefined) dump.unread.push({ line: number, text });
    else if (!dump.place(table, line)) dump.unread.push({ line: number, text, table });
  }
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}
