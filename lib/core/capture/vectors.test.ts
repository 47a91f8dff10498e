import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Pod } from '@/lib/core/kube/pod-types';
import { buildPodCapture } from './build-pod-capture';
import { buildRuleSet } from './build-rule-set';
import { buildSidecarRules } from './build-sidecar-rules';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import { parseCaptureFlags } from './parse-capture-flags';
import { renderRestore } from './render-restore';
import { renderSave } from './render-save';

const ROOT = resolve(process.env.SIDELIGHT_VECTORS ?? '../shared');
const readText = (path: string) => readFileSync(path, 'utf8');
const listFolder = (path: string) => (existsSync(path) ? readdirSync(path).sort() : []);

const FIELDS: Readonly<Record<string, keyof CaptureConfig>> = {
  ProxyPort: 'proxyPort',
  InboundCapturePort: 'inboundCapturePort',
  InboundTunnelPort: 'inboundTunnelPort',
  ProxyUID: 'proxyUid',
  ProxyGID: 'proxyGid',
  InboundInterceptionMode: 'interceptionMode',
  InboundTProxyMark: 'tproxyMark',
  InboundTProxyRouteTable: 'tproxyRouteTable',
  InboundPortsInclude: 'inboundPortsInclude',
  InboundPortsExclude: 'inboundPortsExclude',
  OwnerGroupsInclude: 'ownerGroupsInclude',
  OwnerGroupsExclude: 'ownerGroupsExclude',
  OutboundPortsInclude: 'outboundPortsInclude',
  OutboundPortsExclude: 'outboundPortsExclude',
  OutboundIPRangesInclude: 'outboundIpRangesInclude',
  OutboundIPRangesExclude: 'outboundIpRangesExclude',
  RerouteVirtualInterfaces: 'rerouteVirtualInterfaces',
  ExcludeInterfaces: 'excludeInterfaces',
  RedirectDNS: 'redirectDns',
  CaptureAllDNS: 'captureAllDns',
  DropInvalid: 'dropInvalid',
  DualStack: 'dualStack',
  EnableIPv6: 'enableIpv6',
  DNSServersV4: 'dnsServersV4',
  DNSServersV6: 'dnsServersV6',
  HostIPv4LoopbackCidr: 'loopbackCidr',
  NativeNftables: 'nativeNftables',
};

