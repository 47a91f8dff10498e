import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { type Addresses, HOST } from './addresses';
import { credentialFiles } from './credentials';
import { kwokConfigFile } from './kubernetes-arguments';
import { NODE_STAGES } from './module-files.data';
import { type PodTimes, podStages } from './pod-stages';

/** Marks the nodes that KWOK plays. */
export const NODE_ANNOTATION = 'kwok.x-k8s.io/node';
const LOG_LINE = '2026-01-01T00:00:00Z stdout F This container has no process: its node is played by KWOK.\n';

interface KwokPlan {
  readonly folder: string;
  readonly addresses: Addresses;
  readonly programs: string;
  readonly times: PodTimes;
}

/** Writes KWOK's configuration: which nodes it plays, how pods live there, and what their logs say. */
export async function writeKwokConfig({ folder, addresses, programs, times }: KwokPlan): Promise<void> {
  const { cert, key } = credentialFiles(folder).cert('kwok-server');
  const logsFile = join(folder, 'pod.log');
  await writeFile(logsFile, LOG_LINE);
  const options = {
    cidr: '10.244.0.0/16',
    nodeIP: HOST,
    nodeName: 'localhost',
    nodePort: addresses.ports.kwok,
    serverAddress: `${HOST}:${addresses.ports.kwok}`,
    tlsCertFile: cert,
    tlsPrivateKeyFile: key,
    manageAllNodes: false,
    manageNodesWithAnnotationSelector: `${NODE_ANNOTATION}=fake`,
    nodeLeaseDurationSeconds: 40,
    // Without a number of its own KWOK ends at once.
    nodeLeaseParallelism: 4,
    podsOnNodeSyncParallelism: 4,
    enablePodsOnNodeSyncStreamWatch: true,
    podPlayStageParallelism: 16,
    nodePlayStageParallelism: 4,
    enableDebuggingHandlers: true,
  };
  const nodeStages = await Promise.all(NODE_STAGES.map(({ name }) => readFile(join(programs, name), 'utf8')));
  const documents = [
    { apiVersion: 'config.kwok.x-k8s.io/v1alpha1', kind: 'KwokConfiguration', options },
    {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterLogs',
      metadata: { name: 'logs' },
      spec: { logs: [{ logsFile, follow: false }] },
    },
    ...nodeStages.map((text) => load(text)),
    ...podStages(times),
  ];
  await writeFile(kwokConfigFile(folder), documents.map((document) => dump(document)).join('---\n'));
}
