import { FunctionFailure, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { fromByteString } from '@/lib/core/gotemplate/values/byte-string';
import { type GoMethod, STRING, type StructType, UINT64 } from '@/lib/core/gotemplate/values/go-type';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goPointer, goStruct, goText, goUint, zeroOf } from '@/lib/core/gotemplate/values/make-values';
import { define } from './define';
import { parseConstraint, parseVersion, type Version } from './version-constraint';

const FIELDS = ['major', 'minor', 'patch', 'pre', 'metadata', 'original'];

function getter(index: number): GoMethod {
  const call = (receiver: Value) => {
    const struct = receiver.kind === 'pointer' ? receiver.target : receiver;
    return struct?.kind === 'struct' ? struct.data.field(index) : zeroOf(STRING);
  };
  return { params: [], isVariadic: false, onPointer: false, call };
}

function textOf(receiver: Value): Value {
  const struct = receiver.kind === 'pointer' ? receiver.target : receiver;
  if (struct?.kind !== 'struct') return goText('');
  const part = (index: number) => {
    const field = struct.data.field(index);
    return field.kind === 'uint' ? String(field.int) : field.kind === 'string' ? field.text : '';
  };
  const suffix = (mark: string, text: string) => (text === '' ? '' : mark + text);
  return goText(`${part(0)}.${part(1)}.${part(2)}${suffix('-', part(3))}${suffix('+', part(4))}`);
}

const VERSION: StructType = {
  kind: 'struct',
  name: 'semver.Version',
  fields: FIELDS.map((name, index) => ({ name, type: index < 3 ? UINT64 : STRING, isEmbedded: false })),
  methods: new Map<string, GoMethod>([
    ...['Major', 'Minor', 'Patch', 'Prerelease', 'Metadata', 'Original'].map((name, index): [string, GoMethod] => [
      name,
      getter(index),
    ]),
    ['String', { params: [], isVariadic: false, onPointer: false, call: textOf }],
  ]),
};

function toValue({ major, minor, patch, prerelease, metadata, original }: Version): Value {
  const numbers = [major, minor, patch].map((number) => goUint(number, UINT64));
  return goPointer(goStruct(VERSION, [...numbers, goText(prerelease), goText(metadata), goText(original)]));
}

function requireVersion(text: string): Version {
  const version = parseVersion(text);
  if (version === undefined) throw new FunctionFailure('invalid semantic version');
  return version;
}

export const SPRIG_VERSIONS: readonly (readonly [string, GoFunction])[] = [
  ['semver', define([STRING], (args) => toValue(requireVersion(fromByteString(args.text(0)))))],
  [
    'semverCompare',
    define([STRING, STRING], (args) => {
      const isMet = parseConstraint(fromByteString(args.text(0)));
      if (isMet === undefined) throw new FunctionFailure(`improper constraint: ${args.text(0)}`);
      return goBool(isMet(requireVersion(fromByteString(args.text(1)))));
    }),
  ],
];
