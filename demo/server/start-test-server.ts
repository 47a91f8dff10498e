import { Agent, request } from 'node:https';
import { type Admission, createAdmission } from './admission';
import { RBAC_GROUP } from './bound-rules';
import type { ServiceResolver } from './call-webhooks';
import { adminUser, type TokenUser, tokenUser } from './demo-users';
import { isRecord } from './json-access';
import { KINDS } from './kinds';
import type { JsonObject, NewObject } from './object-types';
import type { ReadPodLog } from './pod-log';
import { type ApiServer, startApiServer } from './start-api-server';
import { createStore, type Store } from './store';

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; empty when it is text. */
  readonly json: JsonObject;
}

export interface TestRequest {
  readonly user?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A watch that is read event by event. */
export interface TestWatch {
  readonly events: JsonObject[];
  /** Resolves when the server has ended the watch. */
  readonly ended: Promise<void>;
  /** Waits until that many events are there. */
  count(total: number): Promise<JsonObject[]>;
  close(): void;
}

export interface TestServer {
  readonly store: Store;
  readonly admission: Admission;
  readonly api: ApiServer;
  call(method: string, path: string, options?: TestRequest): Promise<TestAnswer>;
  watch(path: string, headers?: Readonly<Record<string, string>>): Promise<TestWatch>;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  readonly resolveService?: ServiceResolver;
  readonly readPodLog?: ReadPodLog;
  readonly bookmarkIntervalMs?: number;
  readonly namespaces?: readonly string[];
  /** RBAC objects that say what `viewer` and `team` may do; nothing when none are given. */
  readonly rights?: readonly NewObject[];
}

const NAMESPACES = ['default', 'mission'];

/** An API server with all kinds and two namespaces, without controllers, and a client of it. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const store = createStore(KINDS);
  const { resolveService, readPodLog, bookmarkIntervalMs } = options;
  const admission = createAdmission({ store, ...(resolveService === undefined ? {} : { resolveService }) });
  const users = [adminUser(), tokenUser('viewer'), tokenUser('team')];
  const api = await startApiServer({
    store,
    admission,
    users,
    ...(readPodLog === undefined ? {} : { readPodLog }),
    ...(bookmarkIntervalMs === undefined ? {} : { bookmarkIntervalMs }),
  });
  for (const name of options.namespaces ?? NAMESPACES) {
    await admission.createWithAdmission('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const object of options.rights ?? []) {
    store.create(`${object.kind.toLowerCase()}s.${RBAC_GROUP}`, object);
  }
  const agent = new Agent({ keepAlive: true, ca: api.ca });
  return {
    store,
    admission,
    api,
    call: (method, path, asked = {}) => call(api, agent, users, method, path, asked),
    watch: (path, headers = {}) => openWatch(api, agent, users, path, headers),
    stop: async () => {
      agent.destroy();
      await api.stop();
    },
  };
}

function headersFor(users: readonly TokenUser[], { user = 'admin', token, headers = {} }: TestRequest) {
  const bearer = token ?? users.find((one) => one.name === user)?.token;
  return { ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }), ...headers };
}

function call(
  api: ApiServer,
  agent: Agent,
  users: readonly TokenUser[],
  method: string,
  path: string,
  asked: TestRequest,
): Promise<TestAnswer> {
  const { body } = asked;
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const payload = body === undefined ? undefined : isRaw ? body : JSON.stringify(body);
  // Node sends no length with a DELETE of its own accord.
  const contentType =
    payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) };
  return new Promise((resolve, reject) => {
    const headers = { ...contentType, ...headersFor(users, asked) };
    const outgoing = request(new URL(path, api.url), { method, agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const isJson = String(response.headers['content-type']).includes('json') && text !== '';
        const parsed: unknown = isJson && response.headers['content-encoding'] === undefined ? JSON.parse(text) : {};
        const json = isRecord(parsed) ? parsed : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

function openWatch(
  api: ApiServer,
  agent: Agent,
  users: readonly TokenUser[],
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<TestWatch> {
  const events: JsonObject[] = [];
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, api.url), { agent, headers: headersFor(users, { headers }) }, (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        const lines = (rest + part).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const event: unknown = JSON.parse(line);
          if (isRecord(event)) events.push(event);
        }
      });
      const ended = new Promise<void>((end) => response.on('close', () => end()));
      response.on('error', () => undefined);
      resolve({ events, ended, count: (total) => waitFor(events, total), close: () => outgoing.destroy() });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const LONGEST_WAIT_MS = 4_000;

async function waitFor(events: JsonObject[], total: number): Promise<JsonObject[]> {
  const until = Date.now() + LONGEST_WAIT_MS;
  while (events.length < total) {
    if (Date.now() > until) throw new Error(`${events.length} of ${total} events: ${JSON.stringify(events)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return events;
}
