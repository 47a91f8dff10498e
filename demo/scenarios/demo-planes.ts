import { recordAt, recordsAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { namespace, serviceAccount } from './build-objects';
import type { ClusterInjectors } from './cluster-injectors';
import { type ControlPlane, DEFAULT_PLANE, istiodName } from './control-plane';
import { injectorConfigMap, meshConfigMap } from './injector-config-map';
import { istiodDeployment, istiodRoles, istiodService } from './istiod-objects';
import type { PlaneInstallation, Seeder } from './seeder';
import { mutatingWebhooks, validatingWebhooks } from './webhook-objects';

const NAMESPACE = 'istio-system';
const WEBHOOKS = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

export interface DemoPlanesSettings {
  readonly store: Store;
  readonly injectors: ClusterInjectors;
  /** The demo's CA in base64, as webhook configurations carry it. */
  readonly caBundle: string;
  readonly seeder: Pick<Seeder, 'create' | 'run' | 'change'>;
}

/** Control planes of the demo cluster: the objects that an installation leaves, and who answers behind their Services. */
export class DemoPlanes {
  readonly #settings: DemoPlanesSettings;

  constructor(settings: DemoPlanesSettings) {
    this.#settings = settings;
  }

  async install(plane: ControlPlane, { failurePolicy = 'Fail' }: PlaneInstallation = {}): Promise<void> {
    const { store, injectors, caBundle, seeder } = this.#settings;
    const name = istiodName(plane);
    if (store.get('services', { name, namespace: NAMESPACE }) !== undefined) return;
    if (store.get('namespaces', { name: NAMESPACE }) === undefined) {
      await seeder.create(namespace(NAMESPACE), 'kubectl-create');
    }
    await seeder.create(serviceAccount(name, NAMESPACE, { app: 'istiod', release: 'istio' }), 'helm');
    for (const role of istiodRoles(plane)) await seeder.create(role, 'helm');
    await seeder.create(meshConfigMap(plane), 'helm');
    await seeder.create(injectorConfigMap(plane), 'helm');
    await seeder.create(istiodService(plane), 'helm');
    await seeder.run(istiodDeployment(plane), 'helm');
    if (plane.isServing) injectors.run(plane);
    await seeder.create(mutatingWebhooks({ plane, caBundle, failurePolicy }), 'helm');
    await seeder.create(validatingWebhooks(plane, caBundle), 'helm');
  }

  async upgrade(plane: ControlPlane): Promise<void> {
    const { store, injectors, seeder } = this.#settings;
    const ref = { name: istiodName(plane), namespace: NAMESPACE };
    const there = store.get('deployments.apps', ref);
    if (there?.metadata.labels?.['operator.istio.io/version'] === plane.version) return;
    const config = injectorConfigMap(plane);
    const changeConfig = (draft: KubeObject) => {
      draft.data = config.data;
    };
    await seeder.change('configmaps', { ...ref, name: config.metadata.name ?? '' }, changeConfig, 'helm');
    injectors.run(plane);
    await seeder.change('deployments.apps', ref, (draft) => moveToRelease(draft, plane), 'helm');
  }

  async tag(tag: string, plane: ControlPlane): Promise<void> {
    const { caBundle, seeder } = this.#settings;
    if (tag === 'default') await this.#silenceDefaultPlane();
    await seeder.create(mutatingWebhooks({ plane, tag, caBundle }), 'none');
  }

  async whileRunning(former: ControlPlane, story: () => Promise<void>): Promise<void> {
    await this.#settings.injectors.whileRunning(former, [injectorConfigMap(former), meshConfigMap(former)], story);
  }

  async #silenceDefaultPlane(): Promise<void> {
    const { caBundle, seeder } = this.#settings;
    const { metadata, webhooks } = mutatingWebhooks({ plane: DEFAULT_PLANE, caBundle, isDeactivated: true });
    const silence = (draft: KubeObject) => {
      draft.webhooks = webhooks;
    };
    await seeder.change(WEBHOOKS, { name: metadata.name ?? '' }, silence, 'none');
  }
}

function moveToRelease(draft: KubeObject, plane: ControlPlane): void {
  const { spec, metadata } = istiodDeployment(plane);
  draft.metadata.labels = { ...draft.metadata.labels, ...metadata.labels };
  const template = structuredClone(recordAt(draft, 'spec', 'template'));
  for (const container of recordsAt(template, 'spec', 'containers')) {
    const wanted = recordsAt(spec, 'template', 'spec', 'containers').find((one) => one.name === container.name);
    container.image = wanted?.image ?? container.image;
  }
  draft.spec = { ...draft.spec, template };
}
