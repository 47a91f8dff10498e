import { seedBookinfo } from './bookinfo';
import { seedClusterBase } from './cluster-base';
import { seedDefaultTag } from './default-tag';
import { seedMission } from './mission';
import { type ScalePlan, seedScale } from './scale';
import type { ScenarioContext, ScenarioName } from './scenario';
import { seedTricky } from './tricky';

/** Namespaces of the demo's team user. */
export const TEAM_NAMESPACES = ['shop', 'mission'];

const STORIES: Readonly<Record<ScenarioName, readonly ((context: ScenarioContext) => Promise<void>)[]>> = {
  empty: [],
  mission: [seedMission],
  bookinfo: [seedBookinfo],
  tricky: [seedTricky],
  'default-tag': [seedDefaultTag],
  all: [seedMission, seedBookinfo, seedTricky],
};

const PODS_PER_NODE = 200;

/** Fills an empty cluster with a scenario, and with namespaces for load if any are asked for. */
export async function seedScenario(context: ScenarioContext, name: ScenarioName, scale: ScalePlan): Promise<void> {
  const workers = 3 + Math.ceil((scale.namespaces * scale.podsPerNamespace) / PODS_PER_NODE);
  await seedClusterBase(context.seeder, workers);
  for (const tell of STORIES[name]) await tell(context);
  if (scale.namespaces > 0) await seedScale(context, scale);
  await context.seeder.settleEndpoints();
}
