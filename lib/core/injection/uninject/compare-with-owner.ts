import { flattenPod } from '@/lib/core/injection/engine/flatten-pod';
import {
  fieldOf,
  type JsonObject,
  type JsonValue,
  objectAt,
  objectsAt,
  textAt,
} from '@/lib/core/injection/engine/json-types';
import type { Phrase } from '@/lib/core/phrase';
import { diffPods, isCoveredBy } from './diff-pods';
import { dropDefaults } from './drop-defaults';
import { withoutControllerKeys } from './strip-cluster-parts';
import type { UninjectCode } from './uninject-phrases.data';
import { listUnknowns, type UninjectedPart } from './uninjected-pod';

/** One place where a pod without its injection is not what its owner's template says. */
export interface OwnerDifference {
  readonly path: string;
  /** Absent where that side has nothing. */
  readonly ofOwner?: JsonValue;
  readonly ofPod?: JsonValue;
  /** Who is likely to have made it. */
  readonly because: Phrase<`uninject.${UninjectCode}`>;
}

export interface OwnerComparison {
  readonly owner: { readonly kind: string; readonly name: string; readonly template: JsonObject };
  /** Without injection and without what the cluster itself added. */
  readonly pod: JsonObject;
  /** The pod's metadata as the API server keeps it. */
  readonly metadata: JsonObject;
  readonly parts: readonly UninjectedPart[];
  /** Other webhooks that the API server calls when a pod like this one is created, by name. */
  readonly otherWebhooks: readonly string[];
}

/** Owners whose template can change while their pods live on; a ReplicaSet's and a Job's cannot in practice. */
const MOVING_OWNERS: ReadonlySet<string> = new Set(['StatefulSet', 'DaemonSet', 'ReplicationController']);

/** What controllers add to the pods of a kind. Source: Kubernetes, pkg/controller, statefulset and daemon. */
const CONTROLLERS: Readonly<Record<string, RegExp>> = {
  StatefulSet: /^spec\.(hostname|subdomain|volumes(#order|\[.*))$/,
  DaemonSet: /^spec\.(affinity\b.*|tolerations)$/,
};

/**
 * Compares a pod without its injection with the template that it was made of.
 *
 * Output: places that differ, with the likeliest maker. What un-injection calls unknown is none, nor is what the API server fills in,
 * nor a value that the owner has and injection wrote over or would have written itself.
 */
export function compareWithOwner(comparison: OwnerComparison): readonly OwnerDifference[] {
  const { owner, pod, parts } = comparison;
  const template = {
    metadata: withoutControllerKeys(objectAt(owner.template, 'metadata')),
    spec: objectAt(owner.template, 'spec'),
  };
  const [left, right] = [dropDefaults(template), dropDefaults(pod)];
  const [ofOwner, ofPod] = [flattenPod(left), flattenPod(right)];
  const unknown = listUnknowns(parts);
  const replaced = parts.filter(({ fate, certainty }) => fate === 'taken-off' && certainty !== 'unknown');
  const differences = diffPods(left, right).filter(
    (path) =>
      !/^metadata\.(name|namespace)$/.test(path) &&
      CONTROLLERS[owner.kind]?.test(path) !== true &&
      !unknown.some((part) => isCoveredBy(path, part.path)) &&
      !(ofOwner.has(path) && replaced.some((part) => part.path === path)),
  );
  return differences.map((path): OwnerDifference => {
    const [before, after] = [ofOwner.get(path), ofPod.get(path)];
    return {
      path,
      ...(before === undefined ? {} : { ofOwner: before }),
      ...(after === undefined ? {} : { ofPod: after }),
      because: likelyMaker(path, comparison),
    };
  });
}

function likelyMaker(path: string, { owner, metadata, otherWebhooks }: OwnerComparison): OwnerDifference['because'] {
  const manager = laterManager(path, metadata);
  if (manager !== undefined) return { code: 'uninject.edited-by', values: { manager } };
  if (otherWebhooks.length > 0) return { code: 'uninject.other-webhook', values: { names: otherWebhooks.join(', ') } };
  const { kind, name } = owner;
  if (MOVING_OWNERS.has(kind)) return { code: 'uninject.edited-since', values: { kind, name } };
  return { code: 'uninject.no-maker' };
}

/** Who wrote a label, an annotation or an image after the pod had been created, as the API server recorded it. */
function laterManager(path: string, metadata: JsonObject): string | undefined {
  const steps = toFields(path);
  if (steps === undefined) return undefined;
  const later = objectsAt(metadata, 'managedFields').filter(
    (entry) => textAt(entry, 'subresource') === '' && textAt(entry, 'time') > textAt(metadata, 'creationTimestamp'),
  );
  const writer = later.find(
    (entry) => steps.reduce<JsonValue | undefined>((at, step) => fieldOf(at, step), entry.fieldsV1) !== undefined,
  );
  return writer === undefined ? undefined : textAt(writer, 'manager');
}

function toFields(path: string): readonly string[] | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\[(.*)\]$/.exec(path) ?? [];
  if (map !== undefined) return ['f:metadata', `f:${map}`, `f:${key}`];
  const [, list, name] = /^spec\.(containers|initContainers)\[(.*)\]\.image$/.exec(path) ?? [];
  return list === undefined ? undefined : ['f:spec', `f:${list}`, `k:${JSON.stringify({ name })}`, 'f:image'];
}
