import type { Container, Pod } from '@/lib/core/kube/pod-types';
import { CNI_DEFAULTS, FIELD_ANNOTATIONS } from './capture-annotations';
import { type CaptureConfig, PORT, PROGRAM_DEFAULTS, PROXY_USER, splitList } from './capture-config';
import type { TextField } from './capture-flags.data';
import type { CaptureSetting, CaptureSettingKey, SettingSource } from './capture-settings';
import { parseBoolean } from './parse-boolean';

interface Found {
  readonly value: string;
  readonly from: SettingSource;
  readonly source: string;
}

/** Ports that the plugin always leaves alone. Source: Istio, cni/pkg/plugin/sidecar_redirect.go, NewRedirect. */
const ALWAYS_EXCLUDED = [PORT.agentStatus, PORT.proxyHealth, PORT.proxyMetrics].map(String);

const ANNOTATED: readonly TextField[] = [
  'interceptionMode',
  'inboundPortsInclude',
  'inboundPortsExclude',
  'outboundIpRangesInclude',
  'outboundIpRangesExclude',
  'outboundPortsInclude',
  'outboundPortsExclude',
  'excludeInterfaces',
  'rerouteVirtualInterfaces',
];

interface CniReading {
  readonly config: CaptureConfig;
  readonly settings: readonly CaptureSetting[];
}

/**
 * Reads what the CNI plugin makes of a pod: annotations, the proxy container's environment and identity.
 *
 * Output: the generator's input and each setting with its place; addresses and DNS servers are the caller's.
 * Source: Istio, cni/pkg/plugin/sidecar_redirect.go, NewRedirect; plugin.go.
 */
export function readCniSettings(pod: Pod, proxy: Container | undefined): CniReading {
  const found = new Map<CaptureSettingKey, Found>([
    ...ANNOTATED.map((field) => [field, readAnnotation(pod, field)] as const),
    ['proxyUid', readIdentity(proxy, 'runAsUser')],
    ['proxyGid', readIdentity(proxy, 'runAsGroup')],
    ['redirectDns', readSwitch(proxy, 'ISTIO_META_DNS_CAPTURE')],
    ['captureAllDns', readSwitch(proxy, 'ISTIO_META_DNS_CAPTURE')],
    ['dropInvalid', readSwitch(proxy, 'INVALID_DROP')],
    ['dualStack', readSwitch(proxy, 'ISTIO_DUAL_STACK')],
  ]);
  const text = (key: CaptureSettingKey) => found.get(key)?.value ?? '';
  const config: CaptureConfig = {
    ...PROGRAM_DEFAULTS,
    ...Object.fromEntries(ANNOTATED.map((field) => [field, text(field)])),
    proxyUid: text('proxyUid'),
    proxyGid: text('proxyGid'),
    redirectDns: text('redirectDns') === 'true',
    captureAllDns: text('captureAllDns') === 'true',
    dropInvalid: text('dropInvalid') === 'true',
    dualStack: text('dualStack') === 'true',
  };
  return { config, settings: [...found].map(([key, one]) => ({ key, ...one, defaultValue: cniDefault(key) })) };
}

function cniDefault(key: CaptureSettingKey): string {
  const table: Readonly<Partial<Record<CaptureSettingKey, string | boolean>>> = { ...programTexts(), ...CNI_DEFAULTS };
  return String(table[key] ?? '');
}

function programTexts(): Readonly<Partial<Record<CaptureSettingKey, string | boolean>>> {
  const { dnsServersV4: _v4, dnsServersV6: _v6, ...rest } = PROGRAM_DEFAULTS;
  return rest;
}

function readAnnotation(pod: Pod, field: TextField): Found {
  const annotations = pod.metadata.annotations ?? {};
  const source = FIELD_ANNOTATIONS[field]?.find((name) => name in annotations);
  const value = source === undefined ? (CNI_DEFAULTS[field] ?? '') : (annotations[source] ?? '');
  const effective = field === 'inboundPortsExclude' ? withOwnPorts(value) : value;
  return { value: effective, from: source === undefined ? 'default' : 'annotation', source: source ?? '' };
}

function withOwnPorts(list: string): string {
  // The plugin trims the list, not its elements.
  return [...new Set([...splitList(list.trim()), ...ALWAYS_EXCLUDED])].join(',');
}

function readIdentity(proxy: Container | undefined, field: 'runAsUser' | 'runAsGroup'): Found {
  const value = proxy?.securityContext?.[field];
  return typeof value === 'number' && value !== 0
    ? { value: String(value), from: 'container', source: `securityContext.${field}` }
    : { value: PROXY_USER, from: 'default', source: '' };
}

function readSwitch(proxy: Container | undefined, name: string): Found {
  const value = parseBoolean(proxy?.env?.find((one) => one.name === name)?.value);
  return value === undefined
    ? { value: 'false', from: 'default', source: '' }
    : { value: String(value), from: 'environment', source: name };
}
