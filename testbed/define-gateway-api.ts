import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { TestbedError } from './build-programs';
import { createKubeClient, type KubeClient } from './kube-client';
import { GATEWAY_KINDS } from './module-files.data';
import { untilTrue } from './until-true';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISHED_MS = 60_000;

/** Gives the cluster the kinds of Gateway API, and returns when it serves them. */
export async function defineGatewayApi(kubeconfigPath: string, programs: string): Promise<void> {
  const client = createKubeClient(kubeconfigPath);
  try {
    const names = await Promise.all(GATEWAY_KINDS.map(({ name }) => define(client, join(programs, name))));
    await untilTrue('the kinds of Gateway API are served', ESTABLISHED_MS, async () => {
      const found = await Promise.all(names.map((name) => isEstablished(client, name)));
      return found.every(Boolean);
    });
  } finally {
    client.close();
  }
}

async function define(client: KubeClient, file: string): Promise<string> {
  const body = load(await readFile(file, 'utf8'));
  const { status, body: answer } = await client.request({ method: 'POST', path: DEFINITIONS, body });
  if (status !== 201 && status !== 409) throw new TestbedError(`${file} was refused: ${JSON.stringify(answer)}`);
  return stringAt(body, 'metadata', 'name') ?? '';
}

async function isEstablished(client: KubeClient, name: string): Promise<boolean> {
  const { body } = await client.request({ method: 'GET', path: `${DEFINITIONS}/${name}` });
  const conditions = recordsAt(body, 'status', 'conditions');
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}
