import { ApiError, type StatusCause } from './api-error';
import { childrenOf, isLeaf, itemStep, namedPaths } from './compare-typed';
import { isRecord, jsonEqual } from './json-access';
import type { KindRow } from './kind-row';
import {
  compareObjects,
  endpointFields,
  entryOf,
  ownableParts,
  withEntries,
  withoutFields,
  withoutOwnerless,
} from './managed-fields';
import { type ListSchema, memberOf, schemaOfKind, type TypeSchema } from './object-schema';
import type { JsonObject, KubeObject, ManagedFieldsEntry, NewObject } from './object-types';
import {
  childOf,
  difference,
  EMPTY,
  fromFieldsV1,
  intersection,
  isEmptySet,
  memberPaths,
  type PathSet,
  union,
  withFieldsOnTheWay,
} from './path-set';
import type { WriteOptions } from './store';

export interface ApplyRequest {
  readonly manager: string;
  readonly force: boolean;
  readonly now: string;
  readonly subresource?: WriteOptions['subresource'];
}

const BEFORE_FIRST_APPLY = 'before-first-apply';

/**
 * The object after a server-side apply; its managedFields are set. `live` is undefined when the apply creates it.
 * Source: sigs.k8s.io/structured-merge-diff, merge/update.go, Apply.
 */
export function applyConfiguration(
  row: KindRow,
  live: KubeObject | undefined,
  config: NewObject,
  { manager, force, now, subresource }: ApplyRequest,
): NewObject {
  const schema = schemaOfKind(row);
  const entries = entriesBefore(row, live, now);
  const isOwn = (entry: ManagedFieldsEntry) =>
    entry.manager === manager && entry.operation === 'Apply' && entry.subresource === subresource;
  const own = entries.find(isOwn);
  const others = entries.filter((entry) => entry !== own);
  const wanted = endpointFields(row, namedPaths(schema, ownableParts(config)), subresource);
  const liveParts = live === undefined ? { metadata: {} } : ownableParts(live);
  const merged = mergeTyped(schema, liveParts, ownableParts(config));
  const pruned = prune(schema, merged, own, [wanted, ...others.map((entry) => fromFieldsV1(entry.fieldsV1))]);
  const result = toObject(live ?? config, pruned, live);
  const { added, modified, removed } = compareObjects(row, live, result);
  const changed = endpointFields(row, union(added, modified), subresource);
  const contested = others
    .map((entry) => ({ entry, fields: intersection(fromFieldsV1(entry.fieldsV1), changed) }))
    .filter(({ fields }) => !isEmptySet(fields));
  if (contested.length > 0 && !force) throw conflictError(contested);
  const kept = others.flatMap((entry) => withoutFields(entry, union(changed, removed)));
  const fields = withoutOwnerless(wanted);
  // An apply that only takes or gives up fields leaves no time of its own.
  const isSame = live !== undefined && jsonEqual(ownableParts(live), ownableParts(result));
  const mine = isEmptySet(fields)
    ? []
    : [entryOf(row, manager, isSame ? own?.time : now, fields, subresource, 'Apply')];
  const settled = row.isCustom ? toObject(live ?? config, withoutNulls(pruned), live) : result;
  return withEntries(settled, [...mine, ...kept]);
}

// What was written before anybody tracked owners belongs to this name.
function entriesBefore(row: KindRow, live: KubeObject | undefined, now: string): readonly ManagedFieldsEntry[] {
  const entries = live?.metadata.managedFields ?? [];
  if (live === undefined || entries.length > 0) return entries;
  const { added, modified } = compareObjects(row, undefined, live);
  const fields = withoutOwnerless(endpointFields(row, union(added, modified), undefined));
  return isEmptySet(fields) ? [] : [entryOf(row, BEFORE_FIRST_APPLY, now, fields, undefined)];
}

function toObject(source: NewObject, parts: JsonObject, live: KubeObject | undefined): NewObject {
  const metadata = isRecord(parts.metadata) ? parts.metadata : {};
  const entries = live?.metadata.managedFields;
  return {
    ...parts,
    apiVersion: source.apiVersion,
    kind: source.kind,
    metadata: { ...metadata, ...(entries === undefined ? {} : { managedFields: entries }) },
  };
}

/** Source: sigs.k8s.io/structured-merge-diff, typed/merge.go. */
function mergeTyped(schema: TypeSchema, live: JsonObject, config: JsonObject): JsonObject {
  const merged: JsonObject = { ...live };
  for (const [name, value] of Object.entries(config)) {
    const member = memberOf(schema, name);
    merged[name] = member === undefined ? value : mergeValue(member, merged[name], value);
  }
  return merged;
}

