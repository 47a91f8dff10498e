import { recordAt, recordsAt } from '@/demo/server/json-access';
import { namespace, serviceAccount } from './build-objects';
import { type ControlPlane, injectorConfig, istiodName } from './control-plane';
import { injectorConfigMap, meshConfigMap } from './injector-config-map';
import { istiodDeployment, istiodRoles, istiodService } from './istiod-objects';
import type { Seeder } from './seeder';
import { mutatingWebhooks, validatingWebhooks } from './webhook-objects';

/** Installs a control plane as its chart does, at the clock's time, unless another story did. */
export async function seedControlPlane(
  seeder: Seeder,
  plane: ControlPlane,
  caBundle: string,
  failurePolicy: 'Fail' | 'Ignore' = 'Fail',
): Promise<void> {
  const { store } = seeder;
  if (store.get('services', { name: istiodName(plane), namespace: 'istio-system' }) !== undefined) return;
  if (store.get('namespaces', { name: 'istio-system' }) === undefined) {
    await seeder.create(namespace('istio-system'), 'kubectl-create');
  }
  const name = istiodName(plane);
  await seeder.create(serviceAccount(name, 'istio-system', { app: 'istiod', release: 'istio' }), 'helm');
  for (const role of istiodRoles(plane)) await seeder.create(role, 'helm');
  await seeder.create(meshConfigMap(plane), 'helm');
  await seeder.create(injectorConfigMap(plane), 'helm');
  await seeder.create(istiodService(plane), 'helm');
  await seeder.run(istiodDeployment(plane), 'helm');
  if (plane.isServing) seeder.setInjector(name, injectorConfig(plane));
  await seeder.create(mutatingWebhooks({ plane, caBundle, failurePolicy }), 'helm');
  await seeder.create(validatingWebhooks(plane, caBundle), 'helm');
}

/** Moves a control plane to another release. Pods keep the sidecars they have until they are restarted. */
export async function upgradeControlPlane(seeder: Seeder, plane: ControlPlane): Promise<void> {
  const name = istiodName(plane);
  const ref = { name, namespace: 'istio-system' };
  seeder.setInjector(name, injectorConfig(plane));
  const config = injectorConfigMap(plane);
  await seeder.change(
    'configmaps',
    config.metadata.name === undefined ? ref : { ...ref, name: config.metadata.name },
    (draft) => {
      draft.data = config.data;
    },
    'helm',
  );
  await seeder.change(
    'deployments.apps',
    ref,
    (draft) => {
      const { spec, metadata } = istiodDeployment(plane);
      draft.metadata.labels = { ...draft.metadata.labels, ...metadata.labels };
      const template = structuredClone(recordAt(draft, 'spec', 'template'));
      for (const container of recordsAt(template, 'spec', 'containers')) {
        const wanted = recordsAt(spec, 'template', 'spec', 'containers').find((one) => one.name === container.name);
        container.image = wanted?.image ?? container.image;
      }
      draft.spec = { ...draft.spec, template };
    },
    'helm',
  );
}

/** Adds a revision tag, as `istioctl tag set` does. */
export async function seedTag(seeder: Seeder, tag: string, plane: ControlPlane, caBundle: string): Promise<void> {
  await seeder.create(mutatingWebhooks({ plane, tag, caBundle }), 'none');
}
