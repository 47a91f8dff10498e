import { JsonUnsupported, jsonTree } from '@/lib/core/gotemplate/encode/json-tree';
import { COMPACT, type JsonStyle, writeJson } from '@/lib/core/gotemplate/encode/write-json';
import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { type ByteString, fromByteString } from '@/lib/core/gotemplate/values/byte-string';
import { ANY, STRING } from '@/lib/core/gotemplate/values/go-type';
import { NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goJson, goString } from '@/lib/core/gotemplate/values/make-values';
import { type Args, define, returningAny } from './define';

const PRETTY: JsonStyle = { escapesHtml: true, indent: 2 };
const RAW: JsonStyle = { escapesHtml: false, indent: 0 };

/** A value as JSON; undefined where Go's encoder returns an error. */
export function encodeJson(args: Args, value: Value, style = COMPACT): ByteString | undefined {
  const { budget } = args.context;
  try {
    return writeJson(jsonTree(value, budget), budget, style);
  } catch (error) {
    if (error instanceof JsonUnsupported) return undefined;
    throw error;
  }
}

function hasEndlessNumber(json: unknown): boolean {
  if (typeof json === 'number') return !Number.isFinite(json);
  return typeof json === 'object' && json !== null && Object.values(json).some(hasEndlessNumber);
}

/** Decodes JSON text as Go does; undefined where Go's decoder returns an error. */
export function decodeJsonText(args: Args, text: ByteString): Value | undefined {
  args.context.budget.spend(Math.ceil(text.length / 16));
  try {
    const json: unknown = JSON.parse(fromByteString(text));
    return hasEndlessNumber(json) ? undefined : goJson(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const encoding = (style: JsonStyle) => define([ANY], (args) => goString(encodeJson(args, args.value(0), style) ?? ''));

function mustEncode(style: JsonStyle): GoFunction {
  return define([ANY], (args) => {
    const text = encodeJson(args, args.value(0), style);
    if (text === undefined) throw new FunctionFailure('json: unsupported value');
    return goString(text);
  });
}

export const SPRIG_JSON: readonly (readonly [string, GoFunction])[] = [
  ['toJson', encoding(COMPACT)],
  ['toPrettyJson', encoding(PRETTY)],
  ['toRawJson', mustEncode(RAW)],
  ['mustToJson', mustEncode(COMPACT)],
  ['mustToPrettyJson', mustEncode(PRETTY)],
  ['mustToRawJson', mustEncode(RAW)],
  ['fromJson', returningAny(define([STRING], (args) => decodeJsonText(args, args.text(0)) ?? NONE))],
  [
    'mustFromJson',
    returningAny(
      define([STRING], (args) => {
        const value = decodeJsonText(args, args.text(0));
        if (value === undefined) throw new FunctionFailure('invalid JSON');
        return value;
      }),
    ),
  ],
];
