import { ANNOTATIONS } from './annotation-names';

/** Returns what is wrong with a value, or undefined. */
type Check = (value: string) => string | undefined;

function uint(text: string, bits: 16 | 32): string | undefined {
  const quoted = JSON.stringify(text);
  if (!/^\d+$/.test(text)) return `strconv.ParseUint: parsing ${quoted}: invalid syntax`;
  return Number(text) < 2 ** bits ? undefined : `strconv.ParseUint: parsing ${quoted}: value out of range`;
}

function port(text: string): string | undefined {
  const fault = uint(text, 16);
  return fault === undefined ? undefined : `failed parsing port '${text}': ${fault}`;
}

const portList =
  (name: string, isStarAllowed: boolean): Check =>
  (value) => {
    const text = value.trim();
    if (text === '' || (isStarAllowed && text === '*')) return undefined;
    for (const entry of text.split(',').map((part) => part.trim())) {
      const fault = port(entry);
      if (fault !== undefined) return `${name} invalid: failed parsing port '${entry}': ${fault}`;
    }
    return undefined;
  };

function cidr(text: string): string | undefined {
  const call = `netip.ParsePrefix(${JSON.stringify(text)})`;
  const slash = text.lastIndexOf('/');
  if (slash < 0) return `${call}: no '/'`;
  const address = text.slice(0, slash);
  const length = text.slice(slash + 1);
  const isV6 = address.includes(':');
  const isV4 = /^(\d{1,3})(\.\d{1,3}){3}$/.test(address) && address.split('.').every((part) => Number(part) <= 255);
  if (!isV4 && !isV6) return `${call}: ParseAddr(${JSON.stringify(address)}): unable to parse IP`;
  if (!/^\d+$/.test(length)) return `${call}: bad bits after slash: ${JSON.stringify(length)}`;
  return Number(length) <= (isV6 ? 128 : 32) ? undefined : `${call}: prefix length out of range`;
}

const cidrList =
  (name: string, isStarAllowed: boolean): Check =>
  (value) => {
    if (value === '' || (isStarAllowed && value === '*')) return undefined;
    for (const entry of value.split(',')) {
      const fault = cidr(entry);
      if (fault !== undefined) return `${name} invalid: failed parsing cidr '${entry}': ${fault}`;
    }
    return undefined;
  };

const mode: Check = (value) =>
  ['REDIRECT', 'TPROXY', 'NONE'].includes(value)
    ? undefined
    : `interceptionMode invalid, use REDIRECT,TPROXY,NONE: ${value}`;

// The upstream text names another annotation; people search for it as it is.
const statusPort: Check = (value) => {
  const fault = port(value.trim());
  return fault === undefined ? undefined : `excludeInboundPorts invalid: ${fault}`;
};

const boolean: Check = (value) =>
  /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)
    ? undefined
    : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;

const quantity: Check = (value) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/.test(value)
    ? undefined
    : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

const uint32: Check = (value) => uint(value, 32);

const CHECKS: Readonly<Record<string, Check>> = {
  [ANNOTATIONS.interceptionMode]: mode,
  [ANNOTATIONS.statusPort]: statusPort,
  [ANNOTATIONS.readinessDelay]: uint32,
  [ANNOTATIONS.readinessPeriod]: uint32,
  [ANNOTATIONS.readinessFailures]: uint32,
  [ANNOTATIONS.includeOutboundIPRanges]: cidrList('includeIPRanges', true),
  [ANNOTATIONS.excludeOutboundIPRanges]: cidrList('excludeIPRanges', false),
  [ANNOTATIONS.includeInboundPorts]: portList('includeInboundPorts', true),
  [ANNOTATIONS.excludeInboundPorts]: portList('excludeInboundPorts', false),
  [ANNOTATIONS.excludeOutboundPorts]: portList('excludeOutboundPorts', false),
  [ANNOTATIONS.mergeMetrics]: boolean,
  [ANNOTATIONS.proxyCPU]: quantity,
  [ANNOTATIONS.proxyMemory]: quantity,
  [ANNOTATIONS.proxyCPULimit]: quantity,
  [ANNOTATIONS.proxyMemoryLimit]: quantity,
};

/**
 * Checks the annotations that istiod checks before it injects, and gives its text when one is bad.
 *
 * Output: undefined when all are good. Every failure is in the text, one line each.
 * Source: Istio, pkg/kube/inject/validate.go.
 */
export function checkAnnotations(annotations: Readonly<Record<string, string>>): string | undefined {
  const faults = Object.entries(CHECKS).flatMap(([name, check]) => {
    const value = annotations[name];
    const fault = value === undefined ? undefined : check(value);
    return fault === undefined ? [] : [`\t* invalid value '${value ?? ''}' for annotation '${name}': ${fault}`];
  });
  if (faults.length === 0) return undefined;
  return `${faults.length} error${faults.length === 1 ? '' : 's'} occurred:\n${faults.join('\n')}\n\n`;
}
