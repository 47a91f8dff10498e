import { type AmbientConfig, buildAmbientRules } from '@/lib/core/capture/build-ambient-rules';
import { buildNftRules } from '@/lib/core/capture/build-nft-rules';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { buildRuleSet } from '@/lib/core/capture/build-rule-set';
import { buildSidecarRules } from '@/lib/core/capture/build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS, splitList } from '@/lib/core/capture/capture-config';
import { findConfigFaults } from '@/lib/core/capture/find-config-faults';
import { listUnknownFlags, parseCaptureFlags } from '@/lib/core/capture/parse-capture-flags';
import { readAmbientConfig } from '@/lib/core/capture/read-ambient-config';
import { renderCommands } from '@/lib/core/capture/render-commands';
import { renderNftCommands } from '@/lib/core/capture/render-nft';
import { renderRestore } from '@/lib/core/capture/render-restore';
import { renderSave } from '@/lib/core/capture/render-save';
import type { Family, RuleDraft } from '@/lib/core/capture/rule-types';
import { familyOfAddress } from '@/lib/core/capture/split-cidrs';
import { sayInEnglish } from './capture-texts';
import type { Command } from './command';
import { InputError, UsageError } from './command';
import { readPod } from './read-pod';

const OUTPUTS = ['restore', 'save', 'commands', 'nft', 'json'] as const;
type Output = (typeof OUTPUTS)[number];

/** Flags of our own; all others are istio-iptables' and go to it unread. */
interface OwnFlags {
  file?: string;
  family?: string;
  output?: string;
  dnsServers?: string;
  ipv6: boolean;
  readonly rest: string[];
}

/** `-o` is also istio-iptables' for ports; a port is a number, so the two never meet. */
function takeOwnFlags(args: readonly string[]): OwnFlags {
  const own: OwnFlags = { ipv6: false, rest: [] };
  for (let at = 0; at < args.length; at++) {
    const [name = '', inline] = splitAt(args[at] ?? '');
    const value = () => {
      const text = inline ?? args[++at];
      if (text === undefined) throw new UsageError(`${name} needs a value`);
      return text;
    };
    if (name === '--ipv6') own.ipv6 = inline !== 'false';
    else if (name === '-f' || name === '--filename') own.file = value();
    else if (name === '--family') own.family = value();
    else if (name === '--dns-servers') own.dnsServers = value();
    else if (name === '--output' || (name === '-o' && isOutput(inline ?? args[at + 1]))) own.output = value();
    else own.rest.push(args[at] ?? '');
  }
  return own;
}

