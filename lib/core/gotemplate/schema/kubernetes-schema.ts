import {
  type GoMethod,
  type GoType,
  INT64,
  NO_METHODS,
  STRING,
  STRING_LIST,
  STRING_MAP,
} from '@/lib/core/gotemplate/values/go-type';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { zeroOf } from '@/lib/core/gotemplate/values/make-values';
import { GATEWAY_TYPES } from './gateway-types.data';
import { KUBERNETES_TYPES } from './kubernetes-types.data';
import { GENERATED_STRING, opaqueString } from './struct-text';
import { TypeTable } from './type-table';

const META_GETTERS: Readonly<Record<string, GoType>> = {
  Name: STRING,
  GenerateName: STRING,
  Namespace: STRING,
  UID: STRING,
  ResourceVersion: STRING,
  Generation: INT64,
  Labels: STRING_MAP,
  Annotations: STRING_MAP,
  Finalizers: STRING_LIST,
};

function metaGetter(name: string, type: GoType): GoMethod {
  const call = (receiver: Value) => {
    const struct = receiver.kind === 'pointer' ? receiver.target : receiver;
    if (struct?.kind !== 'struct') return zeroOf(type);
    return struct.data.field(struct.type.fields.findIndex((field) => field.name === name));
  };
  return { params: [], isVariadic: false, onPointer: true, call };
}

const OPAQUE: ReadonlyMap<string, GoMethod> = new Map([
  ['resource.Quantity', opaqueString(true)],
  ['intstr.IntOrString', opaqueString(true)],
  ['v1.Time', opaqueString(false)],
]);

function methodsOf(name: string, isStruct: boolean): ReadonlyMap<string, GoMethod> {
  if (!isStruct) return NO_METHODS;
  const text: readonly [string, GoMethod] = ['String', OPAQUE.get(name) ?? GENERATED_STRING];
  const getters = name === 'v1.ObjectMeta' ? Object.entries(META_GETTERS) : [];
  return new Map([text, ...getters.map(([field, type]) => [`Get${field}`, metaGetter(field, type)] as const)]);
}

/** Go types of the Kubernetes API. */
export const KUBERNETES = new TypeTable(KUBERNETES_TYPES, undefined, methodsOf);
/** Go types of the Gateway API. */
export const GATEWAY = new TypeTable(GATEWAY_TYPES, KUBERNETES);

export const OBJECT_META = KUBERNETES.struct('v1.ObjectMeta');
export const POD_SPEC = KUBERNETES.struct('v1.PodSpec');
export const TYPE_META = KUBERNETES.struct('v1.TypeMeta');
export const CONTAINER = KUBERNETES.struct('v1.Container');
