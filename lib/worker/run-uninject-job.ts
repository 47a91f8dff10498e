import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import { workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { toReinject } from '@/lib/core/injection/uninject/reinject';
import { uninjectWithInjector } from '@/lib/core/injection/uninject/uninject-with-injector';
import { podAt, podPlaces } from '@/lib/core/injection/uninject/uninject-workload';
import type { FaultyInjector } from './render-job';
import type { OpenInjector } from './run-confirm-job';
import type { Uninjected, UninjectJob } from './uninject-job';

/** Takes the injection out of a pod of a cluster; `faulty` where neither configuration can be used, or the pod is none. */
export function runUninjectJob(
  { source, previous, pod, namespace }: UninjectJob,
  open: OpenInjector,
): Uninjected | FaultyInjector {
  const now = open(source);
  const opened = now.ok || previous === undefined ? now : open(previous);
  if (!opened.ok) return { kind: 'faulty', message: opened.message };
  const kind = workloadKind('Pod');
  const place = kind === undefined ? undefined : podPlaces(kind)[0];
  const sent: JsonObject = JSON.parse(pod);
  const decoded = decodeKube('Pod', sent);
  if (kind === undefined || place === undefined || !decoded.ok)
    return { kind: 'faulty', message: 'The pod cannot be read.' };
  const reinject = toReinject(opened.value, {
    kind,
    object: decoded.value,
    place,
    engine: 'webhook',
    namespace: namespace.name,
    namespaceAnnotations: namespace.annotations,
  });
  return { kind: 'uninjected', result: uninjectWithInjector(podAt(decoded.value, place), reinject) };
}
