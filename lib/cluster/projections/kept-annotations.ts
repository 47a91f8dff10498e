import 'server-only';
import { RESTARTED_AT_ANNOTATION, STATUS_ANNOTATION } from '@/lib/core/kube/names';

const PREFIXES = [
  'sidecar.istio.io/',
  'istio.io/',
  'traffic.sidecar.istio.io/',
  'proxy.istio.io/',
  'inject.istio.io/',
  'ambient.istio.io/',
  'status.sidecar.istio.io/',
  'readiness.status.sidecar.istio.io/',
  'prometheus.istio.io/',
  'prometheus.io/',
];
const NAMES: ReadonlySet<string> = new Set([
  RESTARTED_AT_ANNOTATION,
  'deployment.kubernetes.io/revision',
  'k8s.v1.cni.cncf.io/networks',
]);

/** Whether a record keeps an annotation. The injection status is parsed into a field of its own. */
export function isKeptAnnotation(key: string): boolean {
  if (key === STATUS_ANNOTATION) return false;
  return NAMES.has(key) || PREFIXES.some((prefix) => key.startsWith(prefix));
}
