/** Labels, annotations and names of Kubernetes and Istio, each written once. */
export const INJECTION_LABEL = 'istio-injection';
export const REVISION_LABEL = 'istio.io/rev';
export const REVISION_TAG_LABEL = 'istio.io/tag';
export const INJECT_KEY = 'sidecar.istio.io/inject';
export const STATUS_ANNOTATION = 'sidecar.istio.io/status';
export const DATAPLANE_MODE_LABEL = 'istio.io/dataplane-mode';
export const AMBIENT_REDIRECTION_ANNOTATION = 'ambient.istio.io/redirection';
export const RESTARTED_AT_ANNOTATION = 'kubectl.kubernetes.io/restartedAt';
export const POD_TEMPLATE_HASH_LABEL = 'pod-template-hash';
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';
export const DEACTIVATED_LABEL = 'istio.io/deactivated';

export const PROXY_CONTAINER = 'istio-proxy';
export const INIT_CONTAINER = 'istio-init';
export const VALIDATION_CONTAINER = 'istio-validation';

export const DEFAULT_REVISION = 'default';

/** Namespaces that istiod itself refuses. Source: Istio, pkg/kube/inject/inject.go, IgnoredNamespaces. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);
