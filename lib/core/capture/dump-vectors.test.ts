import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
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
