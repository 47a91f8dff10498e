import { container, deployment, namespace, service } from './build-objects';
import { type ControlPlane, DEFAULT_PLANE, MISSION_PLANE } from './control-plane';
import type { ScenarioContext } from './scenario';
import { seedControlPlane, seedTag } from './seed-control-plane';
import { mutatingWebhooks } from './webhook-objects';

/** The default revision gave its namespaces to a tag: its own webhooks can match nothing any more. */
export async function seedDefaultTag({ seeder, caBundle }: ScenarioContext): Promise<void> {
  const plane: ControlPlane = MISSION_PLANE;
  seeder.at('120d');
  await seedControlPlane(seeder, DEFAULT_PLANE, caBundle);
  seeder.at('30d');
  await seedControlPlane(seeder, plane, caBundle);
  seeder.at('29d');
  const deactivated = mutatingWebhooks({ plane: DEFAULT_PLANE, caBundle, isDeactivated: true });
  await seeder.change(
    'mutatingwebhookconfigurations.admissionregistration.k8s.io',
    { name: deactivated.metadata.name ?? '' },
    (draft) => {
      draft.webhooks = deactivated.webhooks;
    },
    'none',
  );
  await seedTag(seeder, 'default', plane, caBundle);
  seeder.at('28d');
  await seeder.create(namespace('shop', { 'istio-injection': 'enabled' }));
  await seeder.run(service({ name: 'storefront', namespace: 'shop', ports: [8080] }));
  const app = container({ name: 'storefront', image: 'ghcr.io/example/storefront:2.14.0', ports: [8080] });
  await seeder.run(deployment({ name: 'storefront', namespace: 'shop', replicas: 2, containers: [app] }));
}
