import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAdmission } from './admission';
import { recordAt } from './json-access';
import { KINDS } from './kinds';
import type { KubeObject, NewObject } from './object-types';
import { createStore } from './store';

const RECORDED = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded/full');
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const FILES: readonly (readonly [resource: string, file: string])[] = [
  ['deployments.apps', 'deployments'],
  ['statefulsets.apps', 'statefulsets'],
  ['daemonsets.apps', 'daemonsets'],
  ['cronjobs.batch', 'cronjobs'],
  ['replicationcontrollers', 'replicationcontrollers'],
  ['services', 'services'],
];
/** Given out by each cluster in its own way. */
const ASSIGNED = ['clusterIP', 'clusterIPs', 'nodePort'];

const withoutAssigned = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? {}, (key, item: unknown) => (ASSIGNED.includes(key) ? undefined : item)));

/** Objects that nobody has changed since they were applied, with what was applied. */
function applied(file: string): [name: string, config: NewObject, object: KubeObject][] {
  const items: KubeObject[] = JSON.parse(readFileSync(join(RECORDED, `${file}.json`), 'utf8')).items;
  return items.flatMap((object): [string, NewObject, KubeObject][] => {
    const text = object.metadata.annotations?.[APPLIED];
    const isRestarted = JSON.stringify(object.spec).includes('restartedAt');
    if (text === undefined || isRestarted) return [];
    return [[`${object.metadata.namespace}/${object.metadata.name}`, JSON.parse(text), object]];
  });
}

describe.skipIf(!existsSync(RECORDED))('defaults of a real cluster (skipped without recordings)', () => {
  it.each(FILES)('fills in %s alike', async (resource, file) => {
    const store = createStore(KINDS);
    const admission = createAdmission({ store });
    const cases = applied(file);
    if (file !== 'replicationcontrollers') expect(cases.length).toBeGreaterThan(0);
    for (const [name, config, object] of cases) {
      const namespace = object.metadata.namespace ?? '';
      if (store.get('namespaces', { name: namespace }) === undefined) {
        await admission.createWithAdmission('namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace },
        });
      }
      const created = await admission.createWithAdmission(resource, config);
      expect([name, withoutAssigned(recordAt(created, 'spec'))]).toEqual([
        name,
        withoutAssigned(recordAt(object, 'spec')),
      ]);
    }
  });
});
