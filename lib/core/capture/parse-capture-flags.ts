import { type CaptureConfig, type CaptureField, PROGRAM_DEFAULTS } from './capture-config';
import { CAPTURE_FLAGS, CAPTURE_VARIABLES, type FlagRow, type TextField } from './capture-flags.data';
import { parseBoolean } from './parse-boolean';

interface SettingOrigin {
  readonly from: 'argument' | 'environment';
  /** The flag as written in the arguments (`-b`), or the variable's name. */
  readonly name: string;
}

export interface ParsedFlags {
  readonly config: CaptureConfig;
  /** Only fields that an argument or a variable set. */
  readonly origins: Readonly<Partial<Record<CaptureField, SettingOrigin>>>;
  /** Long names of boolean flags that are on, e.g. `skip-rule-apply`. */
  readonly switches: ReadonlySet<string>;
}

interface GivenFlag {
  readonly written: string;
  readonly value: string;
}

/**
 * Reads the arguments and environment of `istio-iptables` as the program does.
 *
 * Input: arguments after the command's name; environment values by name.
 * Output: the program's defaults overlaid with the environment, then the arguments; the last of a repeated flag wins.
 * Never throws: unknown flags (logging) are skipped, an unreadable boolean in the environment counts as absent.
 * Source: Istio, tools/istio-iptables/pkg/cmd/root.go; spf13/pflag.
 */
export function parseCaptureFlags(args: readonly string[], env: ReadonlyMap<string, string>): ParsedFlags {
  const given = readArguments(args);
  const config: Record<string, string | boolean> = {};
  const origins: Partial<Record<CaptureField, SettingOrigin>> = {};
  const switches = new Set<string>();
  for (const row of CAPTURE_FLAGS) {
    const found = findValue(row, given, env);
    if (found === undefined) continue;
    if (row.isBoolean && parseBoolean(found.value) === true) switches.add(row.long);
    const field = row.text ?? row.boolean;
    if (field === undefined) continue;
    config[field] = row.isBoolean ? parseBoolean(found.value) === true : found.value;
    origins[field] = found.origin;
  }
  for (const field of VARIABLE_FIELDS) {
    const name = CAPTURE_VARIABLES[field] ?? '';
    const value = env.get(name);
    if (value === undefined) continue;
    config[field] = value;
    origins[field] = { from: 'environment', name };
  }
  return { config: withIdentity({ ...PROGRAM_DEFAULTS, ...config }, origins), origins, switches };
}

const VARIABLE_FIELDS: readonly TextField[] = ['loopbackCidr', 'ownerGroupsInclude', 'ownerGroupsExclude'];

/** An empty uid is the user's (1337 in every image), an empty gid the whole uid list. */
function withIdentity(config: CaptureConfig, origins: ParsedFlags['origins']): CaptureConfig {
  const proxyUid = config.proxyUid === '' ? PROGRAM_DEFAULTS.proxyUid : config.proxyUid;
  const hasGid = origins.proxyGid !== undefined && config.proxyGid !== '';
  return { ...config, proxyUid, proxyGid: hasGid ? config.proxyGid : proxyUid };
}

function findValue(row: FlagRow, given: ReadonlyMap<string, GivenFlag>, env: ReadonlyMap<string, string>) {
  const flag = given.get(row.long);
  if (flag !== undefined) return { value: flag.value, origin: { from: 'argument', name: flag.written } as const };
  const name = row.variables.find((one) => isReadable(row, env.get(one)));
  return name === undefined
    ? undefined
    : { value: env.get(name) ?? '', origin: { from: 'environment', name } as const };
}

function isReadable(row: FlagRow, value: string | undefined): boolean {
  return value !== undefined && (!row.isBoolean || parseBoolean(value) !== undefined);
}

function readArguments(args: readonly string[]): ReadonlyMap<string, GivenFlag> {
  const given = new Map<string, GivenFlag>();
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--') break;
    const { row, written, inline } = readFlag(word);
    if (row === undefined) continue;
    if (inline !== undefined) given.set(row.long, { written, value: inline });
    else if (row.isBoolean) given.set(row.long, { written, value: 'true' });
    else given.set(row.long, { written, value: args[++at] ?? '' });
  }
  return given;
}

/** `--long`, `--long=value`, `-x`, `-x=value`, `-xvalue`. */
function readFlag(word: string): { readonly row?: FlagRow; readonly written: string; readonly inline?: string } {
  const long = /^--([^=]+)(?:=(.*))?$/s.exec(word);
  const short = long === null ? /^-([a-zA-Z])(?:=?(.+)|=)?$/s.exec(word) : null;
  const name = long?.[1] ?? short?.[1];
  // Many flags have no short name, so a word that is no flag must not be compared with it.
  const isNamed = (one: FlagRow) => name !== undefined && (long === null ? one.short : one.long) === name;
  const row = CAPTURE_FLAGS.find(isNamed);
  const inline = long?.[2] ?? (short !== null && word.length > 2 ? (short[2] ?? '') : undefined);
  const written = `${long === null ? '-' : '--'}${name ?? ''}`;
  return { written, ...(row === undefined ? {} : { row }), ...(inline === undefined ? {} : { inline }) };
}

/** Flags that every program of Istio takes; they never change a rule. */
const COMMON_FLAGS = /^--(?:log_\w+|log-\w+|vklog|h$|help$|kubeconfig)/;

/** Words that look like flags and are none of the program's, in written order. */
export function listUnknownFlags(args: readonly string[]): readonly string[] {
  const unknown: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const { row, written, inline } = readFlag(word);
    if (row !== undefined) {
      if (inline === undefined && !row.isBoolean) at++;
    } else if (!COMMON_FLAGS.test(written) || !word.startsWith('-')) unknown.push(word);
    else if (inline === undefined && !(args[at + 1] ?? '-').startsWith('-')) at++;
  }
  return unknown;
}
