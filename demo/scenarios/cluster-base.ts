import type { NewObject } from '@/demo/server/object-types';
import { namespace, service } from './build-objects';
import type { DemoSeeder } from './demo-seeder';
import type { Seeder } from './seeder';

export const KUBERNETES_VERSION = 'v1.36.3';

interface NodePlan {
  readonly name: string;
  readonly index: number;
  readonly isControlPlane: boolean;
}

function nodeObject({ name, index, isControlPlane }: NodePlan, time: string): NewObject {
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    reason,
    message,
  });
  const capacity = { cpu: '16', 'ephemeral-storage': '203056560Ki', memory: '65761848Ki', pods: '250' };
  const podCIDR = `10.${224 + (index % 30)}.0.0/16`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/region': 'eu-central',
        'topology.kubernetes.io/zone': `eu-central-${'abc'.charAt(index % 3)}`,
        ...(isControlPlane ? { 'node-role.kubernetes.io/control-plane': '' } : {}),
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: {
      podCIDR,
      podCIDRs: [podCIDR],
      ...(isControlPlane ? { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } : {}),
    },
    status: {
      capacity,
      allocatable: capacity,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      addresses: [
        { type: 'InternalIP', address: `172.18.${Math.floor(index / 250)}.${2 + (index % 250)}` },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      nodeInfo: {
        machineID: '',
        systemUUID: '',
        bootID: '',
        kernelVersion: '6.1.0-37-amd64',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        containerRuntimeVersion: 'containerd://2.1.4',
        kubeletVersion: KUBERNETES_VERSION,
        kubeProxyVersion: KUBERNETES_VERSION,
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
    },
  };
}

/** What a real cluster has by itself: nodes, its own namespaces and the Service of its API server. */
export async function seedClusterBase(seeder: DemoSeeder, workers = 3): Promise<void> {
  seeder.at('210d');
  const time = `${new Date(seeder.now()).toISOString().slice(0, 19)}Z`;
  const plans = [
    { name: 'demo-control-plane', index: 0, isControlPlane: true },
    ...Array.from({ length: workers }, (_, at) => ({
      name: at === 0 ? 'demo-worker' : `demo-worker${at + 1}`,
      index: at + 1,
      isControlPlane: false,
    })),
  ];
  for (const plan of plans) await seeder.create(nodeObject(plan, time), 'none');
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
    await seeder.create(namespace(name), 'none');
  }
  await seedKubernetesService(seeder);
}

async function seedKubernetesService(seeder: Seeder): Promise<void> {
  const ports = [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }];
  const object = service({ name: 'kubernetes', namespace: 'default', ports, labels: LABELS_OF_API });
  const { selector: _selector, ...spec } = object.spec ?? {};
  await seeder.create({ ...object, spec }, 'none');
}

const LABELS_OF_API = { component: 'apiserver', provider: 'kubernetes' };
