import type { NewObject } from '@/demo/server/object-types';
import { namespace, type TextMap } from './build-objects';
import type { Age } from './cluster-clock';
import type { Manager, Seeder } from './seeder';

export interface NamespacePlan {
  readonly name: string;
  readonly age: Age;
  readonly labels?: TextMap;
  readonly annotations?: TextMap;
  readonly manager?: Manager;
  readonly objects: readonly NewObject[];
}

/** Creates a namespace and, a moment later, what runs in it. */
export async function seedNamespace(seeder: Seeder, plan: NamespacePlan): Promise<void> {
  seeder.at(plan.age);
  await seeder.create(namespace(plan.name, plan.labels, plan.annotations), plan.manager ?? 'kubectl-client-side-apply');
  await seeder.pass(7_000);
  for (const object of plan.objects) {
    await seeder.run(object, plan.manager ?? 'kubectl-client-side-apply');
    await seeder.pass(1_000);
  }
}

/** Namespaces that have nothing to do with each other. */
export function seedNamespaces(seeder: Seeder, plans: readonly NamespacePlan[]): Promise<void> {
  return seeder.together(plans.map((plan) => () => seedNamespace(seeder, plan)));
}
