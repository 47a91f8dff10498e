import { checkProxyConfig } from './check-proxy-config';
import { MessageError } from './decode-message';
import { applyProxyConfig, parseProxyConfigText } from './mesh-config';
import { prefixFault } from './prefix-fault';
import { parseGoFlag } from './prometheus-keys';
import { canonicalQuantity, quantityFaultText } from './quantity';
import type { Release } from './release';

interface AnnotationRule {
  /** The detail of the failure, in the real program's words; undefined where the value is fine. */
  readonly check: (value: string, release: Release) => string | undefined;
  readonly since?: number;
  readonly until?: number;
}

const MODES: ReadonlySet<string> = new Set(['REDIRECT', 'TPROXY', 'NONE']);
const MAX_INTERFACE_LENGTH = 15;
const UINT16 = 65_535n;
const UINT32 = 4_294_967_295n;

const resources = (name: string) => [`sidecar.istio.io/${name}`, { check: checkQuantity, since: 29 }] as const;
const interfaces = (name: string) => [name, { check: checkInterfaces, since: 30 }] as const;
const readiness = (name: string) => [`readiness.status.sidecar.istio.io/${name}`, { check: checkUint32 }] as const;
const traffic = (name: string) => `traffic.sidecar.istio.io/${name}`;

/** What the injector checks before it renders anything. Source: Istio, pkg/kube/inject/validate.go, AnnotationValidation. */
export const ANNOTATION_RULES: ReadonlyMap<string, AnnotationRule> = new Map<string, AnnotationRule>([
  ['sidecar.istio.io/interceptionMode', { check: checkMode }],
  // The wrong name in the text is upstream's.
  ['status.sidecar.istio.io/port', { check: (value) => prefixed('excludeInboundPorts', checkPort(value)) }],
  readiness('initialDelaySeconds'),
  readiness('periodSeconds'),
  readiness('failureThreshold'),
  [
    traffic('includeOutboundIPRanges'),
    { check: (value) => (value === '*' ? undefined : prefixed('includeIPRanges', checkPrefixes(value))) },
  ],
  [traffic('excludeOutboundIPRanges'), { check: (value) => prefixed('excludeIPRanges', checkPrefixes(value)) }],
  [
    traffic('includeInboundPorts'),
    { check: (value) => (value === '*' ? undefined : prefixed('includeInboundPorts', checkPorts(value))) },
  ],
  [traffic('excludeInboundPorts'), { check: (value) => prefixed('excludeInboundPorts', checkPorts(value)) }],
  [traffic('excludeOutboundPorts'), { check: (value) => prefixed('excludeOutboundPorts', checkPorts(value)) }],
  interfaces(traffic('excludeInterfaces')),
  interfaces(traffic('kubevirtInterfaces')),
  interfaces('istio.io/reroute-virtual-interfaces'),
  ['prometheus.istio.io/merge-metrics', { check: checkFlag }],
  ['proxy.istio.io/config', { check: checkConfig }],
  resources('proxyCPU'),
  resources('proxyMemory'),
  resources('proxyCPULimit'),
  resources('proxyMemoryLimit'),
  ['sidecar.istio.io/enableCoreDump', { check: checkFlag, until: 24 }],
]);

function prefixed(name: string, detail: string | undefined): string | undefined {
  return detail === undefined ? undefined : `${name} invalid: ${detail}`;
}

function checkMode(value: string): string | undefined {
  return MODES.has(value) ? undefined : `interceptionMode invalid, use REDIRECT,TPROXY,NONE: ${value}`;
}

function checkUint(value: string, max: bigint): string | undefined {
  const fault = (reason: string) => `strconv.ParseUint: parsing ${JSON.stringify(value)}: ${reason}`;
  if (!/^\d+$/.test(value)) return fault('invalid syntax');
  return BigInt(value) > max ? fault('value out of range') : undefined;
}

function checkUint32(value: string): string | undefined {
  return checkUint(value, UINT32);
}

function checkPort(value: string): string | undefined {
  const detail = checkUint(value.trim(), UINT16);
  return detail === undefined ? undefined : `failed parsing port '${value}': ${detail}`;
}

function checkPorts(value: string): string | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  for (const port of text.split(',')) {
    const detail = checkPort(port);
    if (detail !== undefined) return `failed parsing port '${port}': ${detail}`;
  }
  return undefined;
}

function checkPrefixes(value: string): string | undefined {
  if (value === '') return undefined;
  for (const prefix of value.split(',')) {
    const detail = prefixFault(prefix);
    if (detail !== undefined) return `failed parsing cidr '${prefix}': ${detail}`;
  }
  return undefined;
}

function checkInterfaces(value: string): string | undefined {
  if (value === '') return undefined;
  for (const name of value.split(',').map((each) => each.trim())) {
    if (name === '') return 'empty interface name';
    const quoted = JSON.stringify(name);
    if (name.length > MAX_INTERFACE_LENGTH)
      return `interface name ${quoted} too long (max ${MAX_INTERFACE_LENGTH} chars)`;
    if (!/^[a-zA-Z][a-zA-Z0-9_.-]*$/.test(name)) return `interface name ${quoted} contains invalid characters`;
  }
  return undefined;
}

function checkFlag(value: string): string | undefined {
  if (parseGoFlag(value) !== undefined) return undefined;
  return `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
}

function checkQuantity(value: string): string | undefined {
  if (/\p{Cc}/u.test(value)) return 'value contains control characters';
  const read = canonicalQuantity(value);
  return read.ok ? undefined : quantityFaultText(read.fault);
}

function checkConfig(value: string, release: Release): string | undefined {
  const parsed = parseProxyConfigText(value);
  const context = 'failed to convert to apply proxy config: ';
  if (!parsed.ok) return `${context}${parsed.message}`;
  try {
    return checkProxyConfig(applyProxyConfig(release.builtinProxyConfig, parsed.value));
  } catch (error) {
    if (error instanceof MessageError) return `${context}${error.message}`;
    throw error;
  }
}
