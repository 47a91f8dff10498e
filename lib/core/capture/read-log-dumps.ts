import type { Family } from './rule-types';

/** A rule text found in a log. */
export interface LogDump {
  readonly family: Family;
  readonly source: 'final-state' | 'restore-input';
  readonly text: string;
}

export interface LogReading {
  readonly dumps: readonly LogDump[];
  readonly hasNftables: boolean;
  /** What was fed to `nft`, line by line; the last time counts. */
  readonly nftLines: readonly string[];
  /** Lines of level error, and what the tools print when they refuse a line. */
  readonly errors: readonly string[];
}

/** The time that `kubectl logs --timestamps` puts before every line. */
const KUBELET_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) /;
const LOGGED = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t(\w+)\t(.*)$/;
const FINAL = /^Final ip(6?)tables state \((IPv[46])\):$/;
const INPUT = /^Running ip(6?)tables[ -]restore with(?:: \S+ and)? the following input:$/;
const INPUT_BY_TOOL = /^Running (?:iptables|ip6tables) restore with: ip6tables/;
const ERROR_LINES = /^(?:iptables|ip6tables|nft)\S* v?[\d.]+|^error|Error occurred at line/i;

/**
 * Finds the rules that istio-init prints: what it feeds to `iptables-restore`, and what `iptables-save` shows afterwards.
 *
 * Input: the container's whole log, with or without times before the lines.
 * Output: in the log's order; a container that ran twice prints everything twice.
 * Source: Istio, tools/istio-iptables/pkg/capture/run.go, executeCommands; observed with 1.31.
 */
export function readLogDumps(log: string): LogReading {
  const dumps: LogDump[] = [];
  const errors: string[] = [];
  let hasNftables = false;
  let isNft = false;
  let nftLines: string[] = [];
  let open: { readonly head: Omit<LogDump, 'text'>; readonly lines: string[] } | undefined;
  const close = () => {
    if (open !== undefined) dumps.push({ ...open.head, text: open.lines.join('\n') });
    open = undefined;
  };
  for (const raw of log.split('\n')) {
    const line = stripTime(raw);
    const logged = LOGGED.exec(line);
    if (logged === null) {
      if (isNft && /^(?:add|insert|flush) /.test(line)) nftLines.push(line);
      else if (open !== undefined && isRuleLine(line)) open.lines.push(line);
      else if (line.trim() !== '') {
        close();
        if (ERROR_LINES.test(line)) errors.push(line);
      }
      continue;
    }
    close();
    const [, level = '', message = ''] = logged;
    if (level === 'error') errors.push(message);
    isNft = message.startsWith('nftables rules programmed');
    if (isNft) {
      hasNftables = true;
      nftLines = [];
    }
    const head = readHead(message);
    if (head !== undefined) open = { head, lines: [] };
  }
  close();
  return { dumps, hasNftables, nftLines, errors };
}

/** A line that the program logs starts with a time, too, so only one of two is the kubelet's. */
function stripTime(line: string): string {
  const rest = line.replace(KUBELET_TIME, '');
  return rest === line || LOGGED.test(line) ? line : rest;
}

function isRuleLine(line: string): boolean {
  return line === '' || /^(?:[#*:[]|-[A-Z] |COMMIT$)/.test(line);
}

function readHead(message: string): Omit<LogDump, 'text'> | undefined {
  const final = FINAL.exec(message);
  if (final !== null) return { family: final[2] === 'IPv6' ? 'ipv6' : 'ipv4', source: 'final-state' };
  const input = INPUT.exec(message);
  if (input === null) return undefined;
  const isIpv6 = input[1] === '6' || INPUT_BY_TOOL.test(message);
  return { family: isIpv6 ? 'ipv6' : 'ipv4', source: 'restore-input' };
}