function splitAt(word: string): readonly [name: string, value?: string] {
  const at = word.indexOf('=');
  return at < 0 || !word.startsWith('-') ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

const isOutput = (text: string | undefined): text is Output => OUTPUTS.some((one) => one === text);

interface Computed {
  readonly config: CaptureConfig;
  /** Instead of `config`, for a pod of the ambient mesh. */
  readonly ambient?: AmbientConfig;
  readonly minor?: number | undefined;
  readonly faults: readonly string[];
  readonly settings?: unknown;
}

function fromFlags({ rest, ipv6, dnsServers = '' }: OwnFlags): Computed {
  const unknown = listUnknownFlags(rest)[0];
  if (unknown !== undefined) throw new UsageError(`istio-iptables has no flag "${unknown}"`);
  const env = new Map(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const { config } = parseCaptureFlags(rest, env);
  const servers = splitList(dnsServers).map((server) => server.trim());
  const wrong = servers.find((server) => familyOfAddress(server) === undefined);
  if (wrong !== undefined) throw new UsageError(`--dns-servers "${wrong}" is no address`);
  const complete: CaptureConfig = {
    ...config,
    enableIpv6: ipv6,
    dnsServersV4: servers.filter((server) => familyOfAddress(server) === 'ipv4'),
    dnsServersV6: servers.filter((server) => familyOfAddress(server) === 'ipv6'),
  };
  return { config: complete, faults: findConfigFaults(complete).map(sayInEnglish) };
}

function fromPod(path: string, { rest, ipv6, dnsServers }: OwnFlags): Computed {
  if (rest.length > 0) throw new UsageError(`-f and "${rest[0]}" exclude each other: a pod has its own arguments`);
  const server = dnsServers?.split(',')[0];
  const { settings, verdict, minor } = buildPodCapture(
    readPod(path),
    server === undefined ? {} : { serverAddress: server },
  );
  const ambient = readAmbientConfig(settings);
  if (ambient !== undefined) {
    return { config: { ...PROGRAM_DEFAULTS, enableIpv6: ambient.enableIpv6 }, ambient, faults: [], settings };
  }
  if (settings.config === undefined)
    throw new InputError(`${path}: ${sayInEnglish(verdict)} There are no rules to show.`);
  const config = ipv6 ? { ...settings.config, enableIpv6: true } : settings.config;
  return { config, minor, faults: settings.faults.map(sayInEnglish), settings };
}

function buildDrafts({ config, ambient, minor }: Computed, family: Family): readonly RuleDraft[] {
  return ambient === undefined ? buildSidecarRules(config, family, minor) : buildAmbientRules(ambient, family);
}

export const capture: Command = {
  name: 'capture',
  summary: 'the rules that istio-iptables makes of its flags, or of a pod',
  help: `Usage: sidelight capture [flags of istio-iptables]
       sidelight capture -f pod.yaml

  -f, --filename FILE       a pod as the cluster returns it; - is standard input
  --family ipv4|ipv6        only the rules of one family
  --ipv6                    the pod has an IPv6 address, so that IPv6 rules are made, too
  --dns-servers LIST        the servers of the pod's resolv.conf, for DNS capture
  -o, --output FORMAT       restore (input of iptables-restore, the default), save (what iptables-save shows
                            afterwards), commands (one call of iptables a line), nft (the same
                            as native nftables rules), json

Every flag of istio-iptables is spelled as upstream does: -p -z -e -u -g -m -b -d -c -i -x -q -o -k -t -r,
--redirect-dns, --capture-all-dns, --drop-invalid and the rest; its environment variables count as well.
`,
  async run(args) {
    const own = takeOwnFlags(args);
    const output = own.output ?? 'restore';
    if (!isOutput(output)) throw new UsageError(`--output "${output}" is none of ${OUTPUTS.join(', ')}`);
    const only = own.family;
    if (only !== undefined && only !== 'ipv4' && only !== 'ipv6')
      throw new UsageError(`--family "${only}" is neither ipv4 nor ipv6`);
    const computed = own.file === undefined ? fromFlags(own) : fromPod(own.file, own);
    const { config, ambient, faults, settings } = computed;
    if (faults.length > 0) {
      const place = own.file ?? 'the flags';
      process.stderr.write(faults.map((fault) => `sidelight capture: ${place}: ${fault}\n`).join(''));
      return 1;
    }
    const families = (['ipv4', 'ipv6'] as const).filter(
      (family) => (only ?? family) === family && (family === 'ipv4' || config.enableIpv6),
    );
    const made = families.map((family) => ({ family, drafts: buildDrafts(computed, family) }));
    if (output === 'nft' && ambient !== undefined)
      throw new UsageError('-o nft is for sidecars; the node agent makes the rules of this pod');
    if (output === 'nft') {
      process.stdout.write(`${renderNftCommands(buildNftRules(config)).join('\n')}\n`);
      return 0;
    }
    process.stdout.write(output === 'json' ? toJson(made, config, settings) : toText(made, output));
    return 0;
  },
};

interface Made {
  readonly family: Family;
  readonly drafts: readonly RuleDraft[];
}

function toText(made: readonly Made[], output: Exclude<Output, 'json' | 'nft'>): string {
  const linesOf = ({ family, drafts }: Made) => {
    if (output === 'restore') return renderRestore(drafts);
    return output === 'save' ? renderSave(buildRuleSet(drafts, family)) : renderCommands(drafts, family);
  };
  return made
    .flatMap((one) => [
      // Comments are legal for the tools, and keep the two families apart.
      ...(made.length > 1 && output !== 'commands' ? [`# ${one.family === 'ipv6' ? 'ip6tables' : 'iptables'}`] : []),
      ...linesOf(one),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function toJson(made: readonly Made[], config: CaptureConfig, settings: unknown): string {
  const families = made.map(({ family, drafts }) => {
    const ruleSet = buildRuleSet(drafts, family);
    const say = (rule: { readonly meaning: Parameters<typeof sayInEnglish>[0] }) => sayInEnglish(rule.meaning);
    const tables = ruleSet.tables.map((table) => ({
      ...table,
      chains: table.chains.map((chain) => ({
        ...chain,
        rules: chain.rules.map(({ meaning, ...rule }) => ({ ...rule, meaning: say({ meaning }) })),
      })),
    }));
    return { family, restore: renderRestore(drafts), save: renderSave(ruleSet), tables };
  });
  return `${JSON.stringify({ config, ...(settings === undefined ? {} : { settings }), families }, undefined, 2)}\n`;
}
