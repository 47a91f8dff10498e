import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Pod, PodTemplate } from '@/lib/core/kube/pod-types';
import { buildPodAnatomy } from './build-pod-anatomy';
import { comparePods } from './compare-pods';
import { describeProcesses } from './describe-processes';
import { toJsonObject } from './json-value';
import { listPorts } from './list-ports';
import { recoverWrittenPod } from './recover-written-pod';
import { summariseChanges } from './summarise-changes';
import type { OwnerTemplate } from './written-pod';

const ROOT = join(resolve(process.env.SIDELIGHT_VECTORS ?? '../shared'), 'recorded');
const isThere = existsSync(ROOT);
if (!isThere) console.warn(`skipped: no recordings in ${ROOT}`);

const list = <T>(path: string): T[] => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).items as T[];
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const OWNERS: Readonly<Record<string, string>> = {
  ReplicaSet: 'replicasets',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
};

type OwnerObject = { metadata: { name: string; namespace: string }; spec: { template: PodTemplate } };

function ownerOf(pod: Pod, folder: string): OwnerTemplate | undefined {
  const reference = pod.metadata.ownerReferences?.[0];
  const file = OWNERS[reference?.kind ?? ''];
  if (reference === undefined || file === undefined) return undefined;
  const { namespace } = pod.metadata;
  const found = list<OwnerObject>(`${folder}/${file}.json`).find(
    ({ metadata }) => metadata.name === reference.name && metadata.namespace === namespace,
  );
  return found && { kind: reference.kind, name: reference.name, template: found.spec.template };
}

const nameOf = ({ metadata }: Pod) => `${metadata.namespace}/${metadata.name}`;

describe.skipIf(!isThere)('recorded pods', () => {
  const pods = isThere
    ? [
        ...list<Pod>('mission-after/pods.json').map((pod) => ({ pod, folder: 'mission-after' })),
        ...list<Pod>('full/pods.json').map((pod) => ({ pod, folder: 'full' })),
      ]
    : [];

  it('names the origin of every change, with the template and without it', () => {
    const unknown = pods.flatMap(({ pod, folder }) =>
      [ownerOf(pod, folder), undefined].flatMap((owner) =>
        comparePods(recoverWrittenPod(pod, owner), pod)
          .filter(({ origin }) => origin === 'unknown')
          .map(
            ({ kind, path, before, after }) =>
              `${nameOf(pod)} ${owner?.kind ?? '-'} ${kind} ${path}: ${before} -> ${after}`,
          ),
      ),
    );
    expect(pods.length).toBeGreaterThan(190);
    expect(unknown).toEqual([]);
  });

  it('gives back what the owner’s template says, field by field, with the API server’s bookkeeping and without', () => {
    const different = pods.flatMap(({ pod, folder }) => {
      const owner = ownerOf(pod, folder);
      if (owner === undefined) return [];
      const { managedFields: _fields, ...metadata } = pod.metadata;
      return [pod, { ...pod, metadata }].flatMap((each, index) =>
        recoverWrittenPod(each, owner).ownerDifferences.map(
          ({ path, ofOwner, ofPod }) =>
            `${nameOf(pod).replace(/-[^-]+-[^-]+$/, '')}${index === 0 ? '' : ' alone'} ${path} ${JSON.stringify([ofOwner, ofPod])}`,
        ),
      );
    });
    expect(different).toEqual([]);
  });

  it('gives every change an id of its own', () => {
    for (const { pod, folder } of pods) {
      const ids = comparePods(recoverWrittenPod(pod, ownerOf(pod, folder)), pod).map(({ id }) => id);
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        nameOf(pod),
      ).toEqual([]);
    }
  });

  it('sums up the nginx pod of the mission', () => {
    const [first] = pods;
    const pod = first?.pod as Pod;
    const written = recoverWrittenPod(pod, ownerOf(pod, 'mission-after'));
    const changes = comparePods(written, pod);
    expect(summariseChanges(written, pod, changes)).toEqual({
      containers: 2,
      listeningPorts: 6,
      env: 20,
      volumes: 9,
      mounts: 9,
      annotations: 7,
      labels: 3,
      probesRewritten: 0,
      cpuRequest: '100m',
      memoryRequest: '128Mi',
      byOthers: 15,
      unknown: 0,
    });
    expect(buildPodAnatomy(written, pod, changes).counts).toEqual({ containers: [1, 3], ports: [1, 7] });
  });
});

