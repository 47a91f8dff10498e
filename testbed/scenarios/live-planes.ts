import {
  type ControlPlane,
  DEFAULT_PLANE,
  istiodName,
  MISSION_PLANE,
  revisionOf,
} from '@/demo/scenarios/control-plane';
import type { PlaneInstallation } from '@/demo/scenarios/seeder';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import { untilTrue } from '@/testbed/until-true';
import type { LiveObjects } from './live-objects';
import { type PlaneInstaller, planeOptions, realRelease } from './real-planes';

const SYSTEM = 'istio-system';
const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const SERVES_WITHIN_MS = 60_000;
/** The planes that run, in the release that they have at the end of every story. */
const SERVING_PLANES: readonly ControlPlane[] = [DEFAULT_PLANE, MISSION_PLANE];

export interface LivePlanesSettings {
  readonly objects: LiveObjects;
  /** None where the cluster is not to be given any Istio. */
  readonly installer: PlaneInstaller | undefined;
  readonly say: (line: string) => void;
}

/** Real control planes: what stories ask for, done by istioctl unless it is there. */
export class LivePlanes {
  readonly #settings: LivePlanesSettings;

  constructor(settings: LivePlanesSettings) {
    this.#settings = settings;
  }

  /** Returns whether anything had to be done. */
  async install(plane: ControlPlane, { failurePolicy = 'Fail' }: PlaneInstallation = {}): Promise<boolean> {
    if (await this.#installer(plane).isInstalled(revisionOf(plane))) return false;
    await this.#moveTo(plane);
    if (failurePolicy === 'Ignore') await this.#failOpen(plane);
    if (plane.replicas === 0) await this.#scaleToNothing(plane);
    return true;
  }

  async upgrade(plane: ControlPlane): Promise<boolean> {
    if ((await this.#releaseOf(plane)) === realRelease(plane)) return false;
    await this.#moveTo(plane);
    return true;
  }

  async tag(tag: string, plane: ControlPlane): Promise<boolean> {
    const path = `${CONFIGURATIONS}/istio-revision-tag-${tag}`;
    const there = await this.#settings.objects.find(path);
    if (there?.metadata.labels?.['istio.io/rev'] === revisionOf(plane)) return false;
    this.#settings.say(`› tag ${tag} → ${revisionOf(plane)}`);
    await this.#installer(plane).setTag(tag, revisionOf(plane));
    return true;
  }

  /** Tells a story while the revision runs another release, and gives it back the one that it had. */
  async whileRunning(former: ControlPlane, story: () => Promise<void>): Promise<void> {
    const present = SERVING_PLANES.find(({ suffix }) => suffix === former.suffix) ?? former;
    await this.#moveTo(former);
    try {
      await story();
    } finally {
      await this.#moveTo(present);
    }
  }

  #installer(plane: ControlPlane): PlaneInstaller {
    const { installer } = this.#settings;
    if (installer !== undefined) return installer;
    throw new Error(
      `The scenario needs the control plane ${revisionOf(plane)}, and the cluster was started without Istio.`,
    );
  }

  async #moveTo(plane: ControlPlane): Promise<void> {
    this.#settings.say(`› istiod ${revisionOf(plane)}, release ${realRelease(plane)} …`);
    await this.#installer(plane).install(revisionOf(plane), planeOptions(plane));
    if (plane.isServing) await this.#untilServing(plane);
  }

  /** The tag of the images that the revision's injector writes, which stands for its release. */
  async #releaseOf(plane: ControlPlane): Promise<string | undefined> {
    const name = ['istio-sidecar-injector', plane.suffix].filter((part) => part !== '').join('-');
    const config = await this.#settings.objects.find(`/api/v1/namespaces/${SYSTEM}/configmaps/${name}`);
    const values: unknown = JSON.parse(stringAt(config, 'data', 'values') ?? '{}');
    return stringAt(values, 'global', 'tag');
  }

  /** Asks for a pod that is not kept, until it comes back with a proxy of the release: istiod reads its settings with a delay. */
  async #untilServing(plane: ControlPlane): Promise<void> {
    const label = plane.suffix === '' ? { 'sidecar.istio.io/inject': 'true' } : { 'istio.io/rev': revisionOf(plane) };
    const body = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'is-injected', labels: label },
      spec: { containers: [{ name: 'app', image: 'app' }] },
    };
    const request = { method: 'POST', path: '/api/v1/namespaces/default/pods', query: { dryRun: 'All' }, body };
    const image = `/proxyv2:${realRelease(plane)}`;
    await untilTrue(`${istiodName(plane)} injects release ${realRelease(plane)}`, SERVES_WITHIN_MS, async () => {
      const { body: pod } = await this.#settings.objects.send(request);
      const parts = [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
      return parts.some((part) => stringAt(part, 'image')?.endsWith(image));
    });
  }

  async #failOpen(plane: ControlPlane): Promise<void> {
    const path = `${CONFIGURATIONS}/istio-sidecar-injector-${plane.suffix}`;
    const failOpen = (draft: Record<string, unknown>) => {
      draft.webhooks = recordsAt(draft, 'webhooks').map((webhook) => ({ ...webhook, failurePolicy: 'Ignore' }));
    };
    await this.#settings.objects.change(path, failOpen, { fieldManager: 'kubectl-edit' });
  }

  async #scaleToNothing(plane: ControlPlane): Promise<void> {
    const path = `/apis/apps/v1/namespaces/${SYSTEM}/deployments/${istiodName(plane)}/scale`;
    await this.#settings.objects.merge(path, { spec: { replicas: 0 } }, { fieldManager: 'kubectl' });
  }
}
