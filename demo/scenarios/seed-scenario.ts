import { seedBookinfo } from './bookinfo';
import { seedClusterBase } from './cluster-base';
import { seedDefaultTag } from './default-tag';
import type { DemoSeeder } from './demo-seeder';
import { seedMission } from './mission';
import { type ScalePlan, seedScale } from './scale';
import type { ScenarioName } from './scenario';
import type { Seeder, Story } from './seeder';
import { seedSystemWorkloads } from './system-workloads';
import { seedTricky } from './tricky';
import { userRights } from './user-rights';

/** Namespaces of the team user. */
export const TEAM_NAMESPACES = ['shop', 'mission'];

const STORIES: Readonly<Record<ScenarioName, readonly Story[]>> = {
  empty: [],
  mission: [seedMission],
  bookinfo: [seedBookinfo],
  tricky: [seedTricky],
  'default-tag': [seedDefaultTag],
  all: [seedMission, seedBookinfo, seedTricky],
};

const PODS_PER_NODE = 200;

/** Fills an empty demo cluster with a scenario, and with namespaces for load if any are asked for. */
export async function seedScenario(seeder: DemoSeeder, name: ScenarioName, scale: ScalePlan): Promise<void> {
  const workers = 3 + Math.ceil((scale.namespaces * scale.podsPerNamespace) / PODS_PER_NODE);
  await seedClusterBase(seeder, workers);
  await tellScenario(seeder, name, scale);
}

/** Tells a scenario to a cluster that has its nodes, of whatever kind the cluster is. */
export async function tellScenario(seeder: Seeder, name: ScenarioName, scale: ScalePlan): Promise<void> {
  await seedSystemWorkloads(seeder);
  for (const tell of STORIES[name]) await tell(seeder);
  if (scale.namespaces > 0) await seedScale(seeder, scale);
  await seeder.settle();
  await seedUserRights(seeder);
}

/** What the users beside the admin may do; of the team's namespaces, in those that the scenario has. */
async function seedUserRights(seeder: Seeder): Promise<void> {
  seeder.at('5d');
  for (const object of userRights(TEAM_NAMESPACES)) {
    const { namespace: name } = object.metadata;
    if (name === undefined || (await seeder.has('namespaces', { name }))) await seeder.create(object, 'none');
  }
}
