import { setTimeout as pause } from 'node:timers/promises';
import { stringAt } from '@/demo/server/json-access';
import type { LiveObjects } from './live-objects';
import { isPodAtRest, WORKLOAD_LISTS } from './workload-rest';

const POLL_MS = 400;
/** From so many namespaces on, one list of all of them is less work for the API server than one for each. */
const MANY = 8;

export interface RestWait {
  readonly namespaces: readonly string[];
  readonly withinMs: number;
  readonly say: (line: string) => void;
}

/**
 * Waits until the controllers and nodes have done what they can for the workloads of some namespaces: pods are ready,
 * or stand as they will, or were refused. Fails with what still moves when the time is up.
 */
export async function awaitRest(objects: LiveObjects, { namespaces, withinMs, say }: RestWait): Promise<void> {
  const end = Date.now() + withinMs;
  let saidAt = Date.now();
  for (;;) {
    const askedAt = performance.now();
    const moving = await listMoving(objects, new Set(namespaces));
    if (moving.length === 0) return;
    const text = `${moving.length} not at rest, such as ${moving.slice(0, 3).join(', ')}`;
    if (Date.now() > end) throw new Error(`Waited ${withinMs / 1_000} s in vain: ${text}.`);
    if (Date.now() - saidAt > 5_000) {
      say(`  ${text} …`);
      saidAt = Date.now();
    }
    // A big cluster is busy enough: asking never takes more than half of the time.
    await pause(Math.max(POLL_MS, performance.now() - askedAt));
  }
}

/** Names of what still moves. Pods are looked at only where a workload is not simply ready: a big cluster has many. */
async function listMoving(objects: LiveObjects, namespaces: ReadonlySet<string>): Promise<string[]> {
  const moving: string[] = [];
  const unready = new Set<string>();
  for (const [list, restOf] of Object.entries(WORKLOAD_LISTS)) {
    for (const workload of await listIn(objects, list, namespaces)) {
      const namespace = stringAt(workload, 'metadata', 'namespace') ?? '';
      const rest = restOf(workload);
      if (rest !== 'ready') unready.add(namespace);
      if (rest === 'moving') moving.push(`${namespace}/${stringAt(workload, 'metadata', 'name') ?? ''}`);
    }
  }
  for (const pod of await listIn(objects, '/api/v1/pods', unready)) {
    if (!isPodAtRest(pod)) {
      moving.push(`${stringAt(pod, 'metadata', 'namespace') ?? ''}/${stringAt(pod, 'metadata', 'name') ?? ''}`);
    }
  }
  return moving;
}

async function listIn(
  objects: LiveObjects,
  list: string,
  namespaces: ReadonlySet<string>,
): Promise<Record<string, unknown>[]> {
  if (namespaces.size === 0) return [];
  if (namespaces.size >= MANY) {
    const all = await objects.list(list);
    return all.filter((object) => namespaces.has(stringAt(object, 'metadata', 'namespace') ?? ''));
  }
  const at = list.lastIndexOf('/');
  const paths = [...namespaces].map((name) => `${list.slice(0, at)}/namespaces/${name}${list.slice(at)}`);
  return (await Promise.all(paths.map((path) => objects.list(path)))).flat();
}
