import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminUser, tokenUser } from '@/demo/server/demo-users';
import { readEvents } from '@/lib/cluster/read-events';
import { readLogs } from '@/lib/cluster/read-logs';
import { readObject, readPod } from '@/lib/cluster/read-object';
import { restartWorkload } from '@/lib/cluster/restart-workload';
import type { ClusterSession } from '@/lib/cluster/session';
import { writeInjectionLabel } from '@/lib/cluster/write-injection-label';
import { setRights } from './set-rights';
import { addDeployment, addNamespace, addPod, startTestCluster, type TestCluster } from './start-test-cluster';

const READ = ['get', 'list', 'watch'];
let cluster: TestCluster;
let admin: ClusterSession;
const rights = [{ verbs: READ, apiGroups: ['*'], resources: ['*'] }];
const log = ['first', 'zweite Zeile 🌍', 'third'];

beforeAll(async () => {
  cluster = await startTestCluster({
    users: [adminUser(), tokenUser('viewer'), tokenUser('changing')],
    readPodLog: () => ({ lines: log.map((text) => ({ time: '2026-01-01T00:00:00Z', text })) }),
  });
  setRights(cluster.store, 'changing', rights);
  // Nothing here needs the snapshot: requests go through an idle session.
  admin = cluster.open('admin', {}, false);
});
afterAll(() => cluster.stop());

let count = 0;
let namespace = '';
beforeEach(() => {
  count += 1;
  namespace = `web-${count}`;
  addNamespace(cluster.store, namespace, { team: 'a' });
});
const versionOf = (name: string) => cluster.store.get('namespaces', { name })?.metadata.resourceVersion ?? '';

describe('writeInjectionLabel', () => {
  it('sets one label and leaves the others', async () => {
    const write = { namespace, labels: { 'istio-injection': 'enabled' }, resourceVersion: versionOf(namespace) };
    const change = await writeInjectionLabel(admin, write);
    expect(change.before.labels).toMatchObject({ team: 'a' });
    expect(change.before.labels['istio-injection']).toBeUndefined();
    expect(change.after.labels).toMatchObject({ team: 'a', 'istio-injection': 'enabled' });
    expect(change.after.resourceVersion).toBe(versionOf(namespace));
    const fields = cluster.store.get('namespaces', { name: namespace })?.metadata.managedFields ?? [];
    expect(fields.map(({ manager }) => manager)).toContain('sidelight');
  });

  it('removes a label with null and can exchange one for the other', async () => {
    const first = { namespace, labels: { 'istio-injection': 'enabled' }, resourceVersion: versionOf(namespace) };
    await writeInjectionLabel(admin, first);
    const labels = { 'istio-injection': null, 'istio.io/rev': 'canary' };
    const { after } = await writeInjectionLabel(admin, { namespace, labels, resourceVersion: versionOf(namespace) });
    expect(Object.keys(after.labels)).not.toContain('istio-injection');
    expect(after.labels['istio.io/rev']).toBe('canary');
  });

  it('changes nothing in a dry run', async () => {
    const resourceVersion = versionOf(namespace);
    const labels = { 'istio-injection': 'enabled' };
    const { after } = await writeInjectionLabel(admin, { namespace, labels, resourceVersion, isDryRun: true });
    expect(after.labels['istio-injection']).toBe('enabled');
    expect(versionOf(namespace)).toBe(resourceVersion);
  });

  it('reports a namespace that changed since as a conflict, with its labels as they are now', async () => {
    const resourceVersion = versionOf(namespace);
    cluster.store.modify('namespaces', { name: namespace }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, team: 'b' };
    });
    const write = writeInjectionLabel(admin, { namespace, labels: { 'istio-injection': 'enabled' }, resourceVersion });
    await expect(write).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`"${namespace}"`),
      details: { current: { labels: { team: 'b' }, resourceVersion: versionOf(namespace) } },
    });
    expect(cluster.store.get('namespaces', { name: namespace })?.metadata.labels).not.toHaveProperty('istio-injection');
  });

  it.each([
    ['a label of its own choice', { team: 'x' }],
    ['a value that is no label value', { 'istio.io/rev': 'not valid' }],
  ])('refuses %s before anything is sent', async (_name, labels) => {
    const sent = cluster.requests.length;
    const write = { namespace, labels: labels as object, resourceVersion: versionOf(namespace) };
    await expect(writeInjectionLabel(admin, write)).rejects.toMatchObject({ code: 'invalid' });
    expect(cluster.requests.length).toBe(sent);
  });

  it('is refused by a read-only server and to a viewer', async () => {
    const write = { namespace, labels: { 'istio-injection': 'enabled' }, resourceVersion: versionOf(namespace) };
    const readOnly = cluster.open('admin', { isReadOnly: true }, false);
    await expect(writeInjectionLabel(readOnly, write)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('--read-only'),
    });
    const viewer = cluster.open('viewer', {}, false);
    await expect(writeInjectionLabel(viewer, write)).rejects.toMatchObject({ code: 'forbidden', status: 403 });
  });

  it('names a namespace that is gone', async () => {
    const write = writeInjectionLabel(admin, { namespace: 'gone', labels: {}, resourceVersion: '1' });
    await expect(write).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('"gone"') });
  });
});

