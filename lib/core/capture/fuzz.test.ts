import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMBIENT_DEFAULTS, buildAmbientRules } from './build-ambient-rules';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { guessLocalMarks } from './guess-network';
import { isReadable } from './match-rule';
import { CONNECTION_STATES, type Packet, type PodNetwork, PROTOCOLS } from './packet';
import { parseRuleDump } from './parse-rule-dump';
import { renderSave } from './render-save';
import { type Rule, type RuleSet, TABLE_ORDER } from './rule-types';
import { tracePacket } from './trace-packet';

/** SIDELIGHT_FUZZ=100000 runs as many; without it a sample that `npm test` has time for. */
const RUNS = Number(process.env.SIDELIGHT_FUZZ ?? 2000);
/** Far more than any of these takes on a busy machine: a hang, not a slow run. */
const HANG_MS = 2000;

const template: CaptureConfig = {
  ...PROGRAM_DEFAULTS,
  inboundPortsInclude: '*',
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: '*',
};
const sidecar = (over: Partial<CaptureConfig>) =>
  renderSave(buildRuleSet(buildSidecarRules({ ...template, ...over }, 'ipv4'), 'ipv4'));
const DUMPS: readonly (readonly string[])[] = [
  sidecar({}),
  sidecar({ interceptionMode: 'TPROXY', dropInvalid: true }),
  sidecar({ redirectDns: true, dnsServersV4: ['10.96.0.10'], outboundPortsExclude: '9999' }),
  sidecar({ outboundIpRangesInclude: '10.0.0.0/8', inboundPortsInclude: '80,8080', ownerGroupsInclude: '5,6' }),
  renderSave(buildRuleSet(buildAmbientRules(AMBIENT_DEFAULTS, 'ipv4'), 'ipv4')),
];

/** Pieces that dumps of other programs hold, good and broken. */
const PIECES = [
  '-m string --string "x y" --algo bm',
  '-m set --match-set a dst',
  '-m statistic --mode random --probability 0.5',
  '-m comment --comment "kept apart"',
  '-m addrtype --dst-type LOCAL',
  '-m addrtype --dst-type BLACKHOLE',
  '-m owner --suppl-groups',
  '-m tcp --tcp-flags SYN,ACK SYN',
  '! -i lo',
  '-p all',
  '-j CLUSTERIP --new',
  '-j DNAT --to-destination 10.0.0.1-10.0.0.9',
  '-j REDIRECT --to-ports 1000-2000',
  '-j MARK --set-xmark 0x1/0xzz',
  '-g ISTIO_OUTPUT',
  '-j ISTIO_OUTPUT',
  '-A OUTPUT -m u32 --u32 "0=0" -j DROP',
  '-A PREROUTING -j ISTIO_INBOUND',
  '*nat',
  'COMMIT',
  ':ISTIO_OUTPUT - [0:0]',
  '!',
  '-',
  '"',
  '[1:2] ',
  '0x539',
  '99999999999',
  '::1/128',
];

type Mutation = readonly [kind: number, line: number, at: number, piece: number, char: string];
const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(6),
  fc.nat(),
  fc.nat(),
  fc.nat(),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);

function mutate(lines: readonly string[], [kind, line, at, piece, char]: Mutation): readonly string[] {
  const index = line % lines.length;
  const old = lines[index] ?? '';
  const words = old.split(' ');
  const word = at % words.length;
  const place = at % (old.length + 1);
  const text = PIECES[piece % PIECES.length] ?? '';
  switch (kind) {
    case 0:
      return lines.with(index, old.slice(0, place) + char + old.slice(place));
    case 1:
      return lines.with(index, old.slice(0, place) + old.slice(place + 1));
    case 2:
      return lines.with(index, old.slice(0, place) + char + old.slice(place + 1));
    case 3:
      return lines.with(index, words.with(word, text).join(' '));
    case 4:
      return lines.with(index, words.toSpliced(word, 0, text).join(' '));
    case 5:
      return lines.toSpliced(index, 0, lines[at % lines.length] ?? '');
    default:
      return lines.toSpliced(index, 0, text);
  }
}

