import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INJECTED_FLAGS } from '@/lib/core/capture/example-flags';
import { captureOutput } from '@/tests/capture-output';
import { capture } from './capture';
import { runCommand } from './run-command';
import { trace } from './trace';

const folder = mkdtempSync(join(tmpdir(), 'sidelight-capture-'));
const at = (name: string) => join(folder, name);
const pod = (args: readonly string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: {
    initContainers: [{ name: 'istio-init', args: ['istio-iptables', ...args] }],
    containers: [{ name: 'istio-proxy' }],
  },
  status: { podIP: '10.244.0.10' },
});

const run = (command: typeof capture, ...args: string[]) => captureOutput(() => runCommand(command, args));

beforeAll(async () => {
  writeFileSync(at('pod.json'), JSON.stringify(pod(INJECTED_FLAGS)));
  const ambientPod = {
    ...pod([]),
    metadata: { name: 'web', annotations: { 'ambient.istio.io/redirection': 'enabled' } },
    spec: { containers: [{ name: 'app' }] },
  };
  writeFileSync(at('ambient.json'), JSON.stringify(ambientPod));
  writeFileSync(at('bad.json'), JSON.stringify(pod([...INJECTED_FLAGS, '-i', '10.0.0.0'])));
  writeFileSync(at('deployment.yaml'), 'kind: Deployment\nspec: {template: {spec: {containers: [{name: web}]}}}\n');
  writeFileSync(at('nft.txt'), 'table inet a {\n\tchain b {\n\t\tcounter accept\n\t}\n}\n');
  writeFileSync(at('broken.yaml'), 'a: b\n c: [\n');
  writeFileSync(at('rules.txt'), (await run(capture, ...INJECTED_FLAGS, '-o', 'save')).out);
  writeFileSync(
    at('odd.txt'),
    '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -m string --string a -j REDIRECT --to-ports 15001\nCOMMIT\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('sidelight capture', () => {
  it('writes the same rules from flags and from a pod', async () => {
    const flags = await run(capture, ...INJECTED_FLAGS);
    expect(flags).toMatchObject({ code: 0, err: '' });
    expect(flags.out).toContain('* nat\n-N ISTIO_INBOUND\n');
    expect((await run(capture, '-f', at('pod.json'))).out).toBe(flags.out);
  });

  it('tells an output from ports after -o', async () => {
    const { out } = await run(capture, ...INJECTED_FLAGS, '-o', '9999', '-o', 'save');
    expect(out).toContain('-A ISTIO_OUTPUT -p udp -m udp --dport 9999 -j RETURN\n');
  });

  it('writes both families, or the one that is asked for', async () => {
    const both = await run(
      capture,
      ...INJECTED_FLAGS,
      '--ipv6',
      '--redirect-dns',
      '--dns-servers',
      '10.96.0.10,fd00::a',
    );
    expect(both.out).toMatch(/^# iptables\n[\s\S]*-d 10\.96\.0\.10\/32[\s\S]*# ip6tables\n[\s\S]*-d fd00::a\/128/);
    const one = await run(capture, ...INJECTED_FLAGS, '--ipv6', '--family', 'ipv6');
    expect(one.out).not.toContain('127.0.0.1');
    expect(one.out).toContain('::1/128');
  });

  it('writes the rules of an ambient pod', async () => {
    const { out } = await run(capture, '-f', at('ambient.json'), '--family', 'ipv4');
    expect(out).toContain('-A ISTIO_PRERT -s 169.254.7.127 -p tcp -m tcp -j ACCEPT\n');
    const traced = await run(trace, '-f', at('ambient.json'), '--direction', 'in', '--dport', '80');
    expect(traced.out).toContain('Ends at port 15006');
  });

  it('writes commands', async () => {
    const { out } = await run(capture, ...INJECTED_FLAGS, '-o', 'commands');
    expect(out).toContain(
      "iptables -t nat -A ISTIO_OUTPUT -o lo '!' -d 127.0.0.1/32 -p tcp '!' --dport 15008 -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT\n",
    );
  });

  it('writes rules of nftables', async () => {
    const { out } = await run(capture, ...INJECTED_FLAGS, '-o', 'nft');
    expect(out).toContain('add rule inet istio-proxy-nat output counter jump istio-output\n');
  });

  it('writes JSON with what each rule means', async () => {
    const { out } = await run(capture, ...INJECTED_FLAGS, '-o', 'json');
    const { families } = JSON.parse(out);
    expect(families[0].tables[0].chains[0].rules[0].meaning).toBe('All TCP that arrives: check');
  });

  it.each<readonly [string, readonly string[], number, RegExp]>([
    ['a bad range', ['-i', '10.0.0.0'], 1, /^sidelight capture: the flags: 10\.0\.0\.0 is not an address range.*\n$/],
    ['a bad range of a pod', ['-f', at('bad.json')], 1, /bad\.json: 10\.0\.0\.0 is not/],
    ['an unknown flag', ['--foo'], 2, /no flag "--foo"/],
    ['a bad output', ['--output', 'xml'], 2, /"xml" is none of/],
    ['a bad family', ['--family', 'ipx'], 2, /"ipx"/],
    ['a bad server', ['--dns-servers', 'dns'], 2, /"dns" is no address/],
    ['a pod with flags', ['-f', at('pod.json'), '-i', '*'], 2, /exclude each other/],
    ['a pod without sidecar', ['-f', at('deployment.yaml')], 1, /deployment\.yaml: Nothing is captured/],
    ['no YAML', ['-f', at('broken.yaml')], 1, /broken\.yaml:\d+: this is not YAML/],
    ['no file', ['-f', at('none')], 1, /none: ENOENT/],
  ])('refuses %s', async (_name, args, code, says) => {
    const ran = await run(capture, ...args);
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).toMatch(says);
  });
});

describe('sidelight trace', () => {
  const asks = ['--direction', 'out', '--dst', '10.96.7.7', '--dport', '80'];

  it('names rules and receiver, from a dump and from a pod', async () => {
    const { code, out } = await run(trace, '--rules', at('rules.txt'), ...asks);
    expect(code).toBe(0);
    expect(out).toContain('ISTIO_REDIRECT 1            -p tcp -j REDIRECT --to-ports 15001\n');
    expect(out).toContain("Ends at port 15001: Envoy's outbound listener; original destination 10.96.7.7 port 80\n");
    expect((await run(trace, '-f', at('pod.json'), ...asks)).out).toContain('Ends at port 15001');
  });

  it('follows the proxy itself out of the pod', async () => {
    const { out } = await run(trace, '--rules', at('rules.txt'), ...asks, '--uid', '1337');
    expect(out).toContain('Leaves the pod on eth0');
  });

  it('reads both families of one file', async () => {
    const { out } = await run(capture, ...INJECTED_FLAGS, '--ipv6', '-o', 'save');
    writeFileSync(at('both.txt'), out);
    const six = ['--direction', 'out', '--dst', '2001:db8::9', '--dport', '80'];
    expect((await run(trace, '--rules', at('both.txt'), ...asks)).out).toContain('Ends at port 15001');
    expect((await run(trace, '--rules', at('both.txt'), ...six)).out).toContain('Ends at port 15001');
    expect((await run(trace, '--rules', at('rules.txt'), ...six)).out).toContain('There are no ipv6 rules');
  });

  it('cannot decide what it does not understand, and names it', async () => {
    const { out } = await run(trace, '--rules', at('odd.txt'), ...asks);
    expect(out).toContain(
      'Cannot decide: nat/OUTPUT/1 (-m string --string a -j REDIRECT --to-ports 15001): its condition',
    );
  });

  it('writes JSON', async () => {
    const { out } = await run(trace, '--rules', at('rules.txt'), ...asks, '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      family: 'ipv4',
      receiver: 'envoy-outbound',
      outcome: { kind: 'delivered', port: 15001 },
      originalDestination: { address: '10.96.7.7', port: 80 },
    });
  });

  it.each<readonly [string, readonly string[], number, RegExp]>([
    ['no rules and no pod', asks, 2, /either --rules or -f/],
    ['no port', ['--rules', at('rules.txt'), '--direction', 'in'], 2, /--dport is needed/],
    ['no direction', ['--rules', at('rules.txt'), '--dport', '1'], 2, /--direction is in or out/],
    ['a bad address', ['--rules', at('rules.txt'), '--direction', 'out', '--dst', 'web', '--dport', '1'], 2, /web/],
    ['rules of nftables', ['--rules', at('nft.txt'), ...asks], 1, /nft\.txt:1: these are rules of nftables/],
    ['a file without rules', ['--rules', at('broken.yaml'), ...asks], 1, /broken\.yaml:1: no rules here/],
  ])('refuses %s', async (_name, args, code, says) => {
    const ran = await run(trace, ...args);
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).toMatch(says);
  });
});
