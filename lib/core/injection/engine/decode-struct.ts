import { decodeScalar, misplacedKind, scalarTypeName, ZERO_SCALARS } from './decode-scalar';
import { goStep } from './go-field-path';
import { compareUtf8 } from './go-text';
import type { JsonMap, JsonObject, JsonValue } from './json-types';
import { fieldIndex, type KubeField, type KubeStruct, type KubeType, kubeStruct } from './kube-schema';
import { isYamlList, isYamlMap, setKey, type YamlMap, type YamlValue } from './yaml-value';

/** One place of an object that does not fit its type. */
export interface DecodeFault {
  /** Keys and list places that lead there: `spec.containers[0].ports`. */
  readonly path: string;
  /** What stands there, as Go names it: `string`, `number 1.5`. */
  readonly found: string;
  readonly wanted: string;
  /** Go's own text. */
  readonly text: string;
}

export interface DecodeOptions {
  /** YAML input: an unquoted number or flag may stand for a text. */
  readonly isLoose?: boolean;
  /** Types before Kubernetes 1.28 have no `restartPolicy` of containers. */
  readonly dropsRestartPolicy?: boolean;
}

export type DecodeResult =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly faults: readonly [DecodeFault, ...DecodeFault[]] };

/** The one struct of the table that is Istio's own. */
const OVERRIDES = 'Overrides';

interface Decoding {
  readonly options: DecodeOptions;
  readonly path: (string | number)[];
  /** The structs around and the fields that lead through them; places in lists and keys of maps are not in it. */
  readonly structs: KubeStruct[];
  readonly fields: string[];
  readonly faults: DecodeFault[];
  nodesLeft: number;
}

const MAX_NODES = 1_000_000;
const TOO_MANY: DecodeFault = {
  path: '',
  found: 'object',
  wanted: `at most ${MAX_NODES} values`,
  text: 'yaml: document contains excessive aliasing',
};

/**
 * Sends an object through its Kubernetes type, as a Go program does that reads and writes it.
 *
 * Output: a new object; unknown fields, nulls and empty optional values are gone, quantities are canonical, keys stand in struct order.
 * Fails with every place that does not fit, in the order in which Go would meet them.
 * Source: Go, encoding/json; Kubernetes, k8s.io/api.
 */
export function decodeKube(structName: string, value: YamlValue, options: DecodeOptions = {}): DecodeResult {
  const decoding: Decoding = { options, path: [], structs: [], fields: [], faults: [], nodesLeft: MAX_NODES };
  const decoded = decodeStruct(kubeStruct(structName), value, decoding);
  if (decoding.nodesLeft < 0) return { ok: false, faults: [TOO_MANY] };
  const [first, ...rest] = decoding.faults.sort((one, two) => compareUtf8(one.path, two.path));
  return first === undefined ? { ok: true, value: decoded } : { ok: false, faults: [first, ...rest] };
}

function decodeStruct(struct: KubeStruct, value: YamlValue, decoding: Decoding): JsonObject {
  const found: (YamlValue | undefined)[] = [];
  if (isYamlMap(value)) collectFields(struct, value, found);
  else if (value !== null) addFault(decoding, misplacedKind(value), goTypeName(struct.name));
  const out: JsonMap = {};
  for (const [index, field] of struct.fields.entries()) {
    if (decoding.options.dropsRestartPolicy === true && isContainerRestartPolicy(struct, field)) continue;
    const decoded = decodeField(struct, field, found[index], decoding);
    if (decoded !== undefined) out[field.json] = decoded;
  }
  return out;
}

function isContainerRestartPolicy(struct: KubeStruct, field: KubeField): boolean {
  return field.json === 'restartPolicy' && (struct.name === 'Container' || struct.name === 'EphemeralContainer');
}

function collectFields(struct: KubeStruct, value: YamlMap, found: (YamlValue | undefined)[]): void {
  for (const key of Object.keys(value)) {
    const index = fieldIndex(struct, key);
    if (index === undefined) continue;
    const isExact = struct.fields[index]?.json === key;
    if (isExact || found[index] === undefined) found[index] = value[key];
  }
}

