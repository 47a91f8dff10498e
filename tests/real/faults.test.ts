import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Asked, askDashboard } from './faults/ask-dashboard';
import { type FaultLab, openFaultLab } from './faults/fault-lab';
import { type Measurement, toTable } from './faults/measurements';
import { deleteServiceAccount, makeServiceAccount } from './faults/service-account';
import { type SilentServer, startSilentServer } from './faults/silent-server';
import { addGuarded, addSilentWebhooks, removeSilentWebhooks } from './faults/silent-webhooks';
import { type FaultClock, survive, type Trial } from './faults/survive';

// The dashboard on a real cluster that breaks while it changes. docs/reliability.md tells what comes out of it.
const IS_REAL = Boolean(process.env.SIDELIGHT_REAL);
if (!IS_REAL) console.warn('The faults need the real cluster: run "npm run test:real".');

const START_MS = 240_000;
const TRIAL_MS = 180_000;
const NOTICE_MS = 20_000;
const versionSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const eventSchema = z.object({ type: z.string(), object: z.looseObject({ code: z.number().optional() }) });

let lab: FaultLab;
const measured: Measurement[] = [];

async function trial(test: Trial): Promise<void> {
  measured.push(await survive(lab, test));
}

/** When the open page shows the text, in milliseconds from `since`. */
async function shownAfter(text: string, since: number): Promise<string> {
  await lab.page.getByText(text).first().waitFor({ timeout: NOTICE_MS });
  return `the page shows "${text}" after ${toSeconds(Date.now() - since)}`;
}

const toSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

const untilSaid = (problem: string) =>
  expect
    .poll(() => lab.log.events.some(({ state }) => state.problem === problem), { timeout: NOTICE_MS, interval: 50 })
    .toBe(true);

describe.runIf(IS_REAL)('the dashboard outlives', () => {
  beforeAll(async () => {
    lab = await openFaultLab();
  }, START_MS);
  afterEach(async () => {
    for (const gate of [lab.gate, lab.sessionGate]) gate.heal();
    lab.testbed.apiServer.thaw();
    await lab.testbed.apiServer.start();
    lab.churn.resume();
  }, START_MS);
  afterAll(async () => {
    await lab?.close();
    console.log(toTable(measured));
  }, START_MS);

  it('kube-apiserver stopped for 30 s', { timeout: TRIAL_MS }, () =>
    trial({
      fault: 'kube-apiserver stopped for 30 s',
      says: 'unreachable',
      run: async (clock) => {
        const { apiServer } = lab.testbed;
        clock.broken();
        const stopped = apiServer.stop();
        clock.note = await shownAfter('cluster unreachable, data from', clock.brokenAt);
        expect(await askDashboard(lab.url, lab.podEvents)).toMatchObject({ status: 502, code: 'unreachable' });
        await stopped;
        await pause(clock.brokenAt + 30_000 - Date.now());
        await apiServer.start();
        clock.mended();
      },
    }),
  );

  it('kube-apiserver frozen for 60 s', { timeout: TRIAL_MS }, () =>
    trial({
      fault: 'kube-apiserver frozen for 60 s',
      says: 'unreachable',
      run: async (clock) => {
        const { apiServer } = lab.testbed;
        clock.broken();
        apiServer.freeze();
        // On a busy machine it takes a moment until the last thread stands still.
        await pause(500);
        const asked = askDashboard(lab.url, lab.podEvents);
        clock.note = await shownAfter('cluster unreachable, data from', clock.brokenAt);
        const { status, tookMs } = await asked;
        expect(status).toBeGreaterThanOrEqual(502);
        clock.note += `; a request that needs the cluster failed after ${toSeconds(tookMs)}`;
        await pause(clock.brokenAt + 60_000 - Date.now());
        apiServer.thaw();
        clock.mended();
      },
    }),
  );

  it('etcd compacted under a paused watch', { timeout: TRIAL_MS }, () =>
    trial({
      fault: 'etcd compacted under a paused watch',
      says: 'unreachable',
      run: async (clock) => {
        const { body } = await lab.admin().request({ method: 'GET', path: '/api/v1/namespaces', query: { limit: 1 } });
        const { resourceVersion } = versionSchema.parse(body).metadata;
        clock.broken();
        for (const gate of [lab.gate, lab.sessionGate]) gate.silence();
        await untilSaid('unreachable');
        await lab.testbed.compact();
        // The watch cache would still have the past; a server that starts has none.
        await lab.testbed.apiServer.stop();
        await lab.testbed.apiServer.start();
        await pause(2_000);
        await lab.testbed.compact();
        expect(await firstEventFrom(resourceVersion)).toMatchObject({ type: 'ERROR', object: { code: 410 } });
        for (const gate of [lab.gate, lab.sessionGate]) gate.heal();
        clock.mended();
      },
    }),
  );

  it('a webhook that never answers', { timeout: TRIAL_MS }, async () => {
    const server = await startSilentServer();
    try {
      await trial({ fault: 'a webhook that never answers', run: (clock) => meetSilentWebhooks(server, clock) });
    } finally {
      await removeSilentWebhooks(lab.admin());
      await server.close();
    }
  });

  it('a token that is revoked', { timeout: TRIAL_MS }, () =>
    trial({
      fault: 'a token that is revoked',
      says: 'unauthorized',
      run: async (clock) => {
        clock.broken();
        await deleteServiceAccount(lab.admin());
        clock.note = await shownAfter('The cluster refuses this login', clock.brokenAt);
        const asked = await askDashboard(lab.url, lab.podEvents);
        expect(asked).toMatchObject({ code: 'unauthorized', message: /kubeconfig/ });
        const token = await makeServiceAccount(lab.admin());
        await pause(5_000);
        lab.signIn(token);
        clock.mended();
      },
    }),
  );

  it('a connection that is cut and refused for 10 s', { timeout: TRIAL_MS }, () =>
    trial({
      fault: 'connections cut and refused for 10 s',
      says: 'unreachable',
      run: async (clock) => {
        for (const gate of [lab.gate, lab.sessionGate]) gate.cut();
        await pause(3_000);
        expect(lab.log.events.filter(({ state }) => state.status !== 'live')).toEqual([]);
        clock.broken();
        for (const gate of [lab.gate, lab.sessionGate]) gate.cut(true);
        await pause(10_000);
        for (const gate of [lab.gate, lab.sessionGate]) gate.heal();
        clock.mended();
      },
    }),
  );

  it('a connection that falls silent for 30 s', { timeout: TRIAL_MS }, () =>
    trial({
      fault: 'connections silent for 30 s',
      says: 'unreachable',
      run: async (clock) => {
        clock.broken();
        for (const gate of [lab.gate, lab.sessionGate]) gate.silence();
        clock.note = await shownAfter('cluster unreachable, data from', clock.brokenAt);
        await pause(clock.brokenAt + 30_000 - Date.now());
        for (const gate of [lab.gate, lab.sessionGate]) gate.heal();
        clock.mended();
      },
    }),
  );

  it('a certificate authority that is replaced', { timeout: TRIAL_MS }, () =>
    trial({
      fault: 'certificate authority replaced',
      says: 'untrusted',
      run: async (clock) => {
        clock.broken();
        await lab.testbed.replaceAuthority();
        clock.note = `${await shownAfter('certificate is not trusted', Date.now())} of the new server's start`;
        await untilSaid('untrusted');
        lab.renewKubeconfigs();
        clock.mended();
      },
    }),
  );
});

