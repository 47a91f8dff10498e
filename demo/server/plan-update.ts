import { ApiError, conflict, STALE } from './api-error';
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
  checkVersion(row, current, input.metadata, true);
  const planned = mergeForUpdate(row, current, input, options);
  if (
    row.hasGeneration &&
    options.subresource !== 'binding' &&
    !jsonEqual(desiredState(planned), desiredState(current))
  ) {
    planned.metadata.generation = (current.metadata.generation ?? 0) + 1;
  }
  const next = options.isTracked === true ? planned : trackUpdate(row, current, planned, options, context.now);
  return jsonEqual(next, current) ? current : next;
}

/** The sent object with what the server keeps: identity, times, and the parts that this endpoint does not write. */
export function mergeForUpdate(row: KindRow, current: KubeObject, input: NewObject, options: WriteOptions): KubeObject {
  const isStatus = options.subresource === 'status' && row.subresources.includes('status');
  return {
    ...pickParts(row, current, input, options),
    apiVersion: apiVersionOf(row, row.versions[0] ?? 'v1'),
    kind: row.kind,
    metadata: mergeMetadata(
      current.metadata,
      isStatus ? { ...input, metadata: statusMetadata(row, current, input) } : input,
    ),
  };
}

/** What a write of the status may change of the metadata: of a custom object nothing, of a deployment no labels. */
function statusMetadata(row: KindRow, current: KubeObject, { metadata }: NewObject): NewObject['metadata'] {
  const { managedFields } = metadata;
  if (row.isCustom) return { ...current.metadata, ...(managedFields === undefined ? {} : { managedFields }) };
  const { labels: _labels, ...rest } = metadata;
  if (row.kind !== 'Deployment') return metadata;
  return { ...rest, ...(current.metadata.labels === undefined ? {} : { labels: current.metadata.labels }) };
}

/** Refuses a write that is based on another version, or meant for another object of that name. */
export function checkVersion(
  row: KindRow,
  current: KubeObject,
  { resourceVersion, uid }: Pick<NewObject['metadata'], 'resourceVersion' | 'uid'>,
  isUidPinned: boolean,
): void {
  const subject = { group: row.group, plural: row.plural, name: current.metadata.name };
  if (isUidPinned && uid !== undefined && uid !== '' && uid !== current.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`;
    const key = `Key: ${storageKey(row, current)}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`;
    throw conflict(subject, `StorageError: invalid object, Code: 4, ${key}`);
  }
  if (resourceVersion === undefined || resourceVersion === '' || resourceVersion === '0') return;
  if (!/^\d+$/.test(resourceVersion)) {
    throw new ApiError(
      '',
      `strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`,
      undefined,
      500,
    );
  }
  if (resourceVersion !== current.metadata.resourceVersion) throw conflict(subject, STALE);
}

const STORAGE_PATHS: Readonly<Record<string, string>> = { services: 'services/specs', nodes: 'minions' };

/** Where a real server keeps the object in etcd; messages quote it. */
function storageKey(row: KindRow, { metadata }: KubeObject): string {
  const path = row.isCustom ? `${row.group}/${row.plural}` : (STORAGE_PATHS[row.plural] ?? row.plural);
  return `/registry/${path}/${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
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
  if (!row.subresources.includes('status') || options.subresource === 'binding') return input;
  const from = options.subresource === 'status' ? current : input;
  const statusFrom = options.subresource === 'status' ? input : current;
  const { status: _status, ...rest } = from;
  return statusFrom.status === undefined ? rest : { ...rest, status: statusFrom.status };
}

function desiredState(object: KubeObject): object {
  const { metadata: _metadata, status: _status, apiVersion: _version, kind: _kind, ...rest } = object;
  return rest;
}
