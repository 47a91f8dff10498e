import { ANNOTATION_RULES } from '@/lib/core/injection/engine/annotation-rules';
import { prefixFault } from '@/lib/core/injection/engine/prefix-fault';
import type { Release } from '@/lib/core/injection/engine/release';
import { validateAnnotations } from '@/lib/core/injection/engine/validate-annotations';
import { ANNOTATION } from './capture-annotations';
import { splitList } from './capture-config';
import { readPortRange } from './read-rule-value';

/** A capture annotation with a value that somebody refuses, who that is, and in which words. */
export interface AnnotationFault {
  readonly annotation: string;
  readonly value: string;
  /** `injector`: istiod refuses the pod; `cni-plugin`: the sandbox is not made; `iptables`: the rules do not load. */
  readonly by: 'injector' | 'cni-plugin' | 'iptables';
  /** The program's own text. */
  readonly text: string;
}

/** What the plugin calls each annotation in its errors, in the order in which it looks at them. */
const PLUGIN_NAMES: readonly (readonly [name: string, annotation: string, check: Check])[] = [
  ['redirectMode', ANNOTATION.interceptionMode, checkMode],
  [
    'includeIPCidrs',
    ANNOTATION.outboundIpRangesInclude,
    (value) => prefixed('IPRanges invalid: ', checkRanges(value, '*')),
  ],
  ['excludeIPCidrs', ANNOTATION.outboundIpRangesExclude, (value) => checkRanges(value)],
  ['excludeInboundPorts', ANNOTATION.inboundPortsExclude, checkPorts],
  ['includeInboundPorts', ANNOTATION.inboundPortsInclude, checkPorts],
  ['excludeOutboundPorts', ANNOTATION.outboundPortsExclude, checkPorts],
  ['includeOutboundPorts', ANNOTATION.outboundPortsInclude, checkPorts],
  ['excludeInterfaces', ANNOTATION.excludeInterfaces, checkInterfaces],
  ['reroute-virtual-interfaces', ANNOTATION.rerouteVirtualInterfaces, checkInterfaces],
  ['kubevirtInterfaces', ANNOTATION.kubevirtInterfaces, checkInterfaces],
];

type Check = (value: string, release: Release) => string | undefined;

/**
 * Finds values of capture annotations with which the pod does not start, or not as meant.
 *
 * Input: the pod's annotations, the release of its control plane, and who installs its rules.
 * Output: everything that the injector refuses; else, with the plugin, the first that it refuses, since it stops there;
 * then what only iptables refuses. Empty if all values work.
 * Source: Istio, pkg/kube/inject/validate.go; cni/pkg/plugin/sidecar_redirect.go, NewRedirect.
 */
export function findAnnotationFaults(
  annotations: Readonly<Record<string, string>>,
  release: Release,
  mechanism: 'init-container' | 'cni',
): readonly AnnotationFault[] {
  const names = Object.values(ANNOTATION).filter((name) => name in annotations);
  const refused = names.flatMap((annotation): readonly AnnotationFault[] => {
    const value = annotations[annotation] ?? '';
    return validateAnnotations({ [annotation]: value }, release).map(({ text }) => ({
      annotation,
      value,
      by: 'injector',
      text,
    }));
  });
  if (refused.length > 0) return refused;
  const byPlugin = mechanism === 'cni' ? findPluginFault(annotations, release) : undefined;
  return byPlugin === undefined ? findPortFaults(annotations) : [byPlugin];
}

function findPluginFault(annotations: Readonly<Record<string, string>>, release: Release): AnnotationFault | undefined {
  for (const [name, annotation, check] of PLUGIN_NAMES) {
    const value = annotations[annotation];
    const isShadowed =
      annotation === ANNOTATION.kubevirtInterfaces && ANNOTATION.rerouteVirtualInterfaces in annotations;
    const detail = value === undefined || isShadowed ? undefined : check(value, release);
    if (value === undefined || detail === undefined) continue;
    const text = `annotation value error for value ${name}; annotationFound = true: ${detail}`;
    return { annotation, value, by: 'cni-plugin', text };
  }
  return undefined;
}

/** The injector does not look at included outbound ports; iptables does when the rules are loaded. */
function findPortFaults(annotations: Readonly<Record<string, string>>): readonly AnnotationFault[] {
  const annotation = ANNOTATION.outboundPortsInclude;
  const value = annotations[annotation] ?? '';
  const wrong = splitList(value).find((port) => readPortRange(port.trim()) === undefined);
  return wrong === undefined
    ? []
    : [{ annotation, value, by: 'iptables', text: `invalid port/service \`${wrong.trim()}' specified` }];
}

function prefixed(head: string, detail: string | undefined): string | undefined {
  return detail === undefined ? undefined : head + detail;
}

function checkMode(value: string): string | undefined {
  return value === 'REDIRECT' || value === 'TPROXY' ? undefined : `interceptionMode invalid: ${value}`;
}

function checkRanges(value: string, wildcard?: string): string | undefined {
  if (value === '' || value === wildcard) return undefined;
  for (const cidr of value.split(',')) {
    const fault = prefixFault(cidr);
    if (fault !== undefined) return `failed parsing cidr '${cidr}': ${fault}`;
  }
  return undefined;
}

function checkPorts(value: string, release: Release): string | undefined {
  const text = value.trim();
  if (value === '*' || text === '') return undefined;
  for (const port of text.split(',')) {
    const detail = ANNOTATION_RULES.get(ANNOTATION.inboundPortsExclude)?.check(port === '' ? ' ,' : port, release);
    if (detail === undefined) continue;
    const fault = detail.slice(detail.lastIndexOf('strconv.'));
    return `portList ${JSON.stringify(value)} invalid: failed parsing port ${JSON.stringify(port)}: ${fault}`;
  }
  return undefined;
}

function checkInterfaces(value: string, release: Release): string | undefined {
  return release.minor >= 30 ? ANNOTATION_RULES.get(ANNOTATION.excludeInterfaces)?.check(value, release) : undefined;
}
