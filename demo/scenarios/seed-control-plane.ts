import { namespace, serviceAccount } from './build-objects';
import { type ControlPlane, injectorConfig, istiodName } from './control-plane';
import { injectorConfigMap, meshConfigMap } from './injector-config-map';
import { istiodDeployment, istiodRoles, istiodService } from './istiod-objects';
import type { Seeder } from './seeder';
import { mutatingWebhooks, validatingWebhooks } from './webhook-objects';

/** Installs a control plane as its chart does, at the clock's time. */
export async function seedControlPlane(seeder: Seeder, plane: ControlPlane, caBundle: string): Promise<void> {
  const { store } = seeder;
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
  await seeder.create(mutatingWebhooks({ plane, caBundle }), 'helm');
  await seeder.create(validatingWebhooks(plane, caBundle), 'helm');
}
