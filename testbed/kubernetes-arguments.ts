import { join } from 'node:path';
import { dump } from 'js-yaml';
import { type Addresses, HOST } from './addresses';
import { type CredentialFiles, credentialFiles } from './credentials';

interface ClusterPlace {
  readonly folder: string;
  readonly addresses: Addresses;
}

/** `{ 'bind-address': '127.0.0.1' }` as `--bind-address=127.0.0.1`. */
function toFlags(flags: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

export function etcdArguments({ folder, addresses }: ClusterPlace): string[] {
  const files = credentialFiles(folder);
  const client = `https://${HOST}:${addresses.ports.etcd}`;
  const peer = `http://${HOST}:${addresses.ports.etcdPeer}`;
  return toFlags({
    name: 'testbed',
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `testbed=${peer}`,
    'cert-file': files.cert('etcd').cert,
    'key-file': files.cert('etcd').key,
    'trusted-ca-file': files.ca,
    'client-cert-auth': true,
    // Data of a test need not outlive a power cut.
    'unsafe-no-fsync': true,
    'quota-backend-bytes': 4 * 1024 ** 3,
    'log-level': 'warn',
  });
}

export function apiServerArguments({ folder, addresses }: ClusterPlace): string[] {
  const files = credentialFiles(folder);
  const serving = files.cert('apiserver');
  const etcd = files.cert('etcd-client');
  return toFlags({
    'bind-address': HOST,
    'secure-port': addresses.ports.apiServer,
    'advertise-address': HOST,
    // Endpoints may not be loopback, so the kubernetes Service has none here.
    'endpoint-reconciler-type': 'none',
    'etcd-servers': `https://${HOST}:${addresses.ports.etcd}`,
    'etcd-cafile': files.ca,
    'etcd-certfile': etcd.cert,
    'etcd-keyfile': etcd.key,
    'tls-cert-file': serving.cert,
    'tls-private-key-file': serving.key,
    'client-ca-file': files.ca,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': files.serviceAccountKey,
    'service-account-signing-key-file': files.serviceAccountKey,
    'service-cluster-ip-range': `127.${addresses.serviceRange}.0.0/16`,
    'allow-privileged': true,
    'kubelet-preferred-address-types': 'InternalIP',
    'max-requests-inflight': 800,
    'max-mutating-requests-inflight': 400,
  });
}

/** Controllers of clouds and of pod networks, which this cluster has none of. */
const LEFT_OUT = [
  'node-ipam-controller',
  'cloud-node-lifecycle-controller',
  'node-route-controller',
  'service-lb-controller',
];

function serving(files: CredentialFiles, user: 'kube-controller-manager' | 'kube-scheduler', port: number) {
  const kubeconfig = files.kubeconfig(user);
  return {
    'bind-address': HOST,
    'secure-port': port,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'tls-cert-file': files.cert('apiserver').cert,
    'tls-private-key-file': files.cert('apiserver').key,
  };
}

export function controllerManagerArguments({ folder, addresses }: ClusterPlace): string[] {
  const files = credentialFiles(folder);
  return toFlags({
    ...serving(files, 'kube-controller-manager', addresses.ports.controllerManager),
    kubeconfig: files.kubeconfig('kube-controller-manager'),
    controllers: ['*', ...LEFT_OUT.map((name) => `-${name}`)].join(','),
    'leader-elect': false,
    'service-account-private-key-file': files.serviceAccountKey,
    'root-ca-file': files.ca,
    'cluster-signing-cert-file': files.ca,
    'cluster-signing-key-file': files.caKey,
    'use-service-account-credentials': true,
    'kube-api-qps': 500,
    'kube-api-burst': 1000,
    'concurrent-replicaset-syncs': 20,
    'concurrent-deployment-syncs': 20,
    'concurrent-namespace-syncs': 20,
    'concurrent-serviceaccount-token-syncs': 10,
  });
}

export function schedulerConfigFile(folder: string): string {
  return join(folder, 'scheduler.yaml');
}

export function schedulerConfig(folder: string): string {
  return dump({
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    clientConnection: { kubeconfig: credentialFiles(folder).kubeconfig('kube-scheduler'), qps: 1000, burst: 2000 },
    leaderElection: { leaderElect: false },
  });
}

export function schedulerArguments({ folder, addresses }: ClusterPlace): string[] {
  const files = credentialFiles(folder);
  return toFlags({
    ...serving(files, 'kube-scheduler', addresses.ports.scheduler),
    config: schedulerConfigFile(folder),
  });
}

export function kwokConfigFile(folder: string): string {
  return join(folder, 'kwok.yaml');
}

export function kwokArguments({ folder }: ClusterPlace): string[] {
  return toFlags({ kubeconfig: credentialFiles(folder).kubeconfig('kwok'), config: kwokConfigFile(folder) });
}
