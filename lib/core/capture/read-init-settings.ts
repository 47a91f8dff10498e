import type { Container, Pod } from '@/lib/core/kube/pod-types';
import { FIELD_ANNOTATIONS, INJECTOR_DEFAULTS } from './capture-annotations';
import { type CaptureConfig, PROGRAM_DEFAULTS } from './capture-config';
import type { CaptureSetting, CaptureSettingKey } from './capture-settings';
import { type ParsedFlags, parseCaptureFlags } from './parse-capture-flags';

/** The name of the program, first of the init container's arguments. */
export const IPTABLES_COMMAND = 'istio-iptables';

export function readInitFlags(container: Container): ParsedFlags {
  const env = new Map((container.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
  return parseCaptureFlags((container.args ?? []).slice(1), env);
}

/** Settings of the init container mechanism: what its arguments and environment say. */
export function listInitSettings(flags: ParsedFlags, pod: Pod): readonly CaptureSetting[] {
  const annotations = pod.metadata.annotations ?? {};
  return INIT_KEYS.map((key): CaptureSetting => {
    const origin = flags.origins[key];
    const askedBy = FIELD_ANNOTATIONS[key]?.find((name) => name in annotations);
    return {
      key,
      value: String(flags.config[key]),
      defaultValue: initDefault(key),
      from: origin?.from ?? 'default',
      source: origin?.name ?? '',
      ...(askedBy === undefined || origin === undefined ? {} : { askedBy }),
    };
  });
}

type InitKey = Exclude<CaptureSettingKey & keyof CaptureConfig, 'enableIpv6'>;

const INIT_KEYS: readonly InitKey[] = [
  'interceptionMode',
  'inboundPortsInclude',
  'inboundPortsExclude',
  'outboundIpRangesInclude',
  'outboundIpRangesExclude',
  'outboundPortsInclude',
  'outboundPortsExclude',
  'excludeInterfaces',
  'rerouteVirtualInterfaces',
  'redirectDns',
  'captureAllDns',
  'proxyUid',
  'proxyGid',
  'proxyPort',
  'inboundCapturePort',
  'inboundTunnelPort',
  'ownerGroupsInclude',
  'ownerGroupsExclude',
  'loopbackCidr',
  'dropInvalid',
  'dualStack',
  'tproxyMark',
  'tproxyRouteTable',
  'nativeNftables',
];

function initDefault(key: InitKey): string {
  const injected: Readonly<Partial<Record<InitKey, string>>> = INJECTOR_DEFAULTS;
  return injected[key] ?? String(PROGRAM_DEFAULTS[key]);
}
