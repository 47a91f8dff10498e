import { container, deployment, namespace, service } from './build-objects';
import type { Seeder } from './seeder';

export interface ScalePlan {
  readonly namespaces: number;
  readonly podsPerNamespace: number;
}

const TEAMS = ['orders', 'billing', 'search', 'catalog', 'accounts', 'shipping', 'media', 'insights'];
const STAGES = ['dev', 'test', 'stage', 'prod'];

/** Labels in a fixed mix: most namespaces inject, some do not, a few are odd. */
function labelsOf(index: number): Record<string, string> {
  if (index % 10 < 6) return { 'istio-injection': 'enabled' };
  if (index % 10 === 6) return { 'istio-injection': 'disabled' };
  return index % 20 === 7 ? { 'istio.io/rev': 'unknown' } : {};
}

function nameOf(index: number): string {
  const team = TEAMS[index % TEAMS.length] ?? 'team';
  const stage = STAGES[Math.floor(index / TEAMS.length) % STAGES.length] ?? 'dev';
  return `${team}-${stage}-${String(index).padStart(4, '0')}`;
}

function labelsWithTeam(index: number): Record<string, string> {
  return { team: TEAMS[index % TEAMS.length] ?? 'team', ...labelsOf(index) };
}

/** Many namespaces of the same make, for load: one Deployment and one Service each. */
export async function seedScale(seeder: Seeder, { namespaces, podsPerNamespace }: ScalePlan): Promise<void> {
  const each = (tell: (name: string, index: number) => Promise<void>) =>
    seeder.together(
      Array.from({ length: namespaces }, (_, index) => () => {
        seeder.at(`${10 + (index % 90)}d`);
        return tell(nameOf(index), index);
      }),
    );
  await each((name, index) => seeder.create(namespace(name, labelsWithTeam(index)), 'none'));
  await each(async (name) => {
    await seeder.create(service({ name: 'web', namespace: name, ports: [80] }), 'none');
    const app = container({ name: 'web', image: 'nginx:1.27.3', ports: [80] });
    const workload = { name: 'web', namespace: name, replicas: podsPerNamespace, containers: [app] };
    await seeder.run(deployment(workload), 'none');
  });
}
