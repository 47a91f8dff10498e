import { HOST } from './addresses';
import { NODE_ANNOTATION } from './kwok-config';

const CAPACITY = { cpu: '500', memory: '2Ti', pods: '50000' };

/** A node that KWOK plays: room for every pod of a test, and a zone of its own. */
export function nodeObject(index: number, version: string) {
  const name = `testbed-node-${index + 1}`;
  const podCIDR = `10.${224 + (index % 30)}.0.0/16`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { [NODE_ANNOTATION]: 'fake', 'node.alpha.kubernetes.io/ttl': '0' },
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': name,
        'topology.kubernetes.io/region': 'testbed',
        'topology.kubernetes.io/zone': `testbed-${'abc'.charAt(index % 3)}`,
      },
    },
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status: {
      capacity: CAPACITY,
      allocatable: CAPACITY,
      addresses: [{ type: 'InternalIP', address: HOST }],
      nodeInfo: {
        kubeletVersion: version,
        // KWOK writes these into YAML without quotes.
        osImage: 'none (this node is played by KWOK)',
        containerRuntimeVersion: 'testbed://1',
        kernelVersion: 'none',
        architecture: 'amd64',
        operatingSystem: 'linux',
      },
    },
  };
}
