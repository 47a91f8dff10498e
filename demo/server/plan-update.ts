import { conflict, invalid, STALE } from './api-error';
import { jsonEqual } from './json-access';
import { apiVersionOf, type KindRow } from './kind-row';
import { trackUpdate } from './managed-fields';
import type { KubeObject, NewObject, ObjectMeta } from './object-types';
import type { StoreContext, WriteOptions } from './store';

/** The object as it will be stored. It is `current` itself when nothing changed: then no version is spent. */
export function planUpdate(
  row: KindRow,
  current: KubeObject,
  input: NewObject,
  options: WriteOptions,
  context: StoreContext,
): KubeObject {
  checkPreconditions(row, current, input);
  const metadata = mergeMetadata(current.metadata, input);
  const parts = pickParts(row, current, input, options);
  const planned: KubeObject = {
    ...parts,
    apiVersion: apiVersionOf(row, row.versions[0] ?? 'v1'),
    kind: row.kind,
    metadata,
  };
  if (row.hasGeneration && !jsonEqual(desiredState(planned), desiredState(current))) {
    metadata.generation = (current.metadata.generation ?? 0) + 1;
  }
  const next = trackUpdate(row, current, planned, options, context.now);
  return jsonEqual(next, current) ? current : next;
}

function checkPreconditions(row: KindRow, current: KubeObject, input: NewObject): void {
  const subject = { group: row.group, plural: row.plural, name: current.metadata.name };
  const { resourceVersion, uid } = input.metadata;
  if (uid !== undefined && uid !== '' && uid !== current.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`;
    throw conflict(subject, why);
  }
  if (resourceVersion === undefined || resourceVersion === '' || resourceVersion === '0') return;
  if (!/^\d+$/.test(resourceVersion)) {
    const message = `Invalid value: "${resourceVersion}": must be specified for an update`;
    throw invalid(row.group, row.kind, current.metadata.name, [
      { reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' },
    ]);
  }
  if (resourceVersion !== current.metadata.resourceVersion) throw conflict(subject, STALE);
}

// What the server set stays, whatever the writer sent.
function mergeMetadata(current: ObjectMeta, input: NewObject): ObjectMeta {
  const {
    generation: _generation,
    deletionTimestamp: _time,
    deletionGracePeriodSeconds: _grace,
    ...sent
  } = input.metadata;
  return {
    ...sent,
    name: current.name,
    ...(current.namespace === undefined ? {} : { namespace: current.namespace }),
    uid: current.uid,
    resourceVersion: current.resourceVersion,
    ...(current.generation === undefined ? {} : { generation: current.generation }),
    creationTimestamp: current.creationTimestamp,
    ...(current.deletionTimestamp === undefined ? {} : { deletionTimestamp: current.deletionTimestamp }),
    ...(current.deletionGracePeriodSeconds === undefined
      ? {}
      : { deletionGracePeriodSeconds: current.deletionGracePeriodSeconds }),
  };
}

function pickParts(row: KindRow, current: KubeObject, input: NewObject, options: WriteOptions): KubeObject | NewObject {
  if (!row.subresources.includes('status')) return input;
  const from = options.subresource === 'status' ? current : input;
  const statusFrom = options.subresource === 'status' ? input : current;
  const { status: _status, ...rest } = from;
  return statusFrom.status === undefined ? rest : { ...rest, status: statusFrom.status };
}

function desiredState(object: KubeObject): object {
  const { metadata: _metadata, status: _status, apiVersion: _version, kind: _kind, ...rest } = object;
  return rest;
}
