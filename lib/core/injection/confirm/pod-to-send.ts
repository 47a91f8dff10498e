import { type JsonObject, type JsonValue, objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import { podToCome } from '@/lib/core/injection/preview/pod-to-come';
import type { Phrase } from '@/lib/core/phrase';
import type { Result } from '@/lib/core/result';
import { tellConfirm } from './confirm-phrases.data';

/** A pod for a dry run, and in what it is not the pod that will come. */
export interface PodToSend {
  readonly pod: JsonObject;
  readonly notes: readonly Phrase[];
}

const SUFFIX = '-dry-run';
const MOST_NAME = 253 - SUFFIX.length;

/**
 * The pod that a controller would create for an object, fit to be sent to the API server beside the pods that are there.
 *
 * Input: the object as the API server has it. Output: its owner has the object's own uid, since the ReplicaSet or Job to
 * come has none yet; a pod that has its own name gets another, since the name is taken.
 * Fails where the object is of no kind that makes pods.
 */
export function podToSend(object: JsonValue): Result<PodToSend> {
  const made = podToCome(object);
  if (!made.ok) return made;
  const metadata = objectAt(made.value, 'metadata');
  const given = Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences : [];
  const uid = textAt(objectAt(object, 'metadata'), 'uid');
  const owners = given.map((owner: JsonValue) => withUid(owner, uid));
  const name = textAt(metadata, 'name');
  const isNamed = name !== '' && textAt(metadata, 'generateName') === '';
  const stand = `${name.slice(0, MOST_NAME)}${SUFFIX}`;
  const pod = {
    ...made.value,
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      ...(isNamed ? { name: stand } : {}),
      ...(owners.length > 0 ? { ownerReferences: owners } : {}),
    },
  };
  return { ok: true, value: { pod, notes: listNotes(object, isNamed ? stand : undefined) } };
}

function withUid(owner: JsonValue, uid: string): JsonValue {
  const isEmpty = typeof owner === 'object' && owner !== null && textAt(owner, 'uid') === '';
  return isEmpty && !Array.isArray(owner) ? { ...owner, uid } : owner;
}

function listNotes(object: JsonValue, name: string | undefined): readonly Phrase[] {
  if (name !== undefined) return [tellConfirm('note.stand-in-name', { name })];
  return textAt(object, 'kind') === 'Deployment'
    ? [tellConfirm('note.stand-in-hash', { name: textAt(objectAt(object, 'metadata'), 'name') })]
    : [];
}
