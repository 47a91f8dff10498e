import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dump } from 'js-yaml';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { canListen, freePort, HOST } from './addresses';
import { TestbedError } from './build-programs';
import { credentialFiles } from './credentials';
import { createKubeClient, type KubeClient } from './kube-client';
import { Program } from './program';
import { ISTIO_HUB, ISTIO_VERSION } from './programs.data';
import { untilTrue } from './until-true';

const execute = promisify(execFile);
const NAMESPACE = 'istio-system';
const INSTALL_MS = 120_000;
const TOKEN_SECONDS = 365 * 86_400;

export interface IstioPlace {
  readonly folder: string;
  /** Of the API server. */
  readonly url: string;
  readonly programs: string;
}

export interface InstallOptions {
  /** `default` brings an ingress gateway as well, `minimal` istiod alone. */
  readonly profile?: 'default' | 'minimal';
  /** More `--set` words, as `values.global.proxy.image=…`. */
  readonly set?: readonly string[];
}

/** `istiod` of the default revision, else `istiod-REVISION`. */
function istiodName(revision: string): string {
  return revision === 'default' ? 'istiod' : `istiod-${revision}`;
}

function injectorName(revision: string): string {
  return revision === 'default' ? 'istio-sidecar-injector' : `istio-sidecar-injector-${revision}`;
}

/**
 * Installs real control planes by istioctl, and runs their istiods as processes of this machine.
 *
 * The pods of the istiods are played by KWOK; the process listens on the address of the Service, port 443, so that
 * webhooks are called as Istio ships them. Where this user may not listen there, they are called by URL instead.
 */
export class IstioPlanes {
  readonly #place: IstioPlace;
  readonly #client: KubeClient;
  readonly #processes = new Map<string, Program>();

  constructor(place: IstioPlace) {
    this.#place = place;
    this.#client = createKubeClient(credentialFiles(place.folder).kubeconfig('admin'));
  }

  get programs(): ReadonlyMap<string, Program> {
    return this.#processes;
  }

