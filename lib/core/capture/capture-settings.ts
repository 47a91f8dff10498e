import type { Phrase } from '@/lib/core/phrase';
import type { CaptureConfig } from './capture-config';

type CaptureMechanism = 'init-container' | 'cni' | 'ambient' | 'none';
export type InterceptionMode = 'REDIRECT' | 'TPROXY' | 'NONE';

/** Where a value comes from: something written on the pod, something seen on it, an assumption, or nothing at all. */
export type SettingSource = 'argument' | 'environment' | 'annotation' | 'container' | 'pod' | 'assumed' | 'default';

export type CaptureSettingKey =
  | Exclude<keyof CaptureConfig, 'dnsServersV4' | 'dnsServersV6'>
  | 'dnsServers'
  | 'ambientDns'
  | 'ambientBypassInbound';

export interface CaptureSetting {
  readonly key: CaptureSettingKey;
  /** Lists stay comma-separated, booleans are `true` and `false`, empty means none. */
  readonly value: string;
  readonly defaultValue: string;
  readonly from: SettingSource;
  /** The flag, variable, annotation or field that holds the value; empty for defaults and assumptions. */
  readonly source: string;
  /** The pod annotation that asked for it, where the value arrived by another way. */
  readonly askedBy?: string;
}

export type NoCaptureReason = 'no-sidecar' | 'mode-none' | 'gateway' | 'grpc-agent' | 'not-applied';

export interface CaptureSettings {
  readonly mechanism: CaptureMechanism;
  readonly interceptionMode: InterceptionMode;
  readonly settings: readonly CaptureSetting[];
  /** The generator's input; absent where sidecar rules do not apply. */
  readonly config?: CaptureConfig;
  /** Only for `none`. */
  readonly because?: NoCaptureReason;
  /** What a reader must know to trust the rest: assumptions and surprises. */
  readonly notes: readonly Phrase[];
  /** Values that make the program or the plugin fail, so that the pod does not start. */
  readonly faults: readonly Phrase[];
}

/** The order in which settings are listed. */
export const SETTING_ORDER: readonly CaptureSettingKey[] = [
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
  'dnsServers',
  'ambientDns',
  'ambientBypassInbound',
  'proxyUid',
  'proxyGid',
  'proxyPort',
  'inboundCapturePort',
  'inboundTunnelPort',
  'ownerGroupsInclude',
  'ownerGroupsExclude',
  'loopbackCidr',
  'dropInvalid',
  'enableIpv6',
  'dualStack',
  'tproxyMark',
  'tproxyRouteTable',
  'nativeNftables',
];
