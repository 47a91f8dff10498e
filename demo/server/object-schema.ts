import { FIELD_TRAITS } from './field-traits.data';
import type { KindRow } from './kind-row';
import { PROTOBUF_MESSAGES } from './protobuf-messages.data';

/** What a value of a field is made of. `free` is a value that no type describes: custom resources outside metadata. */
export type TypeSchema = StructSchema | MapSchema | ListSchema | LeafSchema | FreeSchema;

export interface StructSchema {
  readonly kind: 'struct';
  /** `core.Container`: group and Go name. */
  readonly name: string;
  /** One owner for all of it. */
  readonly isAtomic: boolean;
  readonly fields: ReadonlyMap<string, FieldSchema>;
  /** Of fields that are not listed; without it there are none. */
  readonly rest?: TypeSchema;
}

export interface MapSchema {
  readonly kind: 'map';
  readonly of: TypeSchema;
  readonly isAtomic: boolean;
}

export interface ListSchema {
  readonly kind: 'list';
  readonly of: TypeSchema;
  /** Fields that name an item among its owners; none for a list with one owner. */
  readonly keys: readonly string[];
  /** Distinct plain values, each with owners of its own. */
  readonly isSet: boolean;
  /** How a strategic merge patch joins it: by a key of its items, by value, or not at all. */
  readonly merge: { readonly by: 'key'; readonly key: string } | { readonly by: 'value' } | undefined;
}

export interface LeafSchema {
  readonly kind: 'leaf';
  /** As in `PROTOBUF_MESSAGES`; `int64` for an integer of that width. */
  readonly type: string;
}

export interface FreeSchema {
  readonly kind: 'free';
}

export interface FieldSchema {
  readonly type: TypeSchema;
  readonly isPointer: boolean;
  /** Written even when it is empty. */
  readonly isAlwaysWritten: boolean;
}

export const FREE: FreeSchema = { kind: 'free' };

const structs = new Map<string, StructSchema>();

/** The schema of a message such as `core.Pod`; undefined for one that this server has no fields of. */
export function structOf(message: string): StructSchema | undefined {
  const known = structs.get(message);
  if (known !== undefined) return known;
  const text = PROTOBUF_MESSAGES[message];
  if (text === undefined) return undefined;
  const fields = new Map<string, FieldSchema>();
  const traits = traitsOf(message);
  const struct: StructSchema = {
    kind: 'struct',
    name: message,
    isAtomic: traits.get('^')?.includes('atomic') ?? false,
    fields,
  };
  // Registered before its fields are read: types may hold themselves.
  structs.set(message, struct);
  for (const part of text.split(' ')) {
    const [, name = '', marks = '', type = ''] = /^\d+:([^:]+):((?:\[\]|\{\}|\*)*)(.+)$/.exec(part) ?? [];
    if (name === '^') for (const [inner, field] of structOf(type)?.fields ?? []) fields.set(inner, field);
    else fields.set(name, fieldOf(marks, type, traits.get(name) ?? []));
  }
  return struct;
}

function traitsOf(message: string): ReadonlyMap<string, readonly string[]> {
  const parts = (FIELD_TRAITS[message] ?? '').split(' ').filter((part) => part !== '');
  return new Map(
    parts.map((part) => {
      const [name = '', traits = ''] = part.split(':');
      return [name, traits.split('|')];
    }),
  );
}

/** Leaves that are structs in Go: they are written even when they are empty. */
const GO_STRUCTS = ['time', 'intstr', 'quantity'];

function fieldOf(marks: string, type: string, traits: readonly string[]): FieldSchema {
  const isPointer = marks.includes('*');
  const single: TypeSchema = structOf(type) ?? singleOf(type, traits);
  const isStruct = single.kind === 'struct' || GO_STRUCTS.includes(type);
  const isBare = marks === '';
  return {
    type: marks.includes('[]') ? listOf(single, traits) : marks.includes('{}') ? mapOf(single, traits) : single,
    isPointer,
    isAlwaysWritten: traits.includes('!') || (isBare && isStruct && !traits.includes('?')),
  };
}

function singleOf(type: string, traits: readonly string[]): TypeSchema {
  if (type === 'list') return listOf({ kind: 'leaf', type: 's' }, []);
  if (type === 'raw') return FREE;
  return { kind: 'leaf', type: type === 'i' && traits.includes('int64') ? 'int64' : type };
}

function mapOf(of: TypeSchema, traits: readonly string[]): MapSchema {
  return { kind: 'map', of, isAtomic: traits.includes('atomic') };
}

function listOf(of: TypeSchema, traits: readonly string[]): ListSchema {
  const after = (start: string) => traits.find((trait) => trait.startsWith(start))?.slice(start.length);
  const key = after('m=');
  const merge =
    key === undefined ? (traits.includes('m') ? ({ by: 'value' } as const) : undefined) : ({ by: 'key', key } as const);
  return { kind: 'list', of, keys: after('k=')?.split(',') ?? [], isSet: traits.includes('set'), merge };
}

/** `core.Pod`, `apps.Deployment`: how messages are named. */
function messageNameOf(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') return 'meta.DeleteOptions';
  if (kind === 'Scale') return 'scale.Scale';
  const group = apiVersion.includes('/') ? (apiVersion.split(/[./]/)[0] ?? '') : 'core';
  return `${group}.${kind}`;
}

const custom = new Map<string, StructSchema>();

/** The schema of a kind's objects, without apiVersion and kind; of a custom kind only the metadata is known. */
export function schemaOfKind(row: Pick<KindRow, 'group' | 'kind'>): StructSchema {
  const group = row.group === '' ? 'v1' : `${row.group}/v1`;
  const builtIn = structOf(messageNameOf(group, row.kind));
  if (builtIn !== undefined) return builtIn;
  const known = custom.get(row.kind) ?? customStruct(row.kind);
  custom.set(row.kind, known);
  return known;
}

function customStruct(kind: string): StructSchema {
  const meta = structOf('meta.ObjectMeta');
  if (meta === undefined) throw new Error('There is no schema of metadata.');
  const metadata: FieldSchema = { type: meta, isPointer: false, isAlwaysWritten: true };
  return { kind: 'struct', name: kind, isAtomic: false, fields: new Map([['metadata', metadata]]), rest: FREE };
}

/** The schema of a member of a struct, map or free value. */
export function memberOf(schema: TypeSchema, name: string): TypeSchema | undefined {
  if (schema.kind === 'struct') return schema.fields.get(name)?.type ?? schema.rest;
  if (schema.kind === 'map') return schema.of;
  return schema.kind === 'free' ? FREE : undefined;
}
