import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildNftRules } from './build-nft-rules';
import { parseCaptureFlags } from './parse-capture-flags';
import { parseNftList } from './parse-nft-list';
import { renderNftList } from './render-nft';

const folder = join(resolve(process.env.SIDELIGHT_VECTORS ?? '../shared'), 'recorded/dataplane/iptables');
const names = existsSync(folder)
  ? readdirSync(folder).filter((name) => {
      const command = join(folder, name, 'command.txt');
      return existsSync(command) && readFileSync(command, 'utf8').includes('--native-nftables');
    })
  : [];

describe.skipIf(names.length === 0)('native nftables of the real kernel (skipped without the recordings)', () => {
  it.each(names)('%s', (name) => {
    const words = readFileSync(join(folder, name, 'command.txt'), 'utf8')
      .trimEnd()
      .split(' ');
    const at = words.indexOf('istio-iptables');
    const env = new Map(
      words.slice(0, at).flatMap((word): [string, string][] => {
        const [key = '', value] = word.split('=');
        return value === undefined ? [] : [[key, value]];
      }),
    );
    const { config } = parseCaptureFlags(words.slice(at + 1), env);
    const listed = readFileSync(join(folder, name, 'nft-ruleset.txt'), 'utf8');
    const own = listed
      .slice(listed.indexOf('table inet istio-proxy'))
      .replace(/packets \d+ bytes \d+/g, 'packets 0 bytes 0');
    const seen = { ...config, dnsServersV4: config.redirectDns ? ['10.96.0.10'] : [] };
    expect(`${renderNftList(buildNftRules(seen)).join('\n')}\n`).toBe(own);
  });
});

const listings = existsSync(folder)
  ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'nft-ruleset.txt')))
  : [];

describe.skipIf(listings.length === 0)('listings of nft, read and written (skipped without the recordings)', () => {
  it.each(listings)('%s', (name) => {
    const text = readFileSync(join(folder, name, 'nft-ruleset.txt'), 'utf8');
    const lines = text.split('\n').map((line) => line.trim());
    const tables = parseNftList(text) ?? [];
    const written = tables.flatMap((table) => [
      `table ${table.family} ${table.name} {`,
      ...table.chains.flatMap(({ name: chain, hook, rules }) => [
        `chain ${chain} {`,
        ...(hook === undefined ? [] : [hook]),
        ...rules.map(({ text: rule, counter }) =>
          rule.replace('counter', `counter packets ${counter?.packets} bytes ${counter?.bytes}`),
        ),
        '}',
      ]),
      '}',
    ]);
    expect(tables.every(({ others }) => others.length === 0)).toBe(true);
    expect(written).toEqual(lines.filter((line) => line !== '' && !line.startsWith('#')));
  });
});

it('says of another text that it is no listing', () => {
  expect(parseNftList('*nat\nCOMMIT')).toBeUndefined();
  expect(parseNftList('')).toBeUndefined();
});
