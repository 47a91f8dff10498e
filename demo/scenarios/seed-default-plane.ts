import { DEFAULT_PLANE, FORMER_DEFAULT_PLANE, istiodName } from './control-plane';
import type { ScenarioContext } from './scenario';
import { seedControlPlane, upgradeControlPlane } from './seed-control-plane';

/** How long ago the default revision was installed, and moved to its present release. */
const INSTALLED = '140d';
const UPGRADED = '20d';

/** Installs the default revision in its former release; stories that tell of older pods start from there. */
async function ensureFormerPlane({ seeder, caBundle }: ScenarioContext): Promise<void> {
  seeder.at(INSTALLED);
  await seedControlPlane(seeder, FORMER_DEFAULT_PLANE, caBundle);
}

/** Moves the default revision to its present release, unless it is there. */
async function upgradeDefaultPlane({ seeder }: ScenarioContext): Promise<void> {
  seeder.at(UPGRADED);
  const ref = { name: istiodName(DEFAULT_PLANE), namespace: 'istio-system' };
  if (
    seeder.store.get('deployments.apps', ref)?.metadata.labels?.['operator.istio.io/version'] === DEFAULT_PLANE.version
  )
    return;
  await upgradeControlPlane(seeder, DEFAULT_PLANE);
}

/** The default revision in its present release, with its past. */
export async function ensureDefaultPlane(context: ScenarioContext): Promise<void> {
  await ensureFormerPlane(context);
  await upgradeDefaultPlane(context);
}
