import {
  BOOL,
  FLOAT64,
  type GoField,
  type GoMethod,
  type GoType,
  INT32,
  INT64,
  NO_METHODS,
  namedType,
  STRING,
  type StructType,
  UINT32,
} from '@/lib/core/gotemplate/values/go-type';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import { goInt, goText, zeroOf } from '@/lib/core/gotemplate/values/make-values';
import { formatGoDuration } from './go-duration';

const WRAPPED: Readonly<Record<string, GoType>> = {
  'wrapperspb.BoolValue': BOOL,
  'wrapperspb.Int32Value': INT32,
  'wrapperspb.Int64Value': INT64,
  'wrapperspb.UInt32Value': UINT32,
  'wrapperspb.DoubleValue': FLOAT64,
  'wrapperspb.StringValue': STRING,
};

function fieldOf(receiver: Value, index: number, type: GoType): Value {
  const struct = receiver.kind === 'pointer' ? receiver.target : receiver;
  return struct?.kind === 'struct' ? struct.data.field(index) : zeroOf(type);
}

const getter = (index: number, type: GoType): GoMethod => ({
  params: [],
  isVariadic: false,
  onPointer: true,
  call: (receiver) => fieldOf(receiver, index, type),
});

const goField = (name: string, type: GoType): GoField => ({
  name,
  type,
  isEmbedded: false,
  json: { name: name.toLowerCase(), omitEmpty: true, isInline: false },
});

const GO_DURATION = namedType(
  INT64,
  'time.Duration',
  new Map<string, GoMethod>([
    [
      'String',
      {
        params: [],
        isVariadic: false,
        onPointer: false,
        call: (value) => goText(value.kind === 'int' ? formatGoDuration(value.int) : ''),
      },
    ],
  ]),
);

/** Nanoseconds of a duration message; 0 for a nil one. */
export function nanosecondsOf(duration: Value): bigint {
  const seconds = fieldOf(duration, 0, INT64);
  const nanos = fieldOf(duration, 1, INT32);
  return (seconds.kind === 'int' ? seconds.int : 0n) * 1_000_000_000n + (nanos.kind === 'int' ? nanos.int : 0n);
}

function durationStruct(name: string): StructType {
  const asDuration: GoMethod = {
    params: [],
    isVariadic: false,
    onPointer: true,
    call: (receiver) => goInt(nanosecondsOf(receiver), GO_DURATION),
  };
  const methods = new Map<string, GoMethod>([
    ['GetSeconds', getter(0, INT64)],
    ['GetNanos', getter(1, INT32)],
    ['AsDuration', asDuration],
  ]);
  return { kind: 'struct', name, fields: [goField('Seconds', INT64), goField('Nanos', INT32)], methods };
}

/** The Go struct of one of protobuf's own messages. */
export function wellKnownStruct(name: string): StructType {
  const wrapped = WRAPPED[name];
  if (wrapped !== undefined) {
    const methods = new Map([['GetValue', getter(0, wrapped)]]);
    return { kind: 'struct', name, fields: [goField('Value', wrapped)], methods };
  }
  if (name === 'durationpb.Duration') return PLAIN_DURATION;
  return { kind: 'struct', name, fields: [], codec: { zeroJson: {} }, methods: NO_METHODS };
}

/** `google.protobuf.Duration`, without its text form. */
export const PLAIN_DURATION = durationStruct('durationpb.Duration');

/** Whether a struct is a wrapper message, which proto JSON writes as the bare value. */
export const isWrapper = (type: GoType): boolean => type.name in WRAPPED;