function decodeField(
  struct: KubeStruct,
  field: KubeField,
  value: YamlValue | undefined,
  decoding: Decoding,
): JsonValue | undefined {
  if (value === undefined && !field.isAlways) return undefined;
  decoding.path.push(field.json);
  decoding.structs.push(struct);
  decoding.fields.push(field.json);
  const decoded = decodeValue(field.type, value ?? null, decoding);
  decoding.fields.pop();
  decoding.structs.pop();
  decoding.path.pop();
  if (field.isAlways) return decoded ?? zeroOf(field.type, decoding);
  if (decoded === undefined || field.type.kind === 'pointer') return decoded;
  return isZero(decoded) ? undefined : decoded;
}

/** Undefined stands for Go's nil. */
function decodeValue(type: KubeType, value: YamlValue, decoding: Decoding): JsonValue | undefined {
  decoding.nodesLeft -= 1;
  if (decoding.nodesLeft < 0) return undefined;
  switch (type.kind) {
    case 'scalar': {
      const read = decodeScalar(type.scalar, value, decoding.options.isLoose === true);
      if ('value' in read) return read.value;
      addFault(decoding, read.mismatch, scalarTypeName(type.scalar), read.detail);
      return undefined;
    }
    case 'pointer':
      return value === null ? undefined : (decodeValue(type.of, value, decoding) ?? zeroOf(type.of, decoding));
    case 'struct':
      return decodeStruct(kubeStruct(type.name), value, decoding);
    case 'list':
      return decodeList(type.of, value, decoding);
    case 'map':
      return decodeMap(type.of, value, decoding);
  }
}

function decodeList(of: KubeType, value: YamlValue, decoding: Decoding): JsonValue | undefined {
  if (value === null) return undefined;
  if (!isYamlList(value)) {
    addFault(decoding, misplacedKind(value), `[]${typeName(of)}`);
    return undefined;
  }
  return value.map((item, index) => {
    decoding.path.push(index);
    const decoded = decodeValue(of, item, decoding) ?? zeroOf(of, decoding);
    decoding.path.pop();
    return decoded;
  });
}

function decodeMap(of: KubeType, value: YamlValue, decoding: Decoding): JsonValue | undefined {
  if (value === null) return undefined;
  if (!isYamlMap(value)) {
    addFault(decoding, misplacedKind(value), `map[string]${typeName(of)}`);
    return undefined;
  }
  const out: JsonMap = {};
  for (const key of Object.keys(value).sort(compareUtf8)) {
    decoding.path.push(key);
    setKey(out, key, decodeValue(of, value[key] ?? null, decoding) ?? zeroOf(of, decoding));
    decoding.path.pop();
  }
  return out;
}

function zeroOf(type: KubeType, decoding: Decoding): JsonValue {
  if (type.kind === 'scalar') return ZERO_SCALARS[type.scalar];
  return type.kind === 'struct' ? decodeStruct(kubeStruct(type.name), null, decoding) : null;
}

// What Go's omitempty leaves out; structs count as empty only where the type says omitzero, which creationTimestamp does.
function isZero(value: JsonValue): boolean {
  if (value === null || value === '' || value === 0 || value === false) return true;
  return Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0;
}

function typeName(type: KubeType): string {
  switch (type.kind) {
    case 'scalar':
      return scalarTypeName(type.scalar);
    case 'struct':
      return goTypeName(type.name);
    case 'pointer':
      return `*${typeName(type.of)}`;
    case 'list':
      return `[]${typeName(type.of)}`;
    case 'map':
      return `map[string]${typeName(type.of)}`;
  }
}

function addFault(decoding: Decoding, found: string, wanted: string, detail?: string): void {
  const path = decoding.path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
  const { structs, fields } = decoding;
  const goPath = structs.flatMap((struct, index) => goStep(struct, fields[index] ?? '')).join('.');
  const struct = goStructName(structs.at(-1)?.name ?? '');
  const place = goPath === '' ? 'Go value' : `Go struct field ${struct}.${goPath}`;
  decoding.faults.push({
    path,
    found,
    wanted,
    text: detail ?? `json: cannot unmarshal ${found} into ${place} of type ${wanted}`,
  });
}

function goStructName(name: string): string {
  return name === OVERRIDES ? 'podOverrides' : name.replace(/^OpenShift/, '');
}

function goTypeName(name: string): string {
  return `${name === OVERRIDES ? 'inject' : 'v1'}.${goStructName(name)}`;
}
