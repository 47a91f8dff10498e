import type { StringMap } from '@/lib/core/kube/object-types';
import type { PodSpec } from '@/lib/core/kube/pod-types';
import { readTemplateNames } from './injection-marks';
import { equalJson } from './json-value';
import type { PodPhrase } from './pod-phrases.data';

/** Lets a gateway listen on low ports without rights. Source: Istio, files/gateway-injection-template.yaml. */
const GATEWAY_SECURITY = { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] };

/** Takes off what a template sets on the pod itself, beside its containers and volumes. */
export function withoutTemplateSpec(
  spec: PodSpec,
  annotations: StringMap,
): { readonly spec: PodSpec; readonly uncertain: readonly PodPhrase[] } {
  const isGateway = readTemplateNames(annotations).includes('gateway');
  if (!isGateway || !equalJson(spec.securityContext, GATEWAY_SECURITY)) return { spec, uncertain: [] };
  const { securityContext: _security, ...rest } = spec;
  return { spec: rest, uncertain: [{ code: 'pod.uncertain.security-context', values: { field: 'securityContext' } }] };
}
