import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildNftRules } from './build-nft-rules';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { judgeEvidence } from './judge-evidence';
import { parseCaptureFlags } from './parse-capture-flags';
import { parseRuleDump } from './parse-rule-dump';
import { renderRestore } from './render-restore';
import { renderSave } from './render-save';
import { listRules, type RuleSet } from './rule-types';

const ROOT = resolve(process.env.SIDELIGHT_VECTORS ?? '../shared');
const list = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);
const read = (path: string) => readFileSync(path, 'utf8');

const vectorFolder = join(ROOT, 'vectors/iptables');
const vectors = list(vectorFolder).filter((name) => name.endsWith('.json'));
const NOT_UNDERSTOOD = (ruleSet: RuleSet) =>
  listRules(ruleSet).filter((rule) => rule.matches.some((match) => match.kind === 'unknown'));

describe.skipIf(vectors.length === 0)('upstream restore texts, read (skipped without the vectors folder)', () => {
  it.each(vectors)('%s: restore -> save -> parser -> save is a fixed point', (name) => {
    const vector: { readonly v4: readonly string[]; readonly v6: readonly string[] } = JSON.parse(
      read(join(vectorFolder, name)),
    );
    for (const family of ['ipv4', 'ipv6'] as const) {
      const restore = family === 'ipv4' ? vector.v4 : vector.v6;
      const parsed = parseRuleDump(restore.join('\n'), { family });
      const save = renderSave(parsed.ruleSet);
      const again = parseRuleDump(save.join('\n'), { family });
      expect(renderSave(again.ruleSet)).toEqual(save);
      expect(parsed.ruleSet.unread).toBeUndefined();
      expect(again.ruleSet.unread).toBeUndefined();
      expect(NOT_UNDERSTOOD(again.ruleSet)).toEqual([]);
    }
  });
});

const runFolder = join(ROOT, 'recorded/iptables');
const runs = list(runFolder).filter((name) => name.endsWith('.txt'));

describe.skipIf(runs.length === 0)('the generator beside its own text, read (skipped without the recordings)', () => {
  it.each(runs)('%s', (name) => {
    const command = /istio-iptables (.*)/.exec(read(join(runFolder, name)))?.[1] ?? '';
    const words = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
    const { config } = parseCaptureFlags(words, new Map());
    const drafts = buildSidecarRules(config, 'ipv4');
    const computed = renderSave(buildRuleSet(drafts, 'ipv4'));
    const parsed = parseRuleDump(renderRestore(drafts).join('\n'));
    expect(parsed.format).toBe('restore');
    expect(renderSave(parsed.ruleSet)).toEqual(computed);
  });
});

const kernelFolder = join(ROOT, 'recorded/dataplane');
const dumps = [
  ...list(join(kernelFolder, 'iptables')).flatMap((one) =>
    list(join(kernelFolder, 'iptables', one)).map((file) => join('iptables', one, file)),
  ),
  ...['sidecar-redirect', 'sidecar-dns-capture'].flatMap((one) =>
    list(join(kernelFolder, one)).map((file) => join(one, file)),
  ),
].filter((path) => /ip6?tables\S*-save/.test(path));

describe.skipIf(dumps.length === 0)(
  'dumps of the real kernel, read and written (skipped without the recordings)',
  () => {
    it.each(dumps)('%s', (name) => {
      const text = read(join(kernelFolder, name));
      const { ruleSet, hasCounters, asides } = parseRuleDump(text);
      expect(ruleSet.unread).toBeUndefined();
      expect(asides).toEqual([]);
      const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      expect(sections(renderSave(ruleSet, { hasCounters }))).toEqual(sections(lines));
      expect(NOT_UNDERSTOOD(ruleSet)).toEqual([]);
    });
  },
);

/** Whole tables, sorted: their order in a dump has no meaning. */
function sections(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .split(/^COMMIT$/m)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .sort();
}

const logged = list(join(kernelFolder, 'iptables')).filter((name) => {
  const command = join(kernelFolder, 'iptables', name, 'command.txt');
  return existsSync(command) && existsSync(join(kernelFolder, 'iptables', name, 'log.txt'));
});

describe.skipIf(logged.length === 0)('logs of the real program as evidence (skipped without the recordings)', () => {
  it.each(logged)('%s', (name) => {
    const words = read(join(kernelFolder, 'iptables', name, 'command.txt'))
      .trimEnd()
      .split(' ');
    const at = words.indexOf('istio-iptables');
    const pairs = words.slice(0, at).filter((word) => word.includes('='));
    const env = new Map(pairs.map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']));
    const { config } = parseCaptureFlags(words.slice(at + 1), env);
    const log = read(join(kernelFolder, 'iptables', name, 'log.txt'));
    const hasServers = config.redirectDns && !config.captureAllDns;
    const seen = { ...config, dnsServersV4: hasServers ? ['10.96.0.10'] : [] };
    const evidence = judgeEvidence(log, [buildRuleSet(buildSidecarRules(seen, 'ipv4'), 'ipv4')], buildNftRules(seen));
    // One recording has a rule of somebody else in the pod beforehand, which is told.
    const isForeign = name === 'redirect-auto-legacy-rule-present';
    expect(evidence).toMatchObject({ kind: isForeign ? 'different' : 'verified', errors: [] });
    const differences = evidence.kind === 'computed' ? [] : evidence.families.flatMap((one) => one.differences);
    expect(differences.map(({ kind }) => kind)).toEqual(isForeign ? ['extra'] : []);
  });
});