interface Socket {
  readonly protocol: string;
  readonly bind: string;
  readonly port: number;
  readonly process: string;
}

function parseSockets(ss: string): Socket[] {
  return ss
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [protocol = '', , , , local = ''] = line.split(/\s+/);
      const [, bind = '', port = ''] = /^(.*):(\d+)$/.exec(local) ?? [];
      return {
        protocol: protocol.toUpperCase(),
        bind,
        port: Number(port),
        process: /\(\("([^"]+)"/.exec(line)?.[1] ?? '',
      };
    });
}

const isMesh = ({ process }: { process: string }) => process === 'envoy' || process === 'pilot-agent';
const toLine = ({ protocol, bind, port, process }: Socket) => `${protocol} ${bind}:${port} ${process}`;
const unique = (lines: string[]) => [...new Set(lines)].sort();

describe.skipIf(!isThere)('the recorded data plane', () => {
  const podOf = (folder: string): Pod => {
    const pod = list<Pod>('mission-after/pods.json')[0] as Pod;
    const env = text(`dataplane/${folder}/proxy.env`);
    const config = /^PROXY_CONFIG=(\{.+\})$/m.exec(env)?.[1];
    if (config === undefined) return pod;
    // The recording started the proxy with more environment than the pod of mission-after has.
    const initContainers = pod.spec?.initContainers?.map((container) => ({
      ...container,
      env: container.env?.map((entry) => (entry.name === 'PROXY_CONFIG' ? { ...entry, value: config } : entry)) ?? [],
    }));
    return { ...pod, spec: { ...pod.spec, initContainers: initContainers ?? [] } };
  };

  it.each(['sidecar-redirect', 'sidecar-dns-capture'])('%s: lists the sockets that ss saw', (folder) => {
    const seen = parseSockets(text(`dataplane/${folder}/ss-ltnup.txt`));
    const rows = listPorts(podOf(folder));
    expect(unique(rows.filter(isMesh).map(toLine))).toEqual(unique(seen.filter(isMesh).map(toLine)));
    const application = rows.filter(({ process }) => process === 'application').map(({ port }) => port);
    expect(application).toEqual([80]);
    expect(seen.map(({ port }) => port)).toEqual(expect.arrayContaining(application));
  });

  it.each(['sidecar-redirect', 'sidecar-dns-capture'])(
    '%s: says as many sockets per port as there are workers',
    (folder) => {
      const seen = parseSockets(text(`dataplane/${folder}/ss-ltnup.txt`));
      const note = listPorts(podOf(folder)).find(({ port }) => port === 15006)?.notes[0];
      expect(note?.values?.workers).toBe(seen.filter(({ port }) => port === 15006).length);
    },
  );

  it.each(['sidecar-redirect', 'sidecar-dns-capture'])('%s: gives the arguments that ps saw', (folder) => {
    const lines = text(`dataplane/${folder}/ps-ef.txt`)
      .split('\n')
      .filter((line) => !line.includes('<defunct>'));
    const { processes } = describeProcesses(podOf(folder));
    for (const id of ['pilot-agent', 'envoy']) {
      const found = processes.find((process) => process.id === id);
      const command = [found?.command, ...(found?.args ?? [])].join(' ');
      expect(
        lines.filter((line) => line.endsWith(command)),
        command,
      ).toHaveLength(1);
    }
  });

  it('names the unix sockets that ss saw', () => {
    const agent = describeProcesses(podOf('sidecar-redirect')).processes.find(({ id }) => id === 'pilot-agent');
    const seen = [...text('dataplane/sidecar-redirect/ss-lxp.txt').matchAll(/(\S+) \d+\s+\* 0/g)].map(
      ([, path]) => `/${path}`,
    );
    expect(agent?.listensOn.filter((address) => address.startsWith('/')).sort()).toEqual(seen.sort());
    expect(toJsonObject(agent).uid).toBe(1337);
  });
});
