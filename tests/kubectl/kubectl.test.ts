import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userRights } from '@/demo/scenarios/user-rights';
import type { KubeObject } from '@/demo/server/object-types';
import { startTestServer, type TestServer } from '@/demo/server/start-test-server';

const run = promisify(execFile);
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidelight-kubectl-'));
  server = await startTestServer({
    rights: userRights(['mission']),
    readPodLog: (_pod, container) => ({ lines: [{ time: '2026-01-01T00:00:00Z', text: `hello from ${container}` }] }),
  });
  for (const { name } of server.api.users) writeFileSync(join(folder, name), server.api.kubeconfig(name));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const base = (user: string) => [
  '--kubeconfig',
  join(folder, user),
  '--cache-dir',
  join(folder, 'cache'),
  '-n',
  'mission',
];

async function kubectlAs(user: string, line: string): Promise<string> {
  const { stdout } = await run('kubectl', [...base(user), ...split(line)]);
  return stdout.trimEnd();
}
const kubectl = (line: string) => kubectlAs('admin', line);

/** What kubectl complains about. */
const failure = (line: string, user = 'admin') =>
  kubectlAs(user, line).then(
    (text) => `no failure: ${text}`,
    (error: { stderr: string }) => error.stderr.trim(),
  );

// Words, and texts in single quotes.
const split = (line: string) => (line.match(/(?:'[^']*'|[^\s'])+/g) ?? []).map((word) => word.replaceAll("'", ''));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const shop = (image: string, data: string, hosts: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: ${data}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: ${image}, ports: [{ containerPort: 80 }] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec: { hosts: ${hosts}, http: [{ route: [{ destination: { host: shop } }] }] }
`;

describe.skipIf(!hasKubectl)('kubectl (skipped where there is none)', () => {
  it('finds out what the cluster has', async () => {
    expect(await kubectl('version')).toContain('Server Version: v1.');
    const resources = await kubectl('api-resources --no-headers');
    expect(resources).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m);
    expect(resources).toMatch(/^virtualservices +vs +networking\.istio\.io\/v1 +true +VirtualService$/m);
    expect(await kubectl('api-versions')).toContain('gateway.networking.k8s.io/v1');
  });

  it('creates, with typed requests too', async () => {
    expect(await kubectl('create deployment web --image=nginx:1.18.0 --replicas=2 --port=80')).toBe(
      'deployment.apps/web created',
    );
    expect(await kubectl('create configmap conf --from-literal=a=b')).toBe('configmap/conf created');
    expect(await kubectl('create secret generic hidden --from-literal=a=b')).toBe('secret/hidden created');
    expect(await kubectl('create job once --image=busybox -- echo hi')).toBe('job.batch/once created');
    expect(await kubectl("create cronjob often --image=busybox --schedule='*/5 * * * *'")).toBe(
      'cronjob.batch/often created',
    );
    expect(await kubectl('create role reader --verb=get --resource=pods')).toBe(
      'role.rbac.authorization.k8s.io/reader created',
    );
    expect(await kubectl('expose deployment web --port=80')).toBe('service/web exposed');
    expect(await kubectl('run bare --image=nginx')).toBe('pod/bare created');
    expect(await kubectl('get secret hidden -o jsonpath={.data.a}')).toBe('Yg==');
    expect(await kubectl('get deployment web -o jsonpath={.spec.strategy.rollingUpdate}')).toBe(
      '{"maxSurge":"25%","maxUnavailable":"25%"}',
    );
  });

  it('prints tables', async () => {
    const lines = async (line: string) =>
      (await kubectl(line)).split('\n').map((row) => row.split(/ {2,}/).join('|').trim());
    expect((await lines('get pods -o wide'))[0]).toBe(
      'NAME|READY|STATUS|RESTARTS|AGE|IP|NODE|NOMINATED NODE|READINESS GATES',
    );
    expect((await lines('get pods'))[1]).toMatch(/^bare\|0\/1\|Pending\|0\|\d+s$/);
    expect((await lines('get deployments -o wide'))[1]).toMatch(
      /^web\|0\/2\|0\|0\|\d+s\|nginx\|nginx:1\.18\.0\|app=web$/,
    );
    expect((await lines('get services'))[1]).toMatch(/^web\|ClusterIP\|10\.96\.\d+\.\d+\|<none>\|80\/TCP\|\d+s$/);
    expect((await lines('get cronjobs'))[1]).toMatch(/^often\|\*\/5 \* \* \* \*\|<none>\|False\|0\|<none>\|\d+s$/);
    expect((await lines('get all')).join('\n')).toMatch(
      /pod\/bare[\s\S]*service\/web[\s\S]*deployment\.apps\/web[\s\S]*cronjob\.batch\/often[\s\S]*\njob\.batch\/once/,
    );
    expect(await kubectl('get pods -l app=none')).toBe('');
  });

  it('prints objects and describes them', async () => {
    expect(await kubectl('get deployment web -o yaml')).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/);
    expect(await kubectl('get pods -o name')).toBe('pod/bare');
    expect(await kubectl('describe deployment web')).toContain('2 desired | 0 updated | 0 total | 0 available');
    expect(await kubectl('describe pod bare')).toContain(
      '/var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-',
    );
    expect(await kubectl('describe service web')).toContain('Session Affinity:');
    expect(await kubectl('describe namespace mission')).toContain('Status:       Active');
  });

  it('labels and annotates', async () => {
    expect(await kubectl('label namespace mission istio-injection=enabled')).toBe('namespace/mission labeled');
    expect(await failure('label namespace mission istio-injection=disabled')).toContain('--overwrite is false');
    expect(await failure('label namespace mission a=b --resource-version=1')).toContain(
      'Operation cannot be fulfilled on namespaces "mission": the object has been modified',
    );
    expect(await kubectl('annotate namespace mission note=hello')).toBe('namespace/mission annotated');
    expect(await kubectl('get namespaces -L istio-injection --no-headers')).toMatch(/^mission +Active +\S+ +enabled$/m);
    expect(await kubectl('label namespace mission istio-injection-')).toBe('namespace/mission unlabeled');
  });

  it('applies on the client, and three-way merges', async () => {
    const first = file('shop.yaml', shop('nginx:1', '{ a: "1", b: "2" }', '[shop, store]'));
    expect(await kubectl(`apply -f ${first}`)).toBe(
      'configmap/settings created\ndeployment.apps/shop created\nvirtualservice.networking.istio.io/shop created',
    );
    expect(await kubectl(`apply -f ${first}`)).toBe(
      'configmap/settings unchanged\ndeployment.apps/shop unchanged\nvirtualservice.networking.istio.io/shop unchanged',
    );
    await kubectl('scale deployment shop --replicas=3');
    const second = file('shop.yaml', shop('nginx:2', '{ a: "1", c: "3" }', '[shop]'));
    expect(await failure(`diff -f ${second}`)).not.toContain('error');
    await kubectl(`apply -f ${second}`);
    expect(await kubectl('get configmap settings -o jsonpath={.data}')).toBe('{"a":"1","c":"3"}');
    expect(
      await kubectl("get deployment shop -o 'jsonpath={.spec.replicas} {.spec.template.spec.containers[*].image}'"),
    ).toBe('3 nginx:2');
    expect(await kubectl('get virtualservice shop -o jsonpath={.spec.hosts}')).toBe('["shop"]');
    expect(await kubectl(`delete -f ${second}`)).toContain('virtualservice.networking.istio.io "shop" deleted');
  });

  it('applies on the server, with conflicts', async () => {
    const path = file(
      'applied.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: applied }\ndata: { a: "1" }\n',
    );
    expect(await kubectl(`apply --server-side -f ${path}`)).toBe('configmap/applied serverside-applied');
    file('applied.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: applied }\ndata: { a: "2" }\n');
    expect(await failure(`apply --server-side --field-manager=other -f ${path}`)).toContain(
      'Apply failed with 1 conflict: conflict with "kubectl": .data.a',
    );
    await kubectl(`apply --server-side --field-manager=other --force-conflicts -f ${path}`);
    expect(await kubectl('get configmap applied -o jsonpath={.data.a}')).toBe('2');
    expect(
      await kubectl(
        `apply --dry-run=server -f ${file('dry.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dry }\n')}`,
      ),
    ).toBe('configmap/dry created (server dry run)');
    expect(await failure('get configmap dry')).toContain('NotFound');
  });

  it('patches, scales and sets images', async () => {
    await kubectl(
      `patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"redis"}]}}}}'`,
    );
    expect(await kubectl('get deployment web -o jsonpath={.spec.template.spec.containers[*].name}')).toBe('side nginx');
    await kubectl(`patch deployment web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":5}]'`);
    await kubectl(`patch deployment web --type=merge -p '{"metadata":{"labels":{"team":"a"}}}'`);
    await kubectl('set image deployment/web nginx=nginx:1.19');
    expect(
      await kubectl(
        "get deployment web -o 'jsonpath={.spec.replicas} {.metadata.labels.team} {.spec.template.spec.containers[1].image}'",
      ),
    ).toBe('5 a nginx:1.19');
    expect(await kubectl('scale deployment web --replicas=4 --current-replicas=5')).toBe('deployment.apps/web scaled');
    await kubectl('rollout restart deployment/web');
    expect(await kubectl('get deployment web -o jsonpath={.spec.template.metadata.annotations}')).toContain(
      'kubectl.kubernetes.io/restartedAt',
    );
  });

  it('reads logs', async () => {
    const ref = { namespace: 'mission', name: 'logged' };
    server.store.create('pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: ref,
      spec: { nodeName: 'node-1', containers: [{ name: 'app', image: 'nginx' }] },
    });
    expect(await failure('logs logged')).toContain('container "app" in pod "logged" is waiting to start');
    const run = (draft: KubeObject) => {
      draft.status = { phase: 'Running', containerStatuses: [{ name: 'app', ready: true, state: { running: {} } }] };
    };
    server.store.modify('pods', ref, run, { subresource: 'status' });
    expect(await kubectl('logs logged')).toBe('hello from app');
    expect(await kubectl('logs logged --timestamps --tail=1')).toBe('2026-01-01T00:00:00Z hello from app');
    server.store.delete('pods', ref, { gracePeriodSeconds: 0 });
  });

  it('watches', { timeout: 90_000 }, async () => {
    const watch = spawn('kubectl', [...base('admin'), 'get', 'configmaps', '-w', '--no-headers', '-o', 'name']);
    let text = '';
    watch.stdout.on('data', (part: Buffer) => {
      text += part.toString();
    });
    await expect.poll(() => text, { timeout: 30_000 }).not.toBe('');
    await kubectl('create configmap watched');
    // kubectl may write a name and the end of its line one after the other.
    await expect.poll(() => text.trim().split('\n').at(-1), { timeout: 30_000 }).toBe('configmap/watched');
    watch.kill();
  });

  it('deletes and waits until it is gone', async () => {
    expect(await kubectl('delete pod bare')).toBe('pod "bare" deleted');
    expect(await kubectl('delete configmap watched conf')).toBe(
      'configmap "watched" deleted\nconfigmap "conf" deleted',
    );
    expect(await kubectl('delete job once --cascade=foreground')).toBe('job.batch "once" deleted');
    await kubectl('create namespace brief');
    expect(await kubectl('delete namespace brief')).toBe('namespace "brief" deleted');
    expect(await kubectl('wait --for=delete namespace/brief --timeout=5s')).toBe('');
    expect(await failure('delete pod bare')).toBe('Error from server (NotFound): pods "bare" not found');
  });

  it('shows what is refused', async () => {
    expect(await failure('create namespace Bad_Name')).toContain(
      'The Namespace "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 label',
    );
    expect(await failure('create namespace mission')).toBe(
      'Error from server (AlreadyExists): namespaces "mission" already exists',
    );
    expect(await failure('get pods --field-selector spec.color=red')).toContain(
      'field label not supported: spec.color',
    );
  });

  it('asks what it may do', async () => {
    expect(await kubectl('auth whoami -o jsonpath={.status.userInfo.username}')).toBe('admin');
    expect(await kubectl('auth can-i delete nodes')).toBe('yes');
    expect(await kubectlAs('team', 'auth can-i patch deployments.apps')).toBe('yes');
    await expect(kubectlAs('team', 'auth can-i patch namespaces')).rejects.toMatchObject({ stdout: 'no\n' });
    expect(await kubectlAs('viewer', 'auth can-i --list')).toMatch(
      /^deployments\.apps +\[\] +\[\] +\[get list watch\]$/m,
    );
    expect(await failure('get secrets', 'viewer')).toBe(
      'Error from server (Forbidden): secrets is forbidden: User "viewer" cannot list resource "secrets" in API group "" in the namespace "mission"',
    );
    expect(await failure('get namespaces', 'team')).toBe(
      'Error from server (Forbidden): namespaces is forbidden: User "team" cannot list resource "namespaces" in API group "" at the cluster scope',
    );
    expect(await kubectlAs('team', 'get namespace mission -o name')).toBe('namespace/mission');
  });
});
