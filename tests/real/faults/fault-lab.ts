import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';
import { createKubeClient, type KubeClient } from '@/testbed/kube-client';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';
import { type Churn, startChurn } from './churn';
import { PageLog } from './page-log';
import { measureUse, type ProcessUse } from './process-use';
import { makeServiceAccount, writeKubeconfig } from './service-account';
import { startDashboard } from './start-dashboard';
import { openTcpGate, type TcpGate } from './tcp-gate';

const WARM_MS = 12_000;
const WARM_PATHS = ['/', '/namespaces', '/graph', '/control-planes', '/api/v1/overview', '/api/v1/graph', '/metrics'];

/**
 * A real cluster that keeps changing, and the dashboard on it as users run it: the built program behind a gate, signed
 * in with a token, with a browser on its Namespaces page. Beside it, behind a gate of its own and signed in with a
 * certificate, a session in this process, whose snapshot can be compared object by object.
 */
export interface FaultLab {
  readonly testbed: Testbed;
  /** A client that goes past the gates; another one after the authority was replaced. */
  readonly admin: () => KubeClient;
  readonly gate: TcpGate;
  readonly sessionGate: TcpGate;
  /** Of the dashboard. */
  readonly url: string;
  /** What its process held before the first fault. */
  readonly usedAtFirst: ProcessUse;
  /** The address of an answer for which the dashboard has to ask the API server. */
  readonly podEvents: string;
  readonly log: PageLog;
  readonly page: Page;
  readonly session: ClusterSession;
  /** The script that keeps changing the cluster; it runs from the start. */
  readonly churn: Churn;
  /** Writes the dashboard's kubeconfig with this token. */
  signIn(token: string): void;
  /** Writes both kubeconfigs anew, from the testbed's present ones. */
  renewKubeconfigs(): void;
  close(): Promise<void>;
}

export async function openFaultLab(): Promise<FaultLab> {
  const cleanups: (() => unknown)[] = [];
  const close = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    return await build((cleanup) => cleanups.push(cleanup), close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(onClose: (cleanup: () => unknown) => void, close: () => Promise<void>): Promise<FaultLab> {
  const testbed = await startTestbed({ name: 'faults', isFresh: true, withIstio: true });
  onClose(() => testbed.stop());
  const { admin: adminPath } = testbed.kubeconfigs;
  let admin = createKubeClient(adminPath);
  onClose(() => admin.close());
  const gates = await Promise.all([openTcpGate(portOf(testbed)), openTcpGate(portOf(testbed))]);
  const [gate, sessionGate] = gates;
  for (const each of gates) onClose(() => each.close());
  const files = {
    dashboard: join(testbed.folder, 'dashboard.kubeconfig'),
    session: join(testbed.folder, 'session.kubeconfig'),
  };
  let token = await makeServiceAccount(admin);
  const signIn = (next: string) => {
    token = next;
    writeKubeconfig(files.dashboard, adminPath, { port: gate.port, token });
  };
  signIn(token);
  writeKubeconfig(files.session, adminPath, { port: sessionGate.port });

  const session = new ClusterSession(readKubeconfig({ kubeconfigPath: files.session }).connect());
  onClose(() => session.close());
  session.start();
  const churn = startChurn(() => admin);
  onClose(() => churn.stop());
  const dashboard = await startDashboard(testbed.folder, files.dashboard);
  onClose(() => dashboard.stop());
  const { url } = dashboard;
  const page = await openPage(`${url}/namespaces`, onClose);
  const log = new PageLog(url);
  onClose(() => log.close());
  await session.whenSettled();
  await warm(url);
  return {
    testbed,
    admin: () => admin,
    gate,
    sessionGate,
    url,
    usedAtFirst: await measureUse(url),
    podEvents: await findPodEvents(admin),
    log,
    page,
    session,
    churn,
    signIn,
    renewKubeconfigs: () => {
      admin.close();
      admin = createKubeClient(adminPath);
      signIn(token);
      writeKubeconfig(files.session, adminPath, { port: sessionGate.port });
    },
    close,
  };
}

async function findPodEvents(admin: KubeClient): Promise<string> {
  const { body } = await admin.request({ method: 'GET', path: '/api/v1/namespaces/istio-system/pods' });
  const name = stringAt(recordsAt(body, 'items')[0], 'metadata', 'name');
  if (name === undefined) throw new Error(`istio-system has no pod: ${JSON.stringify(body)}`);
  return `/api/v1/namespaces/istio-system/pods/${name}/events`;
}

function portOf(testbed: Testbed): number {
  return Number(new URL(testbed.url).port);
}

async function openPage(url: string, onClose: (cleanup: () => unknown) => void): Promise<Page> {
  const executablePath = process.env.SIDELIGHT_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  onClose(() => browser.close());
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  return page;
}

/** What a process loads and compiles at its first use is no growth: every page is asked for before anything is measured. */
async function warm(url: string): Promise<void> {
  const end = Date.now() + WARM_MS;
  while (Date.now() < end) {
    for (const path of WARM_PATHS) await (await fetch(`${url}${path}`)).text();
    await pause(250);
  }
}
