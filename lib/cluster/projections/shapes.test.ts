import { setFlagsFromString } from 'node:v8';
import { expect, it } from 'vitest';
import type { Json } from '@/lib/cluster/json-fields';
import { Interner } from './interner';
import { projectDocument } from './project-document';
import { projectEvent } from './project-event';
import { projectMetadata } from './project-metadata';
import { projectNamespace } from './project-namespace';
import { projectPod } from './project-pod';
import { projectEndpointSlice, projectService } from './project-service';
import { projectWorkload } from './project-workload';

// V8's own question, which its syntax hides from ordinary code.
setFlagsFromString('--allow-natives-syntax');
const haveSameShape = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (a: unknown, b: unknown) => boolean;
const interner = new Interner();

const object = (index: number): Json => ({
  metadata: {
    name: `web-${index}`,
    namespace: 'shop',
    uid: `u-${index}`,
    resourceVersion: String(index),
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `rs-${index}`, uid: `r-${index}`, controller: true },
    ],
  },
  spec: { containers: [{ name: 'app', image: `registry.example/app:${index}` }], selector: { app: `a-${index}` } },
  status: { phase: 'Running', podIP: `10.0.0.${index}` },
});

it.each<[kind: string, project: (object: Json) => unknown]>([
  ['Pod', (raw) => projectPod(raw, interner)],
  ['Namespace', (raw) => projectNamespace(raw, interner)],
  ['Deployment', (raw) => projectWorkload(raw, 'Deployment', interner)],
  ['Service', (raw) => projectService(raw, interner)],
  ['EndpointSlice', (raw) => projectEndpointSlice(raw, interner)],
  ['Event', (raw) => projectEvent(raw, interner)],
  ['Gateway', (raw) => projectDocument(raw, 'Gateway', interner)],
  ['ConfigMap', (raw) => projectMetadata(raw, 'ConfigMap', interner)],
  ['an owner', (raw) => projectMetadata(raw, 'Pod', interner).owner],
  ['a container', (raw) => projectPod(raw, interner).containers[0]],
])('records of %s share one hidden class', (_kind, project) => {
  const records = Array.from({ length: 50 }, (_, index) => project(object(index)));
  expect(records.filter((record) => !haveSameShape(record, records[49]))).toEqual([]);
});
