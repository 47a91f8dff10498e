import { container, deployment, namespace, service } from './build-objects';
import { DEFAULT_PLANE, MISSION_PLANE } from './control-plane';
import type { Seeder } from './seeder';

/** The default revision gave its namespaces to a tag: its own webhooks can match nothing any more. */
export async function seedDefaultTag(seeder: Seeder): Promise<void> {
  seeder.at('120d');
  await seeder.installPlane(DEFAULT_PLANE);
  seeder.at('30d');
  await seeder.installPlane(MISSION_PLANE);
  seeder.at('29d');
  await seeder.tagPlane('default', MISSION_PLANE);
  seeder.at('28d');
  await seeder.create(namespace('shop', { 'istio-injection': 'enabled' }));
  await seeder.run(service({ name: 'storefront', namespace: 'shop', ports: [8080] }));
  const app = container({ name: 'storefront', image: 'ghcr.io/example/storefront:2.14.0', ports: [8080] });
  await seeder.run(deployment({ name: 'storefront', namespace: 'shop', replicas: 2, containers: [app] }));
}