interface Vector {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

function toConfig(upstream: Vector['config']): CaptureConfig {
  const known = Object.entries(FIELDS).filter(([key]) => key in upstream);
  return { ...PROGRAM_DEFAULTS, ...Object.fromEntries(known.map(([key, field]) => [field, upstream[key]])) };
}

const vectorFolder = join(ROOT, 'vectors/iptables');
const vectors = listFolder(vectorFolder).filter((name) => name.endsWith('.json'));

describe.skipIf(vectors.length === 0)('upstream restore texts (skipped without the vectors folder)', () => {
  it.each(vectors)('%s', (name) => {
    const vector: Vector = JSON.parse(readText(join(vectorFolder, name)));
    const config = toConfig(vector.config);
    expect(renderRestore(buildSidecarRules(config, 'ipv4'))).toEqual(vector.v4);
    expect(renderRestore(buildSidecarRules(config, 'ipv6'))).toEqual(vector.v6);
  });
});

const runFolder = join(ROOT, 'recorded/iptables');
const runs = listFolder(runFolder).filter((name) => name.endsWith('.txt'));

describe.skipIf(runs.length === 0)('dry runs of the real program (skipped without the recordings)', () => {
  it.each(runs)('%s', (name) => {
    const lines = readText(join(runFolder, name)).split('\n');
    const command = lines.find((line) => line.startsWith('$ ')) ?? '';
    const { config } = parseCaptureFlags(
      command
        .slice(command.indexOf('istio-iptables') + 15)
        .split(' ')
        .map(unquote),
      new Map(),
    );
    const start = lines.findIndex((line) => line.startsWith('* '));
    const end = lines.lastIndexOf('COMMIT');
    expect(start).toBeGreaterThan(0);
    expect(renderRestore(buildSidecarRules(config, 'ipv4'))).toEqual(lines.slice(start, end + 1));
  });
});

const podFile = join(ROOT, 'recorded/full/pods.json');
const recordedPods: readonly Pod[] = existsSync(podFile) ? JSON.parse(readText(podFile)).items : [];
const runByWorkload = existsSync(join(runFolder, 'index.tsv'))
  ? readText(join(runFolder, 'index.tsv'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
  : [];

const captured = recordedPods.flatMap((pod) => {
  const { namespace = '', name = '' } = pod.metadata;
  const run = runByWorkload.find(([, workload = '']) => isOf(`${namespace}/${name}`, workload))?.[0];
  return run === undefined ? [] : [{ key: `${namespace}/${name}`, pod, run }];
});

/** A pod's name is its workload's, with up to two generated parts. */
function isOf(pod: string, workload: string): boolean {
  return (
    pod === workload || (pod.startsWith(`${workload}-`) && /^(-[a-z0-9]{1,10}){1,2}$/.test(pod.slice(workload.length)))
  );
}

describe.skipIf(captured.length === 0)(
  'recorded pods give the rules that their init container made (skipped without them)',
  () => {
    it.each(captured.map((one) => [one.key, one] as const))('%s', (_key, { pod, run }) => {
      const lines = readText(join(runFolder, `${run}.txt`)).split('\n');
      const want = lines.slice(
        lines.findIndex((line) => line.startsWith('* ')),
        lines.lastIndexOf('COMMIT') + 1,
      );
      expect(buildPodCapture(pod).families[0]?.restore.trimEnd().split('\n')).toEqual(want);
    });
  },
);

function unquote(word: string): string {
  return word.replace(/^'(.*)'$/, '$1');
}

const dumpFolder = join(ROOT, 'recorded/dataplane/iptables');
const isComputed = (name: string) =>
  !name.startsWith('native-nftables') && existsSync(join(dumpFolder, name, 'command.txt'));
const dumps = listFolder(dumpFolder).filter(isComputed);

describe.skipIf(dumps.length === 0)('dumps of the real kernel (skipped without the recordings)', () => {
  it.each(dumps)('%s', (name) => {
    const words = readText(join(dumpFolder, name, 'command.txt'))
      .trimEnd()
      .split(' ');
    const at = words.indexOf('istio-iptables');
    const variables = words.slice(0, at).filter((word) => word.includes('='));
    const env = new Map(variables.map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']));
    const { config } = parseCaptureFlags(words.slice(at + 1), env);
    const seen = { ...config, dnsServersV4: config.redirectDns ? ['10.96.0.10'] : [] };
    const ruleSet = buildRuleSet(buildSidecarRules(seen, 'ipv4'), 'ipv4');
    const dumped = readDumps(name).find((text) => text.includes('ISTIO_INBOUND')) ?? '';
    expect(toTables(renderSave(ruleSet))).toEqual(toTables(dumped.split('\n')));
  });
});

function readDumps(name: string): readonly string[] {
  const files = listFolder(join(dumpFolder, name)).filter((file) => file.startsWith('iptables-save-c'));
  return files.map((file) => readText(join(dumpFolder, name, file)));
}

/** Tables by name, so that their order does not count; counters, comments and tables that Istio did not touch fall away. */
function toTables(lines: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const tables: Record<string, string[]> = {};
  let current = '';
  for (const line of lines) {
    if (line.startsWith('*')) current = line;
    else if (line.startsWith(':') || /^(\[\d+:\d+\] )?-A/.test(line)) {
      tables[current] = [
        ...(tables[current] ?? []),
        line.replace(/^\[\d+:\d+\] /, '').replace(/\[\d+:\d+\]$/, '[0:0]'),
      ];
    }
  }
  return Object.fromEntries(Object.entries(tables).filter(([, own]) => own.some((line) => line.includes('ISTIO_'))));
}
