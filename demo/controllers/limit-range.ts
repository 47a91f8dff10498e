import { forbidden } from '@/demo/server/api-error';
import { recordAt, recordsAt, stringMapAt } from '@/demo/server/json-access';
import type { JsonObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { toMilli } from './quantity';

function containersOf(pod: NewObject): JsonObject[] {
  return [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')];
}

function limitsOf(store: Store, pod: NewObject): JsonObject[] {
  return store
    .list('limitranges', pod.metadata.namespace)
    .flatMap((range) => recordsAt(range, 'spec', 'limits'))
    .filter((limit) => limit.type === 'Container');
}

/** Fills in the requests and limits that a LimitRange of the namespace gives by default. Changes the pod. */
export function applyLimitRanges(store: Store, pod: NewObject): void {
  for (const limit of limitsOf(store, pod)) {
    const maximum = stringMapAt(limit, 'max');
    const limits = { ...maximum, ...stringMapAt(limit, 'default') };
    const requests = { ...limits, ...stringMapAt(limit, 'defaultRequest') };
    for (const container of containersOf(pod)) {
      const own = recordAt(container, 'resources');
      const ownLimits = { ...limits, ...stringMapAt(own, 'limits') };
      // A limit that the container sets itself is its request too, before the range's default.
      const ownRequests = { ...requests, ...stringMapAt(own, 'limits'), ...stringMapAt(own, 'requests') };
      container.resources = { ...own, ...filled('limits', ownLimits), ...filled('requests', ownRequests) };
    }
  }
}

function filled(field: string, map: Record<string, string>): JsonObject {
  return Object.keys(map).length > 0 ? { [field]: map } : {};
}

/** Refuses a pod with a container beyond a LimitRange of its namespace. Source: Kubernetes, plugin/pkg/admission/limitranger. */
export function checkLimitRanges(store: Store, pod: NewObject): void {
  const problems: string[] = [];
  for (const limit of limitsOf(store, pod)) {
    for (const container of containersOf(pod)) {
      for (const [resource, maximum] of Object.entries(stringMapAt(limit, 'max'))) {
        const value = stringMapAt(container, 'resources', 'limits')[resource];
        if (value === undefined)
          problems.push(`maximum ${resource} usage per Container is ${maximum}.  No limit is specified`);
        else if (toMilli(value) > toMilli(maximum)) {
          problems.push(`maximum ${resource} usage per Container is ${maximum}, but limit is ${value}`);
        }
      }
      for (const [resource, minimum] of Object.entries(stringMapAt(limit, 'min'))) {
        const value = stringMapAt(container, 'resources', 'requests')[resource];
        if (value !== undefined && toMilli(value) < toMilli(minimum)) {
          problems.push(`minimum ${resource} usage per Container is ${minimum}, but request is ${value}`);
        }
      }
    }
  }
  if (problems.length === 0) return;
  const text = problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`;
  throw forbidden({ group: '', plural: 'pods', name: pod.metadata.name ?? '' }, text);
}
