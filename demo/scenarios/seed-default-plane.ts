import { DEFAULT_PLANE, FORMER_DEFAULT_PLANE } from './control-plane';
import type { Seeder } from './seeder';

/** How long ago the default revision was installed, and moved to its present release. */
const INSTALLED = '140d';
const UPGRADED = '20d';

/** The default revision in its present release, with its past; stories that tell of older pods start from there. */
export async function ensureDefaultPlane(seeder: Seeder): Promise<void> {
  seeder.at(INSTALLED);
  await seeder.installPlane(FORMER_DEFAULT_PLANE);
  seeder.at(UPGRADED);
  await seeder.upgradePlane(DEFAULT_PLANE);
}