const address = fc.constantFrom('10.244.0.10', '127.0.0.1', '127.0.0.6', '10.96.0.10', '203.0.113.9', '10.96.7.7');
const port = fc.constantFrom(53, 80, 8080, 9999, 15001, 15006, 15008, 15020, 15053, 40000);
const id = fc.constantFrom(0, 5, 1000, 1337);
const packets: fc.Arbitrary<readonly [Packet, 'in' | 'out']> = fc
  .record({
    protocol: fc.constantFrom(...PROTOCOLS),
    source: address,
    sourcePort: port,
    destination: address,
    destinationPort: port,
    uid: id,
    gid: id,
    mark: fc.constantFrom(0, 0x1_11, 1337, 1338),
    connectionMark: fc.constantFrom(0, 0x1_11, 1337),
    state: fc.constantFrom(...CONNECTION_STATES),
    direction: fc.constantFrom('in' as const, 'out' as const),
  })
  .map(({ uid, gid, direction, ...rest }) => [
    { ...rest, inInterface: '', outInterface: '', owner: { uid, gid } },
    direction,
  ]);

const cases = fc.tuple(fc.constantFrom(...DUMPS), fc.array(mutation, { minLength: 1, maxLength: 4 }), packets);

const networkOf = (ruleSet: RuleSet): PodNetwork => ({
  addresses: ['10.244.0.10'],
  interfaceName: 'eth0',
  ...guessLocalMarks(ruleSet),
});

/** The same rules with another reading of what was not understood: as if it dropped everything, or were not there. */
function reread(ruleSet: RuleSet, rest: 'drops' | 'is gone'): RuleSet {
  const drop = (rule: Rule): Rule => ({
    ...rule,
    matches: rule.matches.filter(isReadable),
    target: 'DROP',
    targetOptions: [],
  });
  const unread = ruleSet.unread ?? [];
  const isStrange = (rule: Rule) => !rule.matches.every(isReadable);
  return {
    family: ruleSet.family,
    tables: TABLE_ORDER.flatMap((name) => {
      const table = ruleSet.tables.find((one) => one.name === name);
      if (table === undefined) return [];
      const isDropped = rest === 'drops' && unread.some((line) => line.table === undefined || line.table === name);
      const first: Rule = {
        id: '',
        table: name,
        chain: '',
        text: '',
        matches: [],
        target: 'DROP',
        targetOptions: [],
        meaning: { code: '' },
      };
      const chains = table.chains.map((chain) => ({
        ...chain,
        rules: [
          ...(isDropped ? [first] : []),
          ...chain.rules.flatMap((rule) => (isStrange(rule) ? (rest === 'drops' ? [drop(rule)] : []) : [rule])),
        ],
      }));
      return [{ name, chains }];
    }),
  };
}

const NUMBER = '(?:0x[0-9a-fA-F]+|\\d+)';
const CONDITIONS = [
  '-[sd] \\d+\\.\\d+\\.\\d+\\.\\d+(?:/(?:\\d+|\\d+\\.\\d+\\.\\d+\\.\\d+))?',
  '-[io] [^\\s/!"]{1,15}',
  '-p (?:tcp|udp|all|sctp|icmp|\\d+)',
  '-m (?:tcp|udp|multiport|owner|conntrack|mark|connmark|addrtype|comment)',
  '--[ds]port \\d*:?\\d*',
  '--dports [\\d,:]+',
  `--[ug]id-owner \\d+(?:-\\d+)?`,
  '--ctstate (?:NEW|ESTABLISHED|RELATED|INVALID|UNTRACKED|,)+',
  `--mark ${NUMBER}(?:/${NUMBER})?`,
  '--dst-type LOCAL',
  '--comment (?:"[^"]*"?|\\S+)',
  '--tcp-flags [A-Z,]+ [A-Z,]+',
];
/** Written without a look at the parser: all that a rule may consist of for its meaning to be clear. */
const CLEAR = new RegExp(`^(?:(?:! )?(?:${CONDITIONS.join('|')}) )*(?:-[jg] \\S+(?: --\\S+(?: [^\\s-]\\S*)?)*)? $`);
const isClear = ({ text }: Rule) =>
  CLEAR.test(
    `${text
      .replace(/\s+/g, ' ')
      .replace(/ ! (?=[^-])/g, ' ')
      .trim()} `.trimStart(),
  ) || text === '';

