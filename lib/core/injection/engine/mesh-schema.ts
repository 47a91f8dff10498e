import { MESH_ENUMS, MESH_MESSAGES } from './mesh-messages.data';

export interface MessageField {
  /** The lowerCamel name, which is also its JSON name. */
  readonly json: string;
  /** The name in the .proto file; YAML may use either. */
  readonly proto: string;
  readonly type: string;
  readonly shape: 'single' | 'list' | 'map';
  readonly oneof?: string;
}

const FIELD = /^([^:]+):([^/|?]+)(?:\/([^|?]+))?(?:\|([^?]+))?\??$/;
const knownMessages = new Map<string, readonly MessageField[] | undefined>();
const knownEnums = new Map<string, ReadonlyMap<string, number> | undefined>();

/** The fields of a message in declaration order; undefined where the name is no message. */
export function messageFields(name: string): readonly MessageField[] | undefined {
  if (knownMessages.has(name)) return knownMessages.get(name);
  const text = Object.hasOwn(MESH_MESSAGES, name) ? MESH_MESSAGES[name] : undefined;
  const fields = text === undefined ? undefined : text === '' ? [] : text.split(' ').map(parseField);
  knownMessages.set(name, fields);
  return fields;
}

/** The values of an enum; undefined where the name is no enum. */
export function enumValues(name: string): ReadonlyMap<string, number> | undefined {
  if (knownEnums.has(name)) return knownEnums.get(name);
  const text = Object.hasOwn(MESH_ENUMS, name) ? MESH_ENUMS[name] : undefined;
  const values = text === undefined ? undefined : new Map(text.split(' ').map(parseEnumValue));
  knownEnums.set(name, values);
  return values;
}

function parseEnumValue(text: string): readonly [name: string, number: number] {
  const [name = '', number = '0'] = text.split('=');
  return [name, Number(number)];
}

function parseField(text: string): MessageField {
  const [, json, type, proto, oneof] = FIELD.exec(text) ?? [];
  if (json === undefined || type === undefined) throw new Error(`odd field ${text}`);
  const shape = type.startsWith('[') ? 'list' : type.startsWith('{') ? 'map' : 'single';
  return {
    json,
    proto: proto ?? json.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    type: shape === 'single' ? type : type.slice(1, -1),
    shape,
    ...(oneof !== undefined && { oneof }),
  };
}
