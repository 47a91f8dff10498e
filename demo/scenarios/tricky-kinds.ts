import { RUNS_FOR_ANNOTATION } from '@/demo/controllers/kubelet';
import { container, cronJob, daemonSet, job, replicationController, service, statefulSet } from './build-objects';
import { seedNamespace } from './seed-namespace';
import type { Seeder } from './seeder';

/** One workload of every kind that injection touches. */
export async function seedKinds(seeder: Seeder): Promise<void> {
  const namespace = 'data-platform';
  const agent = container({ name: 'agent', image: 'fluent/fluent-bit:4.0.3', ports: [2020] });
  const broker = container({
    name: 'broker',
    image: 'bitnami/kafka:3.9',
    ports: [{ name: 'tcp-kafka', containerPort: 9092 }],
  });
  const old = container({ name: 'sync', image: 'ghcr.io/example/sync:0.3.0', ports: [8080] });
  const batch = container({ name: 'import', image: 'ghcr.io/example/importer:1.1.0' });
  const sweep = container({ name: 'sweep', image: 'ghcr.io/example/sweeper:1.0.4' });
  await seedNamespace(seeder, {
    name: namespace,
    age: '10d',
    labels: { 'istio-injection': 'enabled' },
    objects: [
      daemonSet({ name: 'log-agent', namespace, containers: [agent] }),
      service({
        name: 'kafka',
        namespace,
        selector: { app: 'kafka' },
        ports: [{ name: 'tcp-kafka', port: 9092, targetPort: 9092 }],
        spec: { clusterIP: 'None' },
      }),
      statefulSet({ name: 'kafka', namespace, replicas: 3, containers: [broker] }),
      replicationController({ name: 'legacy-sync', namespace, replicas: 2, containers: [old] }),
      job({
        name: 'import-customers',
        namespace,
        containers: [batch],
        spec: { completions: 3, parallelism: 2 },
        podAnnotations: { [RUNS_FOR_ANNOTATION]: '20' },
      }),
      job({
        name: 'backfill',
        namespace,
        containers: [batch],
        podLabels: { app: 'backfill', 'sidecar.istio.io/inject': 'false' },
      }),
      cronJob({
        name: 'cleanup',
        namespace,
        schedule: '0 * * * *',
        podLabels: { app: 'cleanup' },
        containers: [sweep],
      }),
    ],
  });
  for (const age of ['150m', '90m', '30m']) {
    seeder.at(age);
    await seeder.tick({ name: 'cleanup', namespace });
  }
}
