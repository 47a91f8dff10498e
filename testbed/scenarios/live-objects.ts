import { setTimeout as pause } from 'node:timers/promises';
import { isRecord, recordsAt, stringAt } from '@/demo/server/json-access';
import type { KubeObject, NewObject, ObjectRef } from '@/demo/server/object-types';
import { parseObject } from '@/demo/server/parse-object';
import type { KubeAnswer, KubeClient, KubeRequest } from '@/testbed/kube-client';

const PATIENCE_MS = 180_000;
const RETRY_MS = 200;
export type Query = NonNullable<KubeRequest['query']>;

const MERGE = 'application/merge-patch+json';

interface ServedKind {
  readonly plural: string;
  readonly isNamespaced: boolean;
  /** `/api/v1` or `/apis/apps/v1`. */
  readonly root: string;
}

/** Objects of a real API server: found by discovery, written with patience. */
export class LiveObjects {
  readonly #client: KubeClient;
  readonly #kinds = new Map<string, Promise<ReadonlyMap<string, ServedKind>>>();
  readonly #versions = new Map<string, Promise<string>>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** Whether the cluster has this kind at all. */
  async isServed(object: Pick<NewObject, 'apiVersion' | 'kind'>): Promise<boolean> {
    return (await this.#kindsOf(object.apiVersion)).has(object.kind);
  }

  /** The path of an object's collection; fails where the kind is not served. */
  async collectionOf({ apiVersion, kind, metadata }: NewObject): Promise<string> {
    const served = (await this.#kindsOf(apiVersion)).get(kind);
    if (served === undefined) throw new Error(`This cluster has no kind ${apiVersion} ${kind}.`);
    return collection(served, metadata.namespace);
  }

  /** The path of an object that is named by its resource, such as `deployments.apps`. */
  async pathOf(resource: string, { name, namespace }: ObjectRef): Promise<string> {
    const [plural = '', ...group] = resource.split('.');
    const kinds = await this.#kindsOf(await this.#versionOf(group.join('.')));
    const served = [...kinds.values()].find((candidate) => candidate.plural === plural);
    if (served === undefined) throw new Error(`This cluster has no ${resource}.`);
    return `${collection(served, namespace)}/${name}`;
  }

  async find(path: string): Promise<KubeObject | undefined> {
    const answer = await this.send({ method: 'GET', path });
    if (answer.status === 404) return undefined;
    return toStored(expectSuccess(answer, `GET ${path}`));
  }

  /** The items of a list; none where the kind is not served. */
  async list(path: string, query: Query = {}): Promise<Record<string, unknown>[]> {
    const answer = await this.send({ method: 'GET', path, query });
    return answer.status === 404 ? [] : recordsAt(expectSuccess(answer, `GET ${path}`), 'items');
  }

  async merge(path: string, patch: object, query: Query): Promise<void> {
    const answer = await this.send({ method: 'PATCH', path, query, contentType: MERGE, body: patch });
    expectSuccess(answer, `PATCH ${path}`);
  }

  /** Reads, changes and writes an object, again when others were faster. */
  async change(path: string, change: (draft: KubeObject) => void, query: Query): Promise<void> {
    for (;;) {
      const draft = await this.find(path);
      if (draft === undefined) throw new Error(`${path} is to be changed and is not there.`);
      change(draft);
      const answer = await this.send({ method: 'PUT', path, query, body: draft });
      if (answer.status === 409) continue;
      expectSuccess(answer, `PUT ${path}`);
      return;
    }
  }

  /** Sends a request, again while the cluster is too busy, or something that it needs is too young. */
  async send(request: KubeRequest): Promise<KubeAnswer> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.#client.request(request).catch((error: unknown) => toRefusal(error));
      if (!isPassing(answer) || Date.now() > end) return answer;
      const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
      await pause(Number.isFinite(seconds) ? seconds * 1_000 : RETRY_MS);
    }
  }

  #kindsOf(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
    const known = this.#kinds.get(apiVersion);
    if (known !== undefined) return known;
    const asked = this.#discover(apiVersion);
    this.#kinds.set(apiVersion, asked);
    // What is not there may come: definitions of kinds are objects too.
    void asked.then(
      (kinds) => kinds.size === 0 && this.#kinds.delete(apiVersion),
      () => this.#kinds.delete(apiVersion),
    );
    return asked;
  }

  async #discover(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const answer = await this.send({ method: 'GET', path: root });
    if (answer.status === 404) return new Map();
    const resources = recordsAt(expectSuccess(answer, `GET ${root}`), 'resources');
    return new Map(
      resources.flatMap((resource) => {
        const plural = stringAt(resource, 'name') ?? '';
        if (plural.includes('/')) return [];
        const isNamespaced = resource.namespaced === true;
        return [[stringAt(resource, 'kind') ?? '', { plural, isNamespaced, root }] as const];
      }),
    );
  }

  #versionOf(group: string): Promise<string> {
    if (group === '') return Promise.resolve('v1');
    const known = this.#versions.get(group);
    if (known !== undefined) return known;
    const asked = this.send({ method: 'GET', path: `/apis/${group}` }).then(
      (answer) => stringAt(answer.body, 'preferredVersion', 'groupVersion') ?? `${group}/v1`,
    );
    this.#versions.set(group, asked);
    return asked;
  }
}

function collection({ root, plural, isNamespaced }: ServedKind, namespace: string | undefined): string {
  return isNamespaced ? `${root}/namespaces/${namespace ?? 'default'}/${plural}` : `${root}/${plural}`;
}

/** 0 where there was no answer. */
function toRefusal(error: unknown): KubeAnswer {
  return { status: 0, headers: {}, body: { message: String(error) } };
}

/** Whether the same request may succeed a moment later. */
function isPassing({ status, body }: KubeAnswer): boolean {
  if (status === 0 || status === 429 || status >= 500) return true;
  // A namespace gets its service account a moment after it was made.
  return status === 403 && /serviceaccount "[^"]*" not found|error looking up service account/.test(messageOf(body));
}

function messageOf(body: unknown): string {
  return stringAt(body, 'message') ?? JSON.stringify(body);
}

export function expectSuccess({ status, body }: KubeAnswer, what: string): unknown {
  if (status >= 200 && status < 300) return body;
  throw new Error(`${what} was answered with ${status}: ${messageOf(body)}`);
}

function toStored(body: unknown): KubeObject {
  if (!isRecord(body)) throw new Error('An API server answered with something that is no object.');
  const object = parseObject(body);
  const { name, uid, resourceVersion, creationTimestamp } = object.metadata;
  if (name === undefined || uid === undefined || resourceVersion === undefined || creationTimestamp === undefined) {
    throw new Error(`${object.kind} without name or version: ${JSON.stringify(object.metadata)}`);
  }
  return { ...object, metadata: { ...object.metadata, name, uid, resourceVersion, creationTimestamp } };
}
