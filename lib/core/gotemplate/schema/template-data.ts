import {
  ANY_MAP,
  BOOL,
  type GoType,
  INT,
  INT64,
  NO_METHODS,
  pointerTo,
  STRING,
  STRING_MAP,
  type StructType,
  sliceOf,
} from '@/lib/core/gotemplate/values/go-type';
import type { TypedValue, Value } from '@/lib/core/gotemplate/values/go-value';
import { goJson, goPointer, goString, goStruct, zeroOf } from '@/lib/core/gotemplate/values/make-values';
import { decodeJson, isJsonObject } from './decode-json';
import { decodeProto } from './decode-message';
import { GATEWAY, KUBERNETES, OBJECT_META, POD_SPEC, TYPE_META } from './kubernetes-schema';
import { meshConfigType, proxyConfigType } from './mesh-types';

/** What a template is rendered from; each field is JSON as its API writes it, or a value made before. */
export interface TemplateInput {
  /** JSON or, to decode it once for many pods, a value. */
  readonly [field: string]: unknown;
}

export interface SidecarInput extends TemplateInput {
  readonly typeMeta?: unknown;
  readonly deploymentMeta?: unknown;
  readonly objectMeta?: unknown;
  readonly spec?: unknown;
  readonly proxyConfig?: unknown;
  readonly meshConfig?: unknown;
  readonly values?: unknown;
  readonly revision?: string;
  readonly estimatedConcurrency?: number;
  readonly nativeSidecars?: boolean;
  readonly proxyImage?: string;
  readonly proxyInitImage?: string;
  readonly proxyUID?: number;
  readonly proxyGID?: number;
  readonly inboundTrafficPolicyMode?: string;
  readonly compliancePolicy?: string;
}

/** The minor release that stands for Istio's development branch. */
export const HEAD_MINOR = 31;

interface FieldRule {
  readonly name: string;
  readonly type: (minor: number) => GoType;
  /** Minor releases that have the field. */
  readonly since?: number;
  readonly until?: number;
}

const NAMESPACED_NAME: StructType = {
  kind: 'struct',
  name: 'types.NamespacedName',
  fields: ['Namespace', 'Name'].map((name) => ({ name, type: STRING, isEmbedded: false })),
  methods: new Map([
    [
      'String',
      {
        params: [],
        isVariadic: false,
        onPointer: false,
        call: (receiver: Value) => goString([0, 1].map((index) => textField(receiver, index)).join('/')),
      },
    ],
  ]),
};

function textField(receiver: Value, index: number): string {
  const field = receiver.kind === 'struct' ? receiver.data.field(index) : receiver;
  return field.kind === 'string' ? field.text : '';
}

const always = (type: GoType) => () => type;
const pointerUntil = (type: StructType, last: number) => (minor: number) => (minor <= last ? pointerTo(type) : type);

/** Go types and releases as the template data have had them. Source: Istio, pkg/kube/inject/inject.go, SidecarTemplateData. */
const SIDECAR_FIELDS: readonly FieldRule[] = [
  { name: 'TypeMeta', type: pointerUntil(TYPE_META, 10) },
  { name: 'DeploymentMeta', type: (minor) => (minor >= 22 ? NAMESPACED_NAME : pointerUntil(OBJECT_META, 10)(minor)) },
  { name: 'ObjectMeta', type: pointerUntil(OBJECT_META, 8) },
  { name: 'Spec', type: pointerUntil(POD_SPEC, 8) },
  { name: 'ProxyConfig', type: (minor) => pointerTo(proxyConfigType(minor)) },
  { name: 'MeshConfig', type: (minor) => pointerTo(meshConfigType(minor)) },
  { name: 'Values', type: always(ANY_MAP) },
  { name: 'Revision', type: always(STRING), since: 9 },
  { name: 'EstimatedConcurrency', type: always(INT), since: 10, until: 17 },
  { name: 'NativeSidecars', type: always(BOOL), since: 27 },
  { name: 'ProxyImage', type: always(STRING), since: 13 },
  { name: 'ProxyInitImage', type: always(STRING), since: 31 },
  { name: 'ProxyUID', type: always(INT64), since: 20 },
  { name: 'ProxyGID', type: always(INT64), since: 20 },
  { name: 'InboundTrafficPolicyMode', type: always(STRING), since: 22 },
  { name: 'CompliancePolicy', type: always(STRING), since: 19 },
];

const GATEWAY_FIELDS: readonly FieldRule[] = [
  { name: 'GatewayClass', type: always(STRING), since: 28 },
  { name: 'DeploymentName', type: always(STRING) },
  { name: 'ServiceAccount', type: always(STRING) },
  { name: 'Ports', type: always(sliceOf(KUBERNETES.type('v1.ServicePort'))) },
  { name: 'ServiceType', type: always(KUBERNETES.type('v1.ServiceType')), since: 19 },
  { name: 'ClusterID', type: always(STRING) },
  { name: 'KubeVersion122', type: always(BOOL), until: 21 },
  { name: 'KubeVersion', type: always(INT), since: 22 },
  { name: 'Revision', type: always(STRING) },
  { name: 'NativeSidecars', type: always(BOOL), since: 27 },
  { name: 'ProxyUID', type: always(INT64), since: 20 },
  { name: 'ProxyGID', type: always(INT64), since: 20 },
  { name: 'CompliancePolicy', type: always(STRING), since: 21 },
  { name: 'InfrastructureLabels', type: always(STRING_MAP), since: 21 },
  { name: 'InfrastructureAnnotations', type: always(STRING_MAP), since: 21 },
  { name: 'GatewayNameLabel', type: always(STRING), since: 21 },
  { name: 'IsEastWestGateway', type: always(BOOL), since: 27 },
  { name: 'ControllerLabel', type: always(STRING), since: 27 },
];