describe('restartWorkload', () => {
  const templateOf = (name: string) => cluster.store.get('deployments.apps', { namespace, name })?.spec;

  it('stamps the pod template as kubectl rollout restart does', async () => {
    addDeployment(cluster.store, namespace, 'app');
    const { before, after } = await restartWorkload(admin, { kind: 'Deployment', namespace, name: 'app' });
    expect(before.restartedAt).toBe('');
    expect(after.restartedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(after.generation).toBe(before.generation + 1);
    expect(JSON.stringify(templateOf('app'))).toContain(after.restartedAt);
  });

  it('leaves everything as it is in a dry run', async () => {
    addDeployment(cluster.store, namespace, 'app');
    await restartWorkload(admin, { kind: 'Deployment', namespace, name: 'app', isDryRun: true });
    expect(JSON.stringify(templateOf('app'))).not.toContain('restartedAt');
  });

  it('refuses what would not replace any pod, and says why', async () => {
    addDeployment(cluster.store, namespace, 'held', { paused: true });
    const restart = (kind: string) => restartWorkload(admin, { kind, namespace, name: 'held' });
    await expect(restart('Deployment')).rejects.toMatchObject({ code: 'unsupported', message: /paused/ });
    await expect(restart('Job')).rejects.toMatchObject({ code: 'unsupported', message: /only Deployments/ });
  });

  it('keeps to the version that was shown', async () => {
    addDeployment(cluster.store, namespace, 'app');
    const restart = { kind: 'Deployment', namespace, name: 'app', resourceVersion: '1' };
    await expect(restartWorkload(admin, restart)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('access', () => {
  it('is what the API server says, remembered until something is refused', async () => {
    const session = cluster.open('changing', {}, false);
    const right = { verb: 'patch', group: '', resource: 'namespaces', namespace, name: namespace };
    const reviews = () => cluster.requests.filter(({ path }) => path.endsWith('selfsubjectaccessreviews')).length;
    expect(await session.access.canI(right)).toMatchObject({ allowed: false });
    const asked = reviews();
    const patch = { verbs: ['patch'], apiGroups: [''], resources: ['namespaces'] };
    setRights(cluster.store, 'changing', [...rights, patch]);
    expect(await session.access.canI(right)).toMatchObject({ allowed: false });
    expect(reviews()).toBe(asked);
    session.access.forget();
    expect(await session.access.canI(right)).toMatchObject({ allowed: true });
    setRights(cluster.store, 'changing', rights);
    const write = { namespace, labels: { 'istio-injection': 'enabled' }, resourceVersion: versionOf(namespace) };
    await expect(writeInjectionLabel(session, write)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await session.access.canI(right)).toMatchObject({ allowed: false });
  });

  it('knows the user by the name that the cluster gives', async () => {
    expect(await cluster.open('changing', {}, false).whoAmI()).toMatchObject({ name: 'changing', source: 'cluster' });
  });
});

describe('reading on demand', () => {
  it('gets one object whole, without managedFields', async () => {
    addPod(cluster.store, namespace, 'a');
    const pod = await readPod(admin, namespace, 'a');
    expect(pod.spec?.containers?.[0]?.image).toBe('nginx:1.18.0');
    expect(pod.metadata).not.toHaveProperty('managedFields');
    addDeployment(cluster.store, namespace, 'app');
    expect((await readObject(admin, 'deployments', namespace, 'app')).metadata.name).toBe('app');
    expect((await readObject(admin, 'namespaces', '', namespace)).metadata.name).toBe(namespace);
  });

  it('names the object that is not there', async () => {
    const message = expect.stringMatching(/pods "none" not found/);
    await expect(readPod(admin, namespace, 'none')).rejects.toMatchObject({ code: 'not-found', message });
  });

  it('gets log lines as they were written', async () => {
    addPod(cluster.store, namespace, 'a');
    cluster.store.modify('pods', { namespace, name: 'a' }, (draft) => {
      draft.spec = { ...draft.spec, nodeName: 'node-1' };
    });
    cluster.store.modify(
      'pods',
      { namespace, name: 'a' },
      (draft) => {
        draft.status = { containerStatuses: [{ name: 'app', state: { running: {} } }] };
      },
      { subresource: 'status' },
    );
    expect(await readLogs(admin, { namespace, pod: 'a', container: 'app' })).toEqual(log);
  });

  it('gets the events of one object, the newest first', async () => {
    const event = (name: string, pod: string, second: number) =>
      cluster.store.create('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace },
        involvedObject: { kind: 'Pod', name: pod, namespace },
        type: 'Normal',
        reason: 'Started',
        lastTimestamp: `2026-01-01T00:00:0${second}Z`,
      });
    event('old', 'a', 1);
    event('new', 'a', 2);
    event('other', 'b', 3);
    const events = await readEvents(admin, { kind: 'Pod', namespace, name: 'a' });
    expect(events.map(({ name }) => name)).toEqual(['new', 'old']);
  });

  it('can be given up', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(readPod(admin, namespace, 'a', controller.signal)).rejects.toMatchObject({ code: 'timeout' });
  });
});
