import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RULE_CASES, type RuleCase, type RuleNetwork } from './rule-cases.data';

/** What the real program printed about its rules. */
export interface RuleAnswer {
  readonly code: number | null;
  /** From the first rule text to the last, without times. */
  readonly rules: string;
  /** The last line of a run that failed. */
  readonly error: string;
}

export interface RecordedRules extends RuleCase {
  readonly answer: RuleAnswer;
}

const FILE = join(process.cwd(), 'tests', 'recorded', 'iptables', 'rules.json');

export async function readRules(): Promise<readonly RecordedRules[]> {
  return JSON.parse(await readFile(FILE, 'utf8'));
}

/** One case a line, so that a change of one shows as one. */
export async function writeRules(recorded: readonly RecordedRules[]): Promise<void> {
  await writeFile(FILE, `[\n${recorded.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
}

const ADDRESSES: Readonly<Record<RuleNetwork, readonly string[]>> = {
  ipv4: ['10.244.0.10/24'],
  'ipv6-first': ['fd00:244::10/64'],
  both: ['10.244.0.10/24', 'fd00:244::10/64'],
};

/** The program looks at its interfaces and resolv.conf, so each run has namespaces and a resolv.conf of its own. */
const SCRIPT = `set -e
ip link set lo up
ip link add eth0 type veth peer name other
for address in $ADDRESSES; do ip addr add "$address" dev eth0; done
mount --bind "$RESOLV_CONF" /etc/resolv.conf
unset ADDRESSES RESOLV_CONF
exec "$@"`;

/** Why the program cannot be run here; nothing where it can. */
export function findRecordObstacle(): string | undefined {
  const tried = spawnSync('unshare', [
    '-r',
    '-n',
    '-m',
    'ip',
    'link',
    'add',
    'eth0',
    'type',
    'veth',
    'peer',
    'name',
    'other',
  ]);
  return tried.status === 0 ? undefined : "namespaces of one's own (unshare -r -n -m) and veth pairs are not available";
}

/** Runs the real generator on every case; it changes nothing, since it only prints (--dry-run). */
export async function recordRules(pilotAgent: string): Promise<readonly RecordedRules[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sidelight-rules-'));
  const resolvConf = join(folder, 'resolv.conf');
  try {
    const recorded: RecordedRules[] = [];
    for (const one of RULE_CASES) {
      await writeFile(resolvConf, one.servers.map((server) => `nameserver ${server}\n`).join(''));
      recorded.push({ ...one, answer: runOnce(pilotAgent, one, resolvConf) });
    }
    return recorded;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function runOnce(pilotAgent: string, { args, env, network }: RuleCase, resolvConf: string): RuleAnswer {
  const words = ['-r', '-n', '-m', 'sh', '-c', SCRIPT, 'sh', pilotAgent, 'istio-iptables', ...args, '--dry-run'];
  const variables = {
    NODE_ENV: 'production' as const,
    PATH: process.env.PATH ?? '',
    ADDRESSES: ADDRESSES[network].join(' '),
    RESOLV_CONF: resolvConf,
    ...env,
  };
  const done = spawnSync('unshare', words, { encoding: 'utf8', env: variables });
  const lines = `${done.stdout}\n${done.stderr}`.split('\n').filter((line) => !/^\d{4}\/|^WARNING/.test(line));
  const errors = lines.flatMap((line) => /\terror\t(.*)$/.exec(line)?.[1] ?? []);
  return { code: done.status, rules: rulesOf(lines), error: done.status === 0 ? '' : (errors.at(-1) ?? '') };
}

/** Rule texts and the sentences that say what they are. */
function rulesOf(lines: readonly string[]): string {
  const kept: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const message = /^\S+Z\t\w+\t(.*)$/.exec(line)?.[1];
    if (message !== undefined) isOpen = /^(?:Running ip6?tables|nftables rules programmed)/.test(message);
    if (isOpen && line.trim() !== '') kept.push(message ?? line);
  }
  return kept.join('\n');
}
