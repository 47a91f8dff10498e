import { badRequest } from './api-error';
import { isRecord } from './json-access';
import type { JsonObject } from './object-types';
import { PROTOBUF_MESSAGES } from './protobuf-messages.data';

/** Begins every protobuf body of Kubernetes; behind it comes a runtime.Unknown. */
const MAGIC = Buffer.from('k8s\0');

interface Field {
  readonly name: string;
  readonly type: string;
  readonly shape: 'one' | 'list' | 'map';
  readonly isPointer: boolean;
}

type WireValue = bigint | Buffer;

/** Reads a body of the content type `application/vnd.kubernetes.protobuf` as the JSON it stands for. */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest('the body of the request is not a Kubernetes protobuf message');
  }
  let [apiVersion, kind, raw] = ['', '', Buffer.alloc(0)];
  for (const [number, value] of readFields(body.subarray(MAGIC.length))) {
    if (!Buffer.isBuffer(value)) continue;
    if (number === 2) raw = Buffer.from(value);
    if (number !== 1) continue;
    for (const [part, text] of readFields(value)) {
      if (part === 1) apiVersion = String(text);
      if (part === 2) kind = String(text);
    }
  }
  const message = messageOf(apiVersion, kind);
  if (PROTOBUF_MESSAGES[message] === undefined)
    throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}"`);
  return { apiVersion, kind, ...decodeMessage(message, raw) };
}

function messageOf(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') return 'meta.DeleteOptions';
  if (kind === 'Scale') return 'scale.Scale';
  const group = apiVersion.includes('/') ? (apiVersion.split(/[./]/)[0] ?? '') : 'core';
  return `${group}.${kind}`;
}

const fieldsOf = new Map<string, ReadonlyMap<number, Field>>();

function schemaOf(message: string): ReadonlyMap<number, Field> {
  const known = fieldsOf.get(message);
  if (known !== undefined) return known;
  const fields = new Map<number, Field>();
  for (const text of (PROTOBUF_MESSAGES[message] ?? '').split(' ')) {
    const [, number = '0', name = '', marks = '', type = ''] =
      /^(\d+):([^:]+):((?:\[\]|\{\}|\*)*)(.+)$/.exec(text) ?? [];
    const shape = marks.includes('[]') ? 'list' : marks.includes('{}') ? 'map' : 'one';
    fields.set(Number(number), { name, type, shape, isPointer: marks.includes('*') });
  }
  fieldsOf.set(message, fields);
  return fields;
}

function decodeMessage(message: string, bytes: Buffer): JsonObject {
  const schema = schemaOf(message);
  const decoded: JsonObject = {};
  for (const [number, value] of readFields(bytes)) {
    const field = schema.get(number);
    if (field === undefined) continue;
    if (field.shape === 'map') addEntry(decoded, field, value);
    else if (field.shape === 'list') {
      const list = decoded[field.name];
      decoded[field.name] = [...(Array.isArray(list) ? list : []), decodeValue(field.type, value)];
    } else setField(decoded, field, decodeValue(field.type, value));
  }
  return decoded;
}

// Fields that are no pointers are always sent, set or not: an empty one means nothing.
function setField(decoded: JsonObject, field: Field, value: unknown): void {
  const isEmpty = value === '' || value === 0 || value === false || value === undefined;
  if (field.name === '^') Object.assign(decoded, isRecord(value) ? value : {});
  else if (!isEmpty || field.isPointer) decoded[field.name] = value;
}

function addEntry(decoded: JsonObject, field: Field, value: WireValue): void {
  let [key, item]: [string, unknown] = ['', decodeValue(field.type, Buffer.alloc(0))];
  for (const [number, part] of readFields(toBytes(value))) {
    if (number === 1) key = String(part);
    if (number === 2) item = decodeValue(field.type, part);
  }
  const map = decoded[field.name];
  decoded[field.name] = { ...(isRecord(map) ? map : {}), [key]: item ?? '' };
}

const toBytes = (value: WireValue) => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
const toInteger = (value: WireValue | undefined) => (typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0);

function decodeValue(type: string, value: WireValue): unknown {
  switch (type) {
    case 's':
      return toBytes(value).toString('utf8');
    case 'i':
      return toInteger(value);
    case 'b':
      return value === 1n;
    case 'd':
      return toBytes(value).length === 8 ? toBytes(value).readDoubleLE() : 0;
    case 'y':
      return toBytes(value).toString('base64');
    case 'time':
      return decodeTime(toBytes(value));
    case 'duration':
      return `${toInteger(partsOf(value).get(1)) / 1e9}s`;
    case 'quantity':
      return String(partsOf(value).get(1) ?? '0');
    case 'intstr':
      return decodeIntOrString(partsOf(value));
    case 'fields':
    case 'raw':
      return decodeJson(partsOf(value).get(1));
    case 'list':
      return readFields(toBytes(value)).map(([, item]) => String(item));
    default:
      return decodeMessage(type, toBytes(value));
  }
}

const partsOf = (value: WireValue) => new Map(readFields(toBytes(value)));

function decodeTime(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return undefined;
  const parts = partsOf(bytes);
  const seconds = toInteger(parts.get(1));
  const nanos = toInteger(parts.get(2));
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  return nanos === 0 ? `${text}Z` : `${text}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`;
}

function decodeIntOrString(parts: ReadonlyMap<number, WireValue>): string | number {
  return toInteger(parts.get(1)) === 0 ? toInteger(parts.get(2)) : String(parts.get(3) ?? '');
}

function decodeJson(value: WireValue | undefined): unknown {
  const bytes = toBytes(value ?? Buffer.alloc(0));
  return bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
}

/** The fields of a message in wire order, by number. */
function readFields(bytes: Buffer): [number: number, value: WireValue][] {
  const fields: [number, WireValue][] = [];
  let at = 0;
  const take = (length: number) => {
    if (length < 0 || at + length > bytes.length) throw badRequest('the protobuf body ends too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = take(1)[0] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80 || shift > 63n) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    if (wire === 0) fields.push([tag >>> 3, varint()]);
    else if (wire === 1) fields.push([tag >>> 3, take(8)]);
    else if (wire === 2) fields.push([tag >>> 3, take(Number(varint()))]);
    else if (wire === 5) fields.push([tag >>> 3, take(4)]);
    else throw badRequest(`the protobuf body has the unknown wire type ${wire}`);
  }
  return fields;
}