function mergeValue(schema: TypeSchema, live: unknown, value: unknown): unknown {
  if (live === undefined || live === null || isLeaf(schema, value)) return value;
  if (schema.kind === 'list')
    return mergeList(schema, Array.isArray(live) ? live : [], Array.isArray(value) ? value : []);
  return isRecord(value) ? mergeTyped(schema, isRecord(live) ? live : {}, value) : value;
}

/** Applied items in their order; the others keep their place among the items that both lists have. */
function mergeList(schema: ListSchema, live: readonly unknown[], config: readonly unknown[]): unknown[] {
  const [left, right] = [live.map((item) => itemStep(schema, item)), config.map((item) => itemStep(schema, item))];
  const known = new Map(left.map((step, at) => [step, live[at]]));
  const wanted = new Set(right);
  const shared = right.filter((step) => known.has(step));
  const merged: unknown[] = [];
  const done = new Set<string>();
  const takeApplied = (at: number) => {
    const step = right[at] ?? '';
    merged.push(mergeValue(schema.of, known.get(step), config[at]));
    done.add(step);
    if (shared[0] === step) shared.shift();
  };
  let [at, next] = [0, 0];
  while (at < left.length || next < right.length) {
    const step = left[at];
    if (step !== undefined && step === right[next]) {
      takeApplied(next);
      at += 1;
      next += 1;
    } else if (
      step !== undefined &&
      next < right.length &&
      wanted.has(step) &&
      shared.length > 0 &&
      shared[0] !== step
    ) {
      at += 1;
    } else if (step !== undefined && !wanted.has(step)) {
      merged.push(live[at]);
      at += 1;
    } else {
      if (step !== undefined && done.has(step)) at += 1;
      if (next < right.length) {
        takeApplied(next);
        next += 1;
      }
    }
  }
  return merged;
}

/** Removes what the last apply named, this one does not, and nobody else owns. */
function prune(
  schema: TypeSchema,
  merged: JsonObject,
  last: ManagedFieldsEntry | undefined,
  owned: readonly PathSet[],
): JsonObject {
  if (last === undefined) return merged;
  const kept = owned.map(withFieldsOnTheWay).reduce(union, EMPTY);
  const gone = difference(withFieldsOnTheWay(fromFieldsV1(last.fieldsV1)), kept);
  const pruned = removePaths(schema, merged, gone);
  return isRecord(pruned) ? pruned : {};
}

function removePaths(schema: TypeSchema, value: unknown, gone: PathSet): unknown {
  if (isEmptySet(gone) || isLeaf(schema, value)) return value;
  if (Array.isArray(value)) {
    const items = childrenOf(schema, value).flatMap((child) => {
      const inner = childOf(gone, child.step);
      return inner.isMember ? [] : [removePaths(child.schema, child.value, inner)];
    });
    return items.length === 0 ? null : items;
  }
  if (!isRecord(value)) return value;
  const kept: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    const inner = childOf(gone, `f:${name}`);
    const member = memberOf(schema, name);
    const rest = inner.isMember ? undefined : member === undefined ? item : removePaths(member, item, inner);
    if (rest !== undefined) kept[name] = rest;
  }
  // What is emptied stays as nothing for as long as owners are told; it is dropped when the object is read by its type.
  return Object.keys(kept).length === 0 ? null : kept;
}

/** A custom resource is not read by a type that would drop them. */
function withoutNulls(parts: JsonObject): JsonObject {
  const entries = Object.entries(parts).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, isRecord(value) ? withoutNulls(value) : value]));
}

interface Contested {
  readonly entry: ManagedFieldsEntry;
  readonly fields: PathSet;
}

function describe({ manager, subresource, operation, apiVersion }: ManagedFieldsEntry): string {
  const name = `${JSON.stringify(manager)}${subresource === undefined ? '' : ` with subresource "${subresource}"`}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

function conflictError(contested: readonly Contested[]): ApiError {
  const sorted = [...contested].sort((left, right) => (describe(left.entry) < describe(right.entry) ? -1 : 1));
  const causes: StatusCause[] = sorted.flatMap(({ entry, fields }) =>
    memberPaths(fields).map((field) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${describe(entry)}`,
      field,
    })),
  );
  const [first] = causes;
  if (causes.length === 1) return failure(`Apply failed with 1 conflict: ${first?.message}: ${first?.field}`, causes);
  const texts = sorted.map(
    ({ entry, fields }) =>
      `conflicts with ${describe(entry)}:\n${memberPaths(fields)
        .map((path) => `- ${path}`)
        .join('\n')}`,
  );
  return failure(`Apply failed with ${causes.length} conflicts: ${texts.join('\n')}`, causes);
}

function failure(message: string, causes: readonly StatusCause[]): ApiError {
  return new ApiError('Conflict', message, { causes });
}
