import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { recordAt, recordsAt, stringAt } from '@/demo/server/json-access';
import { createKubeClient, type KubeClient } from '@/testbed/kube-client';
import { type OpenedWebhook, openWebhook, toReview, type WebhookAnswer } from '@/testbed/open-webhook';
import type { Testbed } from '@/testbed/start-testbed';
import { untilTrue } from '@/testbed/until-true';
import { prepareKubeInject } from '@/tests/real/engine/run-kube-inject';
import type { Configuration, ManifestAnswer, NamedProxyConfig, Recording, ReviewAnswer } from './case-types';
import { buildConfigurations, MARKER_TEMPLATE, signOf } from './configurations';
import { MANIFEST_CASES } from './manifest-cases.data';
import { REVIEW_CASES } from './review-cases.data';

const CONFIG_MAPS = '/api/v1/namespaces/istio-system/configmaps';
const TAKE_MS = 60_000;
const SECOND_MS = 1_100;

/** Asks the real istiod and the real istioctl every case; istiod's own ConfigMaps are replaced on the way. */
export async function recordAnswers(testbed: Testbed, say: (line: string) => void): Promise<Recording> {
  const client = createKubeClient(testbed.kubeconfigs.admin);
  const webhook = await openWebhook(client, 'istio-sidecar-injector');
  const configurations = buildConfigurations();
  try {
    return {
      configurations,
      kubeletVersions: await readKubeletVersions(client),
      reviews: await recordReviews(client, webhook, configurations, say),
      manifests: await recordManifests(testbed, configurations, say),
    };
  } finally {
    webhook.close();
    client.close();
  }
}

async function readKubeletVersions(client: KubeClient): Promise<string[]> {
  const { body } = await client.request({ method: 'GET', path: '/api/v1/nodes' });
  return recordsAt(body, 'items').map((node) => stringAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '');
}

async function recordReviews(
  client: KubeClient,
  webhook: OpenedWebhook,
  configurations: Recording['configurations'],
  say: (line: string) => void,
) {
  const reviews: Recording['reviews'][number][] = [];
  for (const [name, configuration] of Object.entries(configurations)) {
    const cases = REVIEW_CASES.filter((one) => one.configuration === name);
    say(`› istiod, configuration ${name}: ${cases.length} pods …`);
    await configure(client, webhook, name, configuration);
    for (const one of cases) {
      const answer = await webhook.send(toReview(one.pod, one.namespace), one.path);
      reviews.push({ ...one, answer: toReviewAnswer(answer) });
    }
  }
  return reviews;
}

function toReviewAnswer(answer: WebhookAnswer): ReviewAnswer {
  return answer.isAllowed ? { kind: 'allowed', patch: answer.patch } : { kind: 'refused', message: answer.message };
}

/** Gives istiod a configuration, and returns when its answer to a pod that asks for the marker's template shows it. */
async function configure(
  client: KubeClient,
  webhook: OpenedWebhook,
  name: string,
  { config, values, mesh, proxyConfigs }: Configuration,
): Promise<void> {
  await replace(client, 'istio-sidecar-injector', { config, values });
  await replace(client, 'istio', { mesh });
  for (const resource of proxyConfigs) await createProxyConfig(client, resource);
  const annotations = { 'inject.istio.io/templates': MARKER_TEMPLATE };
  const metadata = { name: 'marker', labels: { 'sidecar.istio.io/inject': 'true' }, annotations };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'app', image: 'x' }] } };
  const namespace = proxyConfigs.at(-1)?.namespace ?? 'shop';
  await untilTrue(`istiod takes the configuration ${name}`, TAKE_MS, async () => {
    const answer = await webhook.send(toReview(pod, namespace));
    return JSON.stringify(answer).replaceAll('\\"', '"').includes(signOf(name));
  });
}

/** Its namespace too; resources count in the order of their creation, which has whole seconds. */
async function createProxyConfig(client: KubeClient, { name, namespace, spec }: NamedProxyConfig): Promise<void> {
  const metadata = { name: namespace };
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata };
  await client.request({ method: 'POST', path: '/api/v1/namespaces', body });
  const { status } = await client.request({
    method: 'POST',
    path: `/apis/networking.istio.io/v1beta1/namespaces/${namespace}/proxyconfigs`,
    body: { apiVersion: 'networking.istio.io/v1beta1', kind: 'ProxyConfig', metadata: { name }, spec },
  });
  if (status !== 201) throw new Error(`The ProxyConfig ${name} was answered with ${status}.`);
  await pause(SECOND_MS);
}

async function replace(client: KubeClient, name: string, data: Readonly<Record<string, string>>): Promise<void> {
  const { status, body } = await client.request({
    method: 'PATCH',
    path: `${CONFIG_MAPS}/${name}`,
    contentType: 'application/merge-patch+json',
    body: { data },
  });
  if (status !== 200)
    throw new Error(`The ConfigMap ${name} was answered with ${status}: ${JSON.stringify(recordAt(body))}`);
}

async function recordManifests(
  testbed: Testbed,
  configurations: Recording['configurations'],
  say: (line: string) => void,
) {
  const program = join(testbed.programsFolder, 'istioctl');
  const manifests: Recording['manifests'][number][] = [];
  for (const [name, configuration] of Object.entries(configurations)) {
    const cases = MANIFEST_CASES.filter((one) => one.configuration === name);
    if (cases.length === 0) continue;
    say(`› istioctl, configuration ${name}: ${cases.length} files …`);
    const folder = join(testbed.folder, 'recorded');
    const texts = { ...configuration, istiodEnv: {} };
    const kubeInject = await prepareKubeInject(program, folder, testbed.kubeconfigs.admin, texts);
    for (const one of cases) {
      const answer = await kubeInject.run(one.manifest, one.nativeSidecars);
      manifests.push({ ...one, answer: withoutFolder(answer, folder) });
    }
    await rm(folder, { recursive: true });
  }
  return manifests;
}

function withoutFolder({ output, errors, code }: ManifestAnswer, folder: string): ManifestAnswer {
  return { output, errors: errors.replaceAll(`${folder}/`, ''), code };
}
