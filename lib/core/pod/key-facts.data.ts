import type { ChangeOrigin } from './change-types';
import type { PodPhraseCode } from './pod-phrases.data';

/** What is known about a label or annotation that an author did not write. */
export interface KeyFacts {
  readonly origin: ChangeOrigin;
  readonly because: PodPhraseCode;
  /** True when injection sets it. */
  readonly isInjected?: true;
  /** True when injection leaves a value alone that was there before, so it may be the author's. */
  readonly keepsAuthors?: true;
}

const template = (because: PodPhraseCode): KeyFacts => ({ origin: 'injection-template', because, isInjected: true });
const templateDefault = (because: PodPhraseCode): KeyFacts => ({ ...template(because), keepsAuthors: true });
const post = (because: PodPhraseCode): KeyFacts => ({ origin: 'post-processing', because, isInjected: true });
const controller = (because: PodPhraseCode): KeyFacts => ({ origin: 'workload-controller', because });

/** Source: Istio, files/injection-template.yaml and pkg/kube/inject/webhook.go; Kubernetes, the controllers and admission plug-ins named. */
const LABELS: Readonly<Record<string, KeyFacts>> = {
  'security.istio.io/tlsMode': templateDefault('pod.label.tls-mode'),
  'service.istio.io/canonical-name': templateDefault('pod.label.canonical-name'),
  'service.istio.io/canonical-revision': templateDefault('pod.label.canonical-revision'),
  'service.istio.io/workload-name': templateDefault('pod.label.workload-name'),
  'networking.istio.io/tunnel': templateDefault('pod.label.tunnel'),
  'istio.io/rev': { origin: 'injection-template', because: 'pod.annotation.revision' },
  'topology.istio.io/network': { ...post('pod.label.network'), keepsAuthors: true },
  'topology.kubernetes.io/region': { origin: 'api-server', because: 'pod.label.topology' },
  'topology.kubernetes.io/zone': { origin: 'api-server', because: 'pod.label.topology' },
  'pod-template-hash': controller('pod.label.template-hash'),
  'controller-revision-hash': controller('pod.label.revision-hash'),
  'pod-template-generation': controller('pod.label.revision-hash'),
  'statefulset.kubernetes.io/pod-name': controller('pod.label.stateful-set'),
  'apps.kubernetes.io/pod-index': controller('pod.label.stateful-set'),
  'batch.kubernetes.io/controller-uid': controller('pod.label.job'),
  'batch.kubernetes.io/job-name': controller('pod.label.job'),
  'batch.kubernetes.io/job-completion-index': controller('pod.label.job'),
  'controller-uid': controller('pod.label.job'),
  'job-name': controller('pod.label.job'),
};

const ANNOTATIONS: Readonly<Record<string, KeyFacts>> = {
  'istio.io/rev': template('pod.annotation.revision'),
  'kubectl.kubernetes.io/default-container': templateDefault('pod.annotation.default-container'),
  'kubectl.kubernetes.io/default-logs-container': templateDefault('pod.annotation.default-container'),
  'k8s.v1.cni.cncf.io/networks': templateDefault('pod.annotation.multus'),
  'sidecar.istio.io/status': post('pod.annotation.status'),
  'proxy.istio.io/overrides': post('pod.annotation.overrides'),
  'prometheus.istio.io/secure-port': post('pod.annotation.secure-metrics'),
  'kubernetes.io/limit-ranger': { origin: 'api-server', because: 'pod.annotation.limit-ranger' },
  'batch.kubernetes.io/job-completion-index': controller('pod.label.job'),
  'k8s.v1.cni.cncf.io/network-status': { origin: 'network-plugin', because: 'pod.annotation.network-plugin' },
  'ambient.istio.io/redirection': { origin: 'network-plugin', because: 'pod.annotation.ambient' },
};

/** Facts for a known key of one of the two maps. */
export function findKeyFacts(kind: 'label' | 'annotation', key: string): KeyFacts | undefined {
  const known = kind === 'label' ? LABELS[key] : ANNOTATIONS[key];
  if (known !== undefined || kind === 'label') return known;
  if (key.startsWith('cni.projectcalico.org/')) return ANNOTATIONS['k8s.v1.cni.cncf.io/network-status'];
  return undefined;
}

/** With the CNI plug-in the template writes the capture settings to annotations, where the plug-in reads them. */
export function isCaptureAnnotation(key: string): boolean {
  return key.startsWith('traffic.sidecar.istio.io/') || key === 'sidecar.istio.io/interceptionMode';
}