describe(`${RUNS} mutated dumps and packets`, () => {
  it('are read and traced without a throw or a hang, and never decided over a rule that was not understood', () => {
    const outcomes: Record<string, number> = {};
    fc.assert(
      fc.property(cases, ([lines, mutations, [packet, direction]]) => {
        const startedAt = performance.now();
        const { ruleSet } = parseRuleDump(mutations.reduce(mutate, lines).join('\n'));
        const { outcome, steps } = tracePacket(ruleSet, packet, direction, networkOf(ruleSet));
        expect(performance.now() - startedAt).toBeLessThan(HANG_MS);
        outcomes[outcome.kind] = (outcomes[outcome.kind] ?? 0) + 1;
        if (outcome.kind === 'unknown') return;
        // Read the strange parts one way or the other: a decided outcome stays the same.
        for (const reading of ['drops', 'is gone'] as const) {
          const other = tracePacket(reread(ruleSet, reading), packet, direction, networkOf(ruleSet));
          if (other.outcome.kind !== 'unknown') expect(other.outcome).toEqual(outcome);
        }
        expect(steps.filter(({ rule }) => !isClear(rule)).map(({ rule }) => rule.text)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(Object.keys(outcomes).sort()).toEqual(['delivered', 'dropped', 'forwarded', 'leaves', 'unknown']);
  }, 600_000);

  it('texts of any kind are read', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(fc.constantFrom(...PIECES)),
        (text, pieces) => {
          const { ruleSet } = parseRuleDump(`${text}\n${pieces.join('\n')}\n${pieces.join(' ')}`);
          renderSave(ruleSet);
        },
      ),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });
});

describe('rules that never end', () => {
  it('chains that call each other', () => {
    const text = '*nat\n:OUTPUT ACCEPT [0:0]\n:A - [0:0]\n:B - [0:0]\n-A OUTPUT -j A\n-A A -j B\n-A B -j A\nCOMMIT';
    const { ruleSet } = parseRuleDump(text);
    const [packet] = fc.sample(packets, { numRuns: 1, seed: 1 })[0] ?? [];
    if (packet === undefined) throw new Error('no packet');
    expect(tracePacket(ruleSet, { ...packet, state: 'NEW' }, 'out', networkOf(ruleSet)).outcome).toMatchObject({
      kind: 'unknown',
      because: 'endless',
    });
  });

  it('chains that call twice, forty deep', () => {
    const names = Array.from({ length: 40 }, (_, index) => `C${index}`);
    const jumps = names.slice(1).flatMap((name, index) => [`-A C${index} -j ${name}`, `-A C${index} -j ${name}`]);
    const text = [
      '*nat',
      ':OUTPUT ACCEPT [0:0]',
      ...names.map((name) => `:${name} - [0:0]`),
      '-A OUTPUT -j C0',
      ...jumps,
      'COMMIT',
    ].join('\n');
    const { ruleSet } = parseRuleDump(text);
    const [packet] = fc.sample(packets, { numRuns: 1, seed: 1 })[0] ?? [];
    if (packet === undefined) throw new Error('no packet');
    expect(tracePacket(ruleSet, { ...packet, state: 'NEW' }, 'out', networkOf(ruleSet)).outcome).toMatchObject({
      kind: 'unknown',
      because: 'endless',
    });
  });
});