  /** Whether this revision's objects are in the cluster. */
  async isInstalled(revision: string): Promise<boolean> {
    const path = `/api/v1/namespaces/${NAMESPACE}/configmaps/${injectorName(revision)}`;
    return (await this.#client.request({ method: 'GET', path })).status === 200;
  }

  /** Runs `istioctl install` for a revision; the objects are there afterwards, its istiod does not run yet. */
  async install(revision: string, { profile = 'minimal', set = [] }: InstallOptions = {}): Promise<void> {
    const words = [
      `profile=${profile}`,
      `hub=${ISTIO_HUB}`,
      `tag=${ISTIO_VERSION}`,
      ...(revision === 'default' ? [] : [`revision=${revision}`]),
      ...set,
    ];
    await this.istioctl(['install', '-y', '--readiness-timeout', '90s', ...words.flatMap((word) => ['--set', word])]);
  }

  /** Points a tag at a revision, as `istioctl tag set` does. */
  async setTag(tag: string, revision: string): Promise<void> {
    await this.istioctl(['tag', 'set', tag, '--revision', revision, '--overwrite', '-y']);
    await this.#untilWebhook(`istio-revision-tag-${tag}`);
  }

  async istioctl(args: readonly string[]): Promise<string> {
    const kubeconfig = credentialFiles(this.#place.folder).kubeconfig('admin');
    try {
      const all = [...args, '--kubeconfig', kubeconfig];
      const { stdout } = await execute(join(this.#place.programs, 'istioctl'), all, { timeout: INSTALL_MS });
      return stdout;
    } catch (error) {
      const detail = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
      throw new TestbedError(`istioctl ${args.join(' ')} failed: ${detail}`);
    }
  }

  /** Runs the istiod of an installed revision, and waits until its webhook carries its certificate. */
  async start(revision: string): Promise<void> {
    const known = this.#processes.get(revision);
    const program = known ?? (await this.#createProcess(revision));
    this.#processes.set(revision, program);
    await program.start();
    await this.#untilWebhook(injectorName(revision));
  }

  async stop(revision: string): Promise<void> {
    await this.#processes.get(revision)?.stop();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((program) => program.stop()));
    this.#client.close();
  }

  async #createProcess(revision: string): Promise<Program> {
    const name = istiodName(revision);
    const folder = join(this.#place.folder, name);
    await mkdir(folder, { recursive: true });
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, await this.#kubeconfigOf(name), { mode: 0o600 });
    const http = await freePort();
    const https = await this.#webhookAddress(revision);
    const at = async () => `${HOST}:${await freePort()}`;
    const args = [
      'discovery',
      ...['--kubeconfig', kubeconfig, '--httpAddr', `${HOST}:${http}`, '--httpsAddr', https],
      ...['--grpcAddr', await at(), '--secureGRPCAddr', await at(), '--monitoringAddr', await at()],
      ...['--ctrlz_address', HOST, '--ctrlz_port', String(await freePort())],
      ...['--domain', 'cluster.local', '--keepaliveMaxServerConnectionAge', '30m'],
    ];
    const env = {
      ...(await this.#environmentOf(name)),
      POD_NAME: `${name}-testbed`,
      POD_NAMESPACE: NAMESPACE,
      SERVICE_ACCOUNT: name,
      ISTIOD_CUSTOM_HOST: `${HOST},localhost`,
    };
    const isReady = () => answers(`http://${HOST}:${http}/ready`);
    const command = join(this.#place.programs, 'pilot-discovery');
    return new Program({ name, command, args, env, folder: this.#place.folder, isReady });
  }

  /** The Service's own address where this user may listen on port 443, else a port that the webhooks are pointed to. */
  async #webhookAddress(revision: string): Promise<string> {
    const path = `/api/v1/namespaces/${NAMESPACE}/services/${istiodName(revision)}`;
    const address = stringAt(await this.#read(path), 'spec', 'clusterIP') ?? '';
    if (await canListen(address, 443)) return `${address}:443`;
    const port = await freePort();
    const set = [
      `values.istiodRemote.injectionURL=https://${HOST}:${port}/inject`,
      `values.base.validationURL=https://${HOST}:${port}/validate`,
    ];
    await this.install(revision, { set });
    return `${HOST}:${port}`;
  }

  /** The plain values of the installed Deployment's environment: what the chart sets for istiod. */
  async #environmentOf(name: string): Promise<Record<string, string>> {
    const deployment = await this.#read(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${name}`);
    const [discovery] = recordsAt(deployment, 'spec', 'template', 'spec', 'containers');
    const plain = recordsAt(discovery, 'env').flatMap((entry) => {
      const key = stringAt(entry, 'name');
      const value = stringAt(entry, 'value');
      return key === undefined || value === undefined || key === 'KUBECONFIG' ? [] : [[key, value] as const];
    });
    return Object.fromEntries(plain);
  }

  /** istiod's own service account, so that the rights that Istio ships are the ones that are used. */
  async #kubeconfigOf(name: string): Promise<string> {
    const path = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${name}/token`;
    const body = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: TOKEN_SECONDS },
    };
    const answer = await this.#client.request({ method: 'POST', path, body });
    const token = stringAt(answer.body, 'status', 'token');
    if (token === undefined) throw new TestbedError(`No token for ${name}: ${JSON.stringify(answer.body)}`);
    const files = credentialFiles(this.#place.folder);
    return dump({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'istiod',
      clusters: [{ name: 'testbed', cluster: { server: this.#place.url, 'certificate-authority': files.ca } }],
      users: [{ name: 'istiod', user: { token } }],
      contexts: [{ name: 'istiod', context: { cluster: 'testbed', user: 'istiod' } }],
    });
  }

  async #untilWebhook(name: string): Promise<void> {
    const path = `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/${name}`;
    await untilTrue(`istiod writes its certificate into ${name}`, INSTALL_MS, async () => {
      const webhooks = recordsAt(await this.#read(path), 'webhooks');
      return webhooks.length > 0 && webhooks.every((webhook) => Boolean(stringAt(webhook, 'clientConfig', 'caBundle')));
    });
  }

  async #read(path: string): Promise<unknown> {
    const { status, body } = await this.#client.request({ method: 'GET', path });
    if (status !== 200) throw new TestbedError(`${path} was answered with ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
    request.once('timeout', () => request.destroy());
  });
}
