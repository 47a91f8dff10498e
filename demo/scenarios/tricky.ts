import { BROKEN_PLANE, MISSION_PLANE, PREVIEW_PLANE } from './control-plane';
import { ensureDefaultPlane } from './seed-default-plane';
import type { Seeder } from './seeder';
import { seedAdmissionFaults } from './tricky-admission';
import { seedKinds } from './tricky-kinds';
import { seedNamespaceLabels } from './tricky-namespaces';
import { seedNetworkLab } from './tricky-network';
import { seedPodSwitches } from './tricky-pods';
import { seedShop } from './tricky-shop';
import { seedVerdicts } from './tricky-verdicts';

/** A cluster in which every verdict about injection occurs, under names that people give to such things. */
export async function seedTricky(seeder: Seeder): Promise<void> {
  await ensureDefaultPlane(seeder);
  seeder.at('96d');
  await seeder.installPlane(MISSION_PLANE);
  seeder.at('40d');
  await seeder.tagPlane('prod', MISSION_PLANE);
  seeder.at('14d');
  await seeder.installPlane(BROKEN_PLANE);
  seeder.at('13d');
  await seeder.installPlane(PREVIEW_PLANE, { failurePolicy: 'Ignore' });
  await seedShop(seeder);
  await seedNamespaceLabels(seeder);
  await seedPodSwitches(seeder);
  await seedKinds(seeder);
  await seedNetworkLab(seeder);
  await seedAdmissionFaults(seeder);
  await seedVerdicts(seeder);
}
