import { BROKEN_PLANE, MISSION_PLANE, PREVIEW_PLANE } from './control-plane';
import type { ScenarioContext } from './scenario';
import { seedControlPlane, seedTag } from './seed-control-plane';
import { ensureDefaultPlane } from './seed-default-plane';
import { seedAdmissionFaults } from './tricky-admission';
import { seedKinds } from './tricky-kinds';
import { seedNamespaceLabels } from './tricky-namespaces';
import { seedNetworkLab } from './tricky-network';
import { seedPodSwitches } from './tricky-pods';
import { seedShop } from './tricky-shop';

/** A cluster in which every verdict about injection occurs, under names that people give to such things. */
export async function seedTricky(context: ScenarioContext): Promise<void> {
  const { seeder, caBundle } = context;
  await ensureDefaultPlane(context);
  seeder.at('96d');
  await seedControlPlane(seeder, MISSION_PLANE, caBundle);
  seeder.at('40d');
  await seedTag(seeder, 'prod', MISSION_PLANE, caBundle);
  seeder.at('14d');
  await seedControlPlane(seeder, BROKEN_PLANE, caBundle);
  seeder.at('13d');
  await seedControlPlane(seeder, PREVIEW_PLANE, caBundle, 'Ignore');
  await seedShop(context);
  await seedNamespaceLabels(context);
  await seedPodSwitches(context);
  await seedKinds(context);
  await seedNetworkLab(context);
  await seedAdmissionFaults(context);
}
