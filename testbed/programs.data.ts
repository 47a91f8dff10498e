/** The real programs, in the order in which they are built: what the others wait for first. */
export interface ProgramSource {
  readonly name: string;
  /** Import path in the Go module of this folder. */
  readonly importPath: string;
  readonly family: 'kubernetes' | 'istio' | 'other';
}

export const PROGRAM_SOURCES: readonly ProgramSource[] = [
  { name: 'etcd', importPath: './etcd', family: 'other' },
  { name: 'kube-apiserver', importPath: 'k8s.io/kubernetes/cmd/kube-apiserver', family: 'kubernetes' },
  {
    name: 'kube-controller-manager',
    importPath: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    family: 'kubernetes',
  },
  { name: 'kube-scheduler', importPath: 'k8s.io/kubernetes/cmd/kube-scheduler', family: 'kubernetes' },
  { name: 'kubectl', importPath: 'k8s.io/kubernetes/cmd/kubectl', family: 'kubernetes' },
  { name: 'kwok', importPath: 'sigs.k8s.io/kwok/cmd/kwok', family: 'other' },
  { name: 'pilot-discovery', importPath: 'istio.io/istio/pilot/cmd/pilot-discovery', family: 'istio' },
  { name: 'istioctl', importPath: 'istio.io/istio/istioctl/cmd/istioctl', family: 'istio' },
  { name: 'pilot-agent', importPath: 'istio.io/istio/pilot/cmd/pilot-agent', family: 'istio' },
];

/** What istiod and istioctl say of themselves, and the tag of the images that they write into pods. */
export const ISTIO_VERSION = '1.31-dev';
export const ISTIO_HUB = 'docker.io/istio';
