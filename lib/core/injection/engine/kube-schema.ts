import { KUBE_STRUCTS } from './kube-structs.data';

export type ScalarKind = 's' | 'b' | 'i32' | 'i64' | 'Q' | 'P' | 'Time' | 'MicroTime' | 'Raw' | 'bytes';

export type KubeType =
  | { readonly kind: 'scalar'; readonly scalar: ScalarKind }
  | { readonly kind: 'list'; readonly of: KubeType }
  | { readonly kind: 'map'; readonly of: KubeType }
  | { readonly kind: 'pointer'; readonly of: KubeType }
  | { readonly kind: 'struct'; readonly name: string };

export interface KubeField {
  readonly json: string;
  readonly type: KubeType;
  /** Written even when it is empty. */
  readonly isAlways: boolean;
  /** Lists that a strategic merge joins: the key of their items, or '' for a set of scalars. */
  readonly mergeKey?: string;
  readonly keepsKeys: boolean;
}

export interface KubeStruct {
  readonly name: string;
  readonly fields: readonly KubeField[];
  readonly byName: ReadonlyMap<string, number>;
  /** By the name in lower case: Go matches keys without regard to case when none is exact. */
  readonly byLowerName: ReadonlyMap<string, number>;
}

const SCALARS: ReadonlySet<string> = new Set(['s', 'b', 'i32', 'i64', 'Q', 'P', 'Time', 'MicroTime', 'Raw', 'bytes']);
const FIELD = /^([^:]+):([^!~^]+)(!)?(?:~(\w*))?(\^)?$/;

const known = new Map<string, KubeStruct>();

/** The struct of a name in the table; a name that is not there is a mistake in the table. */
export function kubeStruct(name: string): KubeStruct {
  const found = known.get(name);
  if (found !== undefined) return found;
  const text = KUBE_STRUCTS[name];
  if (text === undefined) throw new Error(`no Kubernetes struct ${name}`);
  const fields = text.split(' ').map(parseField);
  const made: KubeStruct = {
    name,
    fields,
    byName: new Map(fields.map((field, index) => [field.json, index])),
    byLowerName: new Map(fields.map((field, index) => [field.json.toLowerCase(), index])),
  };
  known.set(name, made);
  return made;
}

/** The place of a JSON key in a struct: the exact name, else the same but for case. */
export function fieldIndex(struct: KubeStruct, key: string): number | undefined {
  return struct.byName.get(key) ?? struct.byLowerName.get(key.toLowerCase());
}

function parseField(text: string): KubeField {
  const [, json, type, always, mergeKey, keeps] = FIELD.exec(text) ?? [];
  if (json === undefined || type === undefined) throw new Error(`odd field ${text}`);
  return {
    json,
    type: parseType(type),
    isAlways: always !== undefined,
    ...(mergeKey !== undefined && { mergeKey }),
    keepsKeys: keeps !== undefined,
  };
}

function parseType(text: string): KubeType {
  if (text.startsWith('*')) return { kind: 'pointer', of: parseType(text.slice(1)) };
  if (text.startsWith('[')) return { kind: 'list', of: parseType(text.slice(1, -1)) };
  if (text.startsWith('{')) return { kind: 'map', of: parseType(text.slice(1, -1)) };
  return isScalar(text) ? { kind: 'scalar', scalar: text } : { kind: 'struct', name: text };
}

function isScalar(text: string): text is ScalarKind {
  return SCALARS.has(text);
}
