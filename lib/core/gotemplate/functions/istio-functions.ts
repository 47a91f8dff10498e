import { JsonUnsupported, jsonTree } from '@/lib/core/gotemplate/encode/json-tree';
import { writeYaml, YamlUnreadable } from '@/lib/core/gotemplate/encode/write-yaml';
import type { FunctionMap, GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { sprintOne } from '@/lib/core/gotemplate/format/printf';
import { formatGoDuration } from '@/lib/core/gotemplate/schema/go-duration';
import { CONTAINER, OBJECT_META } from '@/lib/core/gotemplate/schema/kubernetes-schema';
import { DURATION, PROTO_MESSAGE } from '@/lib/core/gotemplate/schema/mesh-schema';
import { MESH_CONFIG } from '@/lib/core/gotemplate/schema/mesh-types';
import { HEAD_MINOR } from '@/lib/core/gotemplate/schema/template-data';
import { nanosecondsOf } from '@/lib/core/gotemplate/schema/well-known-messages';
import { type ByteString, toByteString } from '@/lib/core/gotemplate/values/byte-string';
import { ANY, INT, pointerTo, STRING, STRING_MAP, sliceOf } from '@/lib/core/gotemplate/values/go-type';
import { type MapValue, NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goMap, goString, goText } from '@/lib/core/gotemplate/values/make-values';
import { lowerCase, trimSpace } from '@/lib/core/gotemplate/values/text-case';
import { listPorts } from './container-ports';
import { type Args, define, defineVariadic, returningAny } from './define';
import { decodeJsonText, encodeJson } from './json-functions';
import { appendNetwork } from './multus';
import { omitNil } from './omit-nil';
import { otelAttributes } from './otel-attributes';
import { protoToJson } from './proto-to-json';
import { renderFunction } from './render';
import { sprigFunctions } from './sprig-functions';

export interface FunctionContext {
  /** Istio's minor release; 31 stands for HEAD. */
  readonly minor?: number;
  /** Environment of the control plane, which `env` reads; empty unless told. */
  readonly env?: Readonly<Record<string, string>>;
  /** `appendMultusNetwork` knows `namespace/name`; since 1.23.6, 1.24.4 and 1.25.1. By default as in the last patch release. */
  readonly multusNamespaces?: boolean;
}

type Named = readonly [string, GoFunction];

const textMap = (value: Value): MapValue['entries'] => (value.kind === 'map' ? value.entries : undefined);

function annotationOf(args: Args): ByteString {
  const meta = args.value(0);
  const annotations = meta.kind === 'struct' ? meta.data.field(ANNOTATIONS) : NONE;
  const found = textMap(annotations)?.get(args.text(1));
  if (found?.kind === 'string') return found.text;
  return sprintOne(args.context.budget, args.value(2));
}

const ANNOTATIONS = OBJECT_META.fields.findIndex((field) => field.name === 'Annotations');

function indentRest(args: Args): ByteString {
  const width = Math.abs(args.number(0));
  const lines = args.text(1).split('\n');
  args.context.budget.checkLength(width * lines.length);
  return lines.join(`\n${' '.repeat(width)}`);
}

function excludePort(args: Args): ByteString {
  const port = trimSpace(sprintOne(args.context.budget, args.value(0)));
  const list = args.text(1);
  if (port === '' || port === '0') return list;
  const entries = list.split(',');
  if (entries.includes(port)) return list;
  const kept = entries.map(trimSpace).filter((entry) => entry !== '');
  return [...kept, port].join(',');
}

function toYaml(args: Args, folds: boolean): ByteString {
  const { budget } = args.context;
  try {
    return writeYaml(jsonTree(args.value(0), budget), budget, folds);
  } catch (error) {
    if (error instanceof JsonUnsupported || error instanceof YamlUnreadable) return '';
    throw error;
  }
}

const mapToJson = define([STRING_MAP], (args) => {
  const map = args.value(0);
  return goString(textMap(map) === undefined ? '{}' : (encodeJson(args, map) ?? '{}'));
});

function merged(args: Args): Value {
  if (args.count === 0) return goMap(STRING_MAP, undefined);
  return goMap(STRING_MAP, new Map(args.rest(0).flatMap((map) => [...(textMap(map) ?? [])])));
}

function pairs(args: Args): Value {
  const entries = new Map<string, Value>();
  for (let index = 0; index < args.count; index += 2) entries.set(args.text(index), goString(args.text(index + 1)));
  return goMap(STRING_MAP, entries);
}

function omitKeys(args: Args): Value {
  const named = new Set(args.rest(1).map((value) => (value.kind === 'string' ? value.text : '')));
  return goMap(STRING_MAP, new Map([...(textMap(args.value(0)) ?? [])].filter(([key]) => !named.has(String(key)))));
}

function orDefault(args: Args): Value {
  const value = args.value(0);
  const isEmpty = value.kind === 'none' || (value.kind === 'string' && value.type === STRING && value.text === '');
  return isEmpty ? args.value(1) : value;
}

const same = define([STRING], (args) => goString(args.text(0)));
const ports = (isAsked: (name: string) => boolean) =>
  define([sliceOf(CONTAINER)], (args) => goString(listPorts(args.value(0), isAsked)));

/** Functions that every release has. */
function commonFunctions(env: Readonly<Record<string, string>>, minor: number): readonly Named[] {
  return [
    ['annotation', define([OBJECT_META, STRING, ANY], (args) => goString(annotationOf(args)))],
    ['isset', define([STRING_MAP, STRING], (args) => goBool(textMap(args.value(0))?.has(args.text(1)) === true))],
    ['valueOrDefault', returningAny(define([ANY, ANY], orDefault))],
    ['contains', define([STRING, STRING], (args) => goBool(args.text(1).includes(args.text(0))))],
    ['toLower', define([STRING], (args) => goString(lowerCase(args.text(0))))],
    ['directory', define([STRING], (args) => goString(args.text(0).slice(0, args.text(0).lastIndexOf('/') + 1)))],
    ['indent', define([INT, STRING], (args) => goString(indentRest(args)))],
    ['env', define([STRING, STRING], (args) => goString(environment(env, args)))],
    ['kubevirtInterfaces', same],
    ['excludeInboundPort', define([ANY, STRING], (args) => goString(excludePort(args)))],
    ['includeInboundPorts', ports(() => true)],
    ['applicationPorts', ports((name) => name !== 'istio-proxy')],
    ['fromJSON', returningAny(define([STRING], (args) => decodeJsonText(args, args.text(0)) ?? goString('{}')))],
    ['toJSON', mapToJson],
    ['structToJSON', define([ANY], (args) => goString(structToJson(args)))],
    ['protoToJSON', define([PROTO_MESSAGE], (args) => goString(protoToJson(args, minor)))],
    ['toYaml', define([ANY], (args) => goString(toYaml(args, minor < 7 || minor > 9)))],
    ['formatDuration', define([pointerTo(DURATION)], (args) => goText(formatGoDuration(nanosecondsOf(args.value(0)))))],
  ];
}

function environment(env: Readonly<Record<string, string>>, args: Args): ByteString {
  const found = Object.entries(env).find(([name]) => toByteString(name) === args.text(0))?.[1] ?? '';
  return found === '' ? args.text(1) : toByteString(found);
}

function structToJson(args: Args): ByteString {
  const value = args.value(0);
  return value.kind === 'none' ? '{}' : (encodeJson(args, value) ?? '{}');
}

const SINCE_8 = (hasNamespaces: boolean): readonly Named[] => [
  ['appendMultusNetwork', define([STRING, STRING], (args) => goString(appendNetwork(args, hasNamespaces)))],
];
const SINCE_18: readonly Named[] = [
  ['omit', defineVariadic([STRING_MAP, STRING], omitKeys)],
  ['strdict', defineVariadic([STRING], pairs)],
  ['toJsonMap', defineVariadic([STRING_MAP], (args) => goString(encodeJson(args, merged(args)) ?? ''))],
];
const SINCE_21: readonly Named[] = [['mergeMaps', defineVariadic([STRING_MAP], merged)]];
const SINCE_28: readonly Named[] = [
  ['omitNil', returningAny(define([ANY], (args) => omitNil(args.context.budget, args.value(0))))],
];
const SINCE_30: readonly Named[] = [
  [
    'otelResourceAttributes',
    define([pointerTo(MESH_CONFIG), STRING_MAP, STRING_MAP, STRING, sliceOf(CONTAINER)], (args) =>
      goString(otelAttributes(args)),
    ),
  ],
];

function eraFunctions(context: FunctionContext, minor: number): readonly Named[] {
  return [
    ...commonFunctions(context.env ?? {}, minor),
    ...(minor >= 8 ? SINCE_8(context.multusNamespaces ?? minor >= 23) : []),
    ...(minor >= 15 ? [['excludeInterfaces', same] as const] : []),
    ...(minor >= 18 ? SINCE_18 : []),
    ...(minor < 19 ? [['toJson', mapToJson] as const] : []),
    ...(minor >= 21 ? SINCE_21 : []),
    ...(minor >= 28 ? SINCE_28 : []),
    ...(minor >= 30 ? SINCE_30 : []),
  ];
}

/**
 * The functions that the injector of an Istio release gives its templates, sprig's underneath.
 *
 * Source: Istio, pkg/kube/inject/template.go, createInjectionFuncmap, as it was in each release.
 */
export function istioFunctions(context: FunctionContext = {}): FunctionMap {
  const minor = context.minor ?? HEAD_MINOR;
  const functions = new Map<string, GoFunction>([
    ...(minor >= 8 ? sprigFunctions() : []),
    ...eraFunctions(context, minor),
  ]);
  if (minor < 14) functions.set('render', renderFunction(functions, minor));
  return functions;
}