const INJECTED_FIELDS: readonly FieldRule[] = [
  { name: 'ProxyImage', type: always(STRING) },
  { name: 'AgentgatewayImage', type: always(STRING), since: 29 },
  { name: 'ProxyConfig', type: (minor) => pointerTo(proxyConfigType(minor)) },
  { name: 'MeshConfig', type: (minor) => pointerTo(meshConfigType(minor)) },
  { name: 'Values', type: always(ANY_MAP) },
];

const structs = new Map<string, StructType>();

function structFor(name: string, rules: readonly FieldRule[], minor: number, embedded?: GoType): StructType {
  const key = `${name} ${minor}`;
  const known = structs.get(key);
  if (known !== undefined) return known;
  const own = rules
    .filter((rule) => minor >= (rule.since ?? 0) && minor <= (rule.until ?? HEAD_MINOR))
    .map((rule) => ({ name: rule.name, type: rule.type(minor), isEmbedded: false }));
  const outer = embedded === undefined ? [] : [{ name: nameOfEmbedded(embedded), type: embedded, isEmbedded: true }];
  const made: StructType = { kind: 'struct', name, fields: [...outer, ...own], methods: NO_METHODS };
  structs.set(key, made);
  return made;
}

function nameOfEmbedded(type: GoType): string {
  const name = type.name.replace(/^\*/, '');
  return name.slice(name.indexOf('.') + 1);
}

/** `ProxyUID` is `proxyUID` in the input. */
const inputName = (goName: string) => goName.charAt(0).toLowerCase() + goName.slice(1);

const isValue = (given: unknown): given is TypedValue =>
  isJsonObject(given) && 'isAddressable' in given && 'kind' in given && 'type' in given;

const IS_MESSAGE = new Set(['ProxyConfig', 'MeshConfig']);

function decodeField(name: string, type: GoType, given: unknown): Value {
  if (isValue(given)) return given;
  if (given === undefined || given === null) {
    const isFilled = type.kind === 'pointer' && !IS_MESSAGE.has(name);
    return isFilled ? decodeJson(type, {}) : zeroOf(type);
  }
  if (IS_MESSAGE.has(name)) return decodeProto(type, given);
  if (name === 'Values') return goJson(given);
  if (type === NAMESPACED_NAME && isJsonObject(given)) {
    return goStruct(NAMESPACED_NAME, [decodeJson(STRING, given.namespace), decodeJson(STRING, given.name)]);
  }
  return decodeJson(type, given);
}

function fill(type: StructType, input: TemplateInput): Value[] {
  return type.fields.map((field) => decodeField(field.name, field.type, input[inputName(field.name)]));
}

/** The release's number as the data objects of that release want it; newer ones are as HEAD. */
const clampMinor = (minor: number) => Math.min(Math.max(minor, 6), HEAD_MINOR);

/** Values of a mesh config, proxy config or the `values` key that are decoded once and used for many pods. */
export const decodeShared = {
  proxyConfig: (json: unknown, minor = HEAD_MINOR): Value =>
    decodeProto(pointerTo(proxyConfigType(clampMinor(minor))), json),
  meshConfig: (json: unknown, minor = HEAD_MINOR): Value =>
    decodeProto(pointerTo(meshConfigType(clampMinor(minor))), json),
  values: (json: unknown): Value => (isJsonObject(json) ? goJson(json) : zeroOf(ANY_MAP)),
};

/**
 * The data of sidecar-type templates: a pointer to Istio's SidecarTemplateData of a release.
 *
 * Input: Kubernetes JSON, proto JSON, the parsed `values`; or values made by decodeShared. A missing proxy or mesh config is a nil pointer.
 */
export function sidecarData(input: SidecarInput, { minor = HEAD_MINOR }: { readonly minor?: number } = {}): Value {
  const type = structFor('inject.SidecarTemplateData', SIDECAR_FIELDS, clampMinor(minor));
  return goPointer(goStruct(type, fill(type, input)));
}

/**
 * The data of gateway-type templates: Istio's derivedInput, by value.
 *
 * Input: `gateway` is the Gateway's JSON; the others are the fields of section 11.2 with a lower-case first letter.
 */
export function gatewayData(input: TemplateInput, { minor = HEAD_MINOR }: { readonly minor?: number } = {}): Value {
  const release = clampMinor(minor);
  const gateway = pointerTo(GATEWAY.type('v1.Gateway'));
  const template = structFor('gateway.TemplateInput', GATEWAY_FIELDS, release, gateway);
  const derived = structFor('gateway.derivedInput', INJECTED_FIELDS, release, template);
  const [, ...templateFields] = fill(template, input);
  const [, ...derivedFields] = fill(derived, input);
  const inner = goStruct(template, [decodeJson(gateway, input.gateway), ...templateFields]);
  return goStruct(derived, [inner, ...derivedFields]);
}
