import type { ScalePlan } from '@/demo/scenarios/scale';
import type { ScenarioName } from '@/demo/scenarios/scenario';
import { tellScenario } from '@/demo/scenarios/seed-scenario';
import { createKubeClient } from '@/testbed/kube-client';
import { LiveObjects } from './live-objects';
import { LiveSeeder, type LiveTally } from './live-seeder';
import type { PlaneInstaller } from './real-planes';

/** A real cluster that can be told stories. */
export interface ScenarioTarget {
  /** Of the admin. */
  readonly kubeconfigPath: string;
  /** None where the cluster runs without Istio; only the scenario `empty` goes without. */
  readonly installer?: PlaneInstaller;
}

export interface AppliedScenario extends LiveTally {
  readonly seconds: number;
}

const REST_WITHIN_MS = 180_000;
const REST_PER_POD_MS = 60;

/**
 * Gives a real cluster what a scenario of the demo cluster holds, told by the same files.
 *
 * Returns when the cluster is at rest: pods are ready, or stand as the scenario wants them, or are refused.
 * Fails with what the API server said, or with what does not come to rest.
 */
export async function applyScenario(
  { kubeconfigPath, installer }: ScenarioTarget,
  name: ScenarioName,
  scale: ScalePlan,
  say: (line: string) => void = () => undefined,
): Promise<AppliedScenario> {
  const startedAt = performance.now();
  const client = createKubeClient(kubeconfigPath);
  const restWithinMs = REST_WITHIN_MS + scale.namespaces * scale.podsPerNamespace * REST_PER_POD_MS;
  const seeder = new LiveSeeder({ objects: new LiveObjects(client), installer, restWithinMs, say });
  try {
    await tellScenario(seeder, name, scale);
  } finally {
    client.close();
  }
  return { ...seeder.tally, seconds: (performance.now() - startedAt) / 1_000 };
}
