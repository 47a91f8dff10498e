import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJson, type Json, objectAt, objectsAt } from '@/lib/cluster/json-fields';
import { Interner } from './interner';
import { projectEvent } from './project-event';
import { projectNamespace } from './project-namespace';
import { projectPod } from './project-pod';
import { projectEndpointSlice, projectService } from './project-service';
import { projectWorkload } from './project-workload';

// Lists of a real cluster, and what kubectl printed of them at that time.
const ROOT = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded');
const hasRecordings = existsSync(join(ROOT, 'full/pods.json'));
if (!hasRecordings) console.warn(`No recordings in ${ROOT}: projections are not compared with kubectl's tables.`);

const interner = new Interner();

function items(file: string): readonly Json[] {
  const list: unknown = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  return isJson(list) ? objectsAt(list, 'items') : [];
}

/** The rows of a kubectl table by namespace/name, each cell by its column. */
function table(file: string, header: RegExp): Map<string, Record<string, string>> {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const start = lines.findIndex((line) => header.test(line));
  const columns = [...(lines[start] ?? '').matchAll(/\S+(?: \S+)*\s*/g)].map((match) => ({
    name: match[0].trim(),
    from: match.index,
  }));
  const rows = new Map<string, Record<string, string>>();
  for (const line of lines.slice(start + 1)) {
    if (line === '') break;
    const cells = columns.map(({ name, from }, index) => [name, line.slice(from, columns[index + 1]?.from).trim()]);
    const row: Record<string, string> = Object.fromEntries(cells);
    rows.set(`${row.NAMESPACE ?? ''}/${row.NAME}`, row);
  }
  return rows;
}

describe.skipIf(!hasRecordings)('projections of a real cluster', () => {
  it('count a pod as kubectl get pods does', () => {
    const rows = table('full/text/get-pods-A-wide.txt', /^NAMESPACE/);
    const pods = items('full/pods.json').map((object) => projectPod(object, interner));
    let compared = 0;
    for (const pod of pods) {
      const row = rows.get(`${pod.namespace}/${pod.name}`);
      if (row === undefined || (row.STATUS !== 'Running' && row.STATUS !== 'Completed')) continue;
      compared += 1;
      expect([pod.name, `${pod.readyContainers}/${pod.totalContainers}`, String(pod.restarts)]).toEqual([
        pod.name,
        row.READY,
        row.RESTARTS,
      ]);
      expect([pod.podIP, pod.nodeName]).toEqual([row.IP, row.NODE]);
    }
    expect(compared).toBeGreaterThan(150);
  });

  it('read the injection status of every injected pod', () => {
    const pods = items('full/pods.json').map((object) => projectPod(object, interner));
    const injected = pods.filter((pod) => pod.injection !== undefined);
    expect(injected.length).toBeGreaterThan(50);
    for (const pod of injected) {
      const { revision, containers, initContainers } = pod.injection ?? {
        revision: '',
        containers: [],
        initContainers: [],
      };
      expect(['default', '1-10-2']).toContain(revision);
      const all = [...pod.containers, ...pod.initContainers].map(({ name }) => name);
      for (const name of [...containers, ...initContainers]) expect(all).toContain(name);
    }
    expect(injected.some((pod) => Object.keys(pod.annotations).includes('sidecar.istio.io/status'))).toBe(false);
  });

  it('count Deployments and DaemonSets as kubectl does', () => {
    const rows = table('full/text/get-all-A.txt', /^NAMESPACE +NAME +READY +UP-TO-DATE/);
    const deployments = items('full/deployments.json').map((object) => projectWorkload(object, 'Deployment', interner));
    let compared = 0;
    for (const { namespace, name, readyReplicas, replicas, updatedReplicas } of deployments) {
      const row = rows.get(`${namespace}/deployment.apps/${name}`);
      if (row === undefined) continue;
      compared += 1;
      expect([name, `${readyReplicas}/${replicas}`, String(updatedReplicas)]).toEqual([
        name,
        row.READY,
        row['UP-TO-DATE'],
      ]);
    }
    expect(compared).toBeGreaterThan(100);
    const [daemonSet] = items('full/daemonsets.json').map((object) => projectWorkload(object, 'DaemonSet', interner));
    expect(daemonSet).toMatchObject({ replicas: 3, readyReplicas: 3, updatedReplicas: 3 });
  });

  it('know who wrote an injection label and when', () => {
    const namespaces = items('full/namespaces.json').map((object) => projectNamespace(object, interner));
    const changeOf = (name: string) => namespaces.find((namespace) => namespace.name === name)?.labelsChanged;
    expect(changeOf('mission')).toEqual({ manager: 'kubectl-label', at: '2026-11-24T11:31:28Z' });
    expect(changeOf('tag-ns')?.manager).toBe('kubectl-client-side-apply');
    expect(changeOf('plain')).toBeUndefined();
    expect(namespaces.every((namespace) => namespace.phase === 'Active')).toBe(true);
  });

  it('carry the webhook error of a ReplicaSet and its events', () => {
    const replicaSets = items('full/replicasets.json').map((object) => projectWorkload(object, 'ReplicaSet', interner));
    const failed = replicaSets.filter(({ failure }) => failure !== undefined);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.every(({ failure }) => failure?.reason === 'FailedCreate' && failure.message !== '')).toBe(true);
    const events = items('full/events.json').map((object) => projectEvent(object, interner));
    expect(events.every(({ lastSeen, involved }) => lastSeen !== '' && involved.name !== '')).toBe(true);
    const refused = events.filter(
      ({ reason, involved }) => reason === 'FailedCreate' && involved.kind === 'ReplicaSet',
    );
    expect(refused.length).toBeGreaterThan(0);
  });

  it('find the template of every kind of workload', () => {
    let seen = 0;
    const files = [
      ['statefulsets', 'StatefulSet'],
      ['jobs', 'Job'],
      ['cronjobs', 'CronJob'],
      ['replicationcontrollers', 'ReplicationController'],
    ] as const;
    for (const [file, kind] of files) {
      const records = items(`full/${file}.json`).map((object) => projectWorkload(object, kind, interner));
      seen += records.length;
      for (const record of records) expect(record.template.containers.length).toBeGreaterThan(0);
    }
    expect(seen).toBeGreaterThan(4);
  });

  it('join Services and their endpoints', () => {
    const services = items('full/services.json').map((object) => projectService(object, interner));
    const slices = items('full/endpointslices.json').map((object) => projectEndpointSlice(object, interner));
    const names = new Set(services.map(({ namespace, name }) => `${namespace}/${name}`));
    expect(
      slices.filter(({ namespace, serviceName }) => names.has(`${namespace}/${serviceName}`)).length,
    ).toBeGreaterThan(20);
    expect(services.every(({ ports }) => ports.every(({ targetPort }) => targetPort !== ''))).toBe(true);
  });

  it('keep a pod in about 1.5 KB, its long texts left behind', () => {
    const objects = items('full/pods.json');
    const full = objects.reduce((sum, object) => sum + JSON.stringify(object).length, 0);
    const kept = objects.reduce((sum, object) => sum + JSON.stringify(projectPod(object, interner)).length, 0);
    expect(kept / full).toBeLessThan(0.15);
    expect(JSON.stringify(objectAt(objects[0] ?? {}, 'metadata'))).toContain('managedFields');
  });
});