/** What a watch from an old version is answered with first. */
async function firstEventFrom(resourceVersion: string) {
  for await (const event of lab.admin().watch({ path: '/api/v1/namespaces', query: { resourceVersion } })) {
    return eventSchema.parse(event);
  }
  return undefined;
}

async function meetSilentWebhooks(server: SilentServer, clock: FaultClock): Promise<void> {
  const admin = lab.admin();
  const names = { Fail: 'guarded-fail', Ignore: 'guarded-ignore' } as const;
  for (const policy of ['Fail', 'Ignore'] as const) await addGuarded(admin, names[policy], policy);
  await pause(3_000);
  await addSilentWebhooks(admin, server, [
    { name: 'silent-fail.faults.example', policy: 'Fail', timeoutSeconds: 30 },
    { name: 'silent-ignore.faults.example', policy: 'Ignore', timeoutSeconds: 10 },
  ]);
  await pause(1_000);
  const write = async (policy: keyof typeof names) => {
    const path = `/api/v1/namespaces/${names[policy]}`;
    const { body } = await admin.request({ method: 'GET', path });
    const { resourceVersion } = versionSchema.parse(body).metadata;
    return await Promise.all([
      askDashboard(lab.url, `${path}/injection`, { action: 'enable', resourceVersion }),
      askDashboard(lab.url, `${path}/workloads/Deployment/web/restart`, {}),
    ]);
  };
  const [failed, ignored] = await Promise.all([write('Fail'), write('Ignore')]);
  for (const asked of failed) {
    expect(asked).toMatchObject({ status: 502, code: 'webhook-failed' });
    expect(asked.message).toContain('"silent-fail.faults.example"');
    expect(asked.message).toContain('Nothing was changed');
    expect(asked.tookMs).toBeGreaterThan(29_000);
    expect(asked.tookMs).toBeLessThan(35_000);
  }
  const slowest = (asked: readonly Asked[]) => toSeconds(Math.max(...asked.map(({ tookMs }) => tookMs)));
  clock.note = `Fail, 30 s: refused by name after ${slowest(failed)}; Ignore, 10 s: done after ${slowest(ignored)}`;
  for (const asked of ignored) expect(asked).toMatchObject({ status: 200, code: '' });
  expect(server.asked()).toBe(4);
  const { body } = await admin.request({ method: 'GET', path: `/api/v1/namespaces/${names.Fail}` });
  expect(JSON.stringify(body)).not.toContain('istio-injection');
}
