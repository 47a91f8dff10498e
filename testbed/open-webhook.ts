import https from 'node:https';
import { recordAt, recordsAt, stringAt } from '@/demo/server/json-access';
import type { KubeClient } from './kube-client';

/** What a webhook said to one pod: a JSON patch, nothing, or the words of its refusal. */
export type WebhookAnswer =
  | { readonly isAllowed: true; readonly patch: readonly unknown[] }
  | { readonly isAllowed: false; readonly message: string };

/** A mutating webhook, called as the API server calls it. */
export interface OpenedWebhook {
  /** Sends a pod's AdmissionReview; `path` is what follows the webhook's own path. */
  send(review: Buffer, path?: string): Promise<WebhookAnswer>;
  close(): void;
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly serverName: string;
}

/** The bytes of an AdmissionReview about a pod that is created. */
export function toReview(pod: unknown, namespace: string): Buffer {
  const request = {
    uid: '00000000-0000-0000-0000-000000000000',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    resource: { group: '', version: 'v1', resource: 'pods' },
    operation: 'CREATE',
    namespace,
    userInfo: {},
    object: pod,
    oldObject: null,
    dryRun: false,
  };
  return Buffer.from(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request }));
}

/**
 * Opens the webhook of a MutatingWebhookConfiguration: its first entry's address, with the CA that the entry names.
 *
 * Input: how many connections are kept open; more reviews at once wait.
 */
export async function openWebhook(client: KubeClient, configuration: string, connections = 1): Promise<OpenedWebhook> {
  const path = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${configuration}`;
  const { body } = await client.request({ method: 'GET', path });
  const config = recordAt(recordsAt(body, 'webhooks')[0], 'clientConfig');
  const place = await findPlace(client, config);
  const ca = Buffer.from(stringAt(config, 'caBundle') ?? '', 'base64');
  const agent = new https.Agent({ keepAlive: true, maxSockets: connections, ca, servername: place.serverName });
  return { send: (review, suffix = '') => call(agent, place, review, suffix), close: () => agent.destroy() };
}

async function findPlace(client: KubeClient, config: unknown): Promise<Place> {
  const address = stringAt(config, 'url');
  if (address !== undefined) {
    const { hostname, port, pathname } = new URL(address);
    return { host: hostname, port: Number(port), path: pathname, serverName: 'localhost' };
  }
  const [name, namespace] = ['name', 'namespace'].map((key) => stringAt(config, 'service', key) ?? '');
  const path = `/api/v1/namespaces/${namespace}/services/${name}`;
  const { body } = await client.request({ method: 'GET', path });
  const host = stringAt(body, 'spec', 'clusterIP');
  if (host === undefined) throw new Error(`The Service ${namespace}/${name} has no address: ${JSON.stringify(body)}`);
  return { host, port: 443, path: stringAt(config, 'service', 'path') ?? '/', serverName: `${name}.${namespace}.svc` };
}

function call(agent: https.Agent, { host, port, path }: Place, review: Buffer, suffix: string): Promise<WebhookAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': review.length };
    const request = https.request(
      { agent, host, port, path: `${path}${suffix}`, method: 'POST', headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(readAnswer(JSON.parse(text)));
          else reject(new Error(`The webhook answered ${response.statusCode}: ${text}`));
        });
      },
    );
    request.once('error', reject);
    request.end(review);
  });
}

function readAnswer(body: unknown): WebhookAnswer {
  const response = recordAt(body, 'response');
  if (response.allowed !== true) {
    return { isAllowed: false, message: stringAt(response, 'status', 'message') ?? '' };
  }
  const text = Buffer.from(stringAt(response, 'patch') ?? '', 'base64').toString('utf8');
  const patch: unknown = text === '' ? [] : JSON.parse(text);
  if (!Array.isArray(patch)) throw new Error(`The webhook's patch is no list: ${text.slice(0, 200)}`);
  return { isAllowed: true, patch };
}
