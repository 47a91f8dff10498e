import { FunctionFailure } from '@/lib/core/gotemplate/evaluate/go-function';
import {
  ANY,
  ANY_MAP,
  BOOL,
  FLOAT64,
  type GoField,
  type GoMethod,
  type GoType,
  INT,
  INT32,
  INT64,
  namedType,
  pointerTo,
  STRING,
  STRING_LIST,
  STRING_MAP,
  type StructType,
  sliceOf,
  UINT32,
} from '@/lib/core/gotemplate/values/go-type';
import { NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goInt, goInterface, goMap, goString, zeroOf } from '@/lib/core/gotemplate/values/make-values';

/** Package `fixture` of the vectors: Go types made to meet every rule of fields and methods. */
type Fields = readonly (readonly [name: string, type: GoType])[];

const struct = (name: string, fields: Fields, methods: Readonly<Record<string, GoMethod>> = {}): StructType => ({
  kind: 'struct',
  name: `fixture.${name}`,
  fields: fields.map(([field, type]): GoField => {
    const isEmbedded = field === 'Meta' || field === 'Proxy';
    return { name: field, type, isEmbedded, json: { name: field, omitEmpty: false, isInline: isEmbedded } };
  }),
  methods: new Map(Object.entries(methods)),
});

const method = (call: GoMethod['call'], params: readonly GoType[] = [], isVariadic = false): GoMethod => ({
  params,
  isVariadic,
  onPointer: true,
  call,
});

/** The field of the struct that a pointer leads to; a nil pointer gives the zero value. */
function fieldOf(pointer: Value, name: string, type: GoType): Value {
  const struct = pointer.kind === 'pointer' ? pointer.target : pointer;
  if (struct?.kind !== 'struct') return zeroOf(type);
  return struct.data.field(struct.type.fields.findIndex((field) => field.name === name));
}

const getter = (name: string, type: GoType) => method((receiver) => fieldOf(receiver, name, type));

const COLORS = ['RED', 'GREEN', 'BLUE'];
export const COLOR = namedType(
  INT32,
  'fixture.Color',
  new Map([
    [
      'String',
      {
        params: [],
        isVariadic: false,
        onPointer: false,
        call: (color: Value) => goString(color.kind === 'int' ? (COLORS[Number(color.int)] ?? String(color.int)) : ''),
      },
    ],
  ]),
);
const TEXT = namedType(STRING, 'fixture.Text');
const FLAG = struct('Flag', [['Value', BOOL]], { GetValue: getter('Value', BOOL) });
const COUNT = struct('Count', [['Value', UINT32]], { GetValue: getter('Value', UINT32) });
const TLS = struct(
  'TLS',
  [
    ['Mode', COLOR],
    ['CaCertificates', STRING],
  ],
  { GetCaCertificates: getter('CaCertificates', STRING) },
);
const TRACING = struct(
  'Tracing',
  [
    ['Sampling', FLOAT64],
    ['Tls', pointerTo(TLS)],
  ],
  { GetTls: getter('Tls', pointerTo(TLS)) },
);
const META = struct('Meta', [
  ['Name', STRING],
  ['Namespace', STRING],
  ['Labels', STRING_MAP],
  ['Annotations', STRING_MAP],
  ['UID', TEXT],
]);
const PORT = struct('Port', [
  ['Name', STRING],
  ['Number', INT32],
  ['Proto', pointerTo(STRING)],
]);

function nameOf(proxy: Value): string {
  const meta = fieldOf(proxy, 'Meta', META);
  const name = fieldOf(meta, 'Name', STRING);
  return name.kind === 'string' ? name.text : '';
}

const intOf = (value: Value | undefined) => (value?.kind === 'int' ? value.int : 0n);
const textOf = (value: Value | undefined) => (value?.kind === 'string' ? value.text : '');

function failWith(message: string): never {
  throw new FunctionFailure(message);
}

const PROXY = struct(
  'Proxy',
  [
    ['Meta', META],
    ['Port', INT32],
    ['Weight', INT64],
    ['Ratio', FLOAT64],
    ['Mode', COLOR],
    ['Kind', TEXT],
    ['Env', STRING_MAP],
    ['Args', STRING_LIST],
    ['Ports', sliceOf(PORT)],
    ['Hold', pointerTo(FLAG)],
    ['Workers', pointerTo(COUNT)],
    ['Tracing', pointerTo(TRACING)],
    ['Any', ANY],
    ['Values', ANY_MAP],
    ['secret', STRING],
  ],
  {
    GetTracing: getter('Tracing', pointerTo(TRACING)),
    GetHold: getter('Hold', pointerTo(FLAG)),
    Join: method(
      (proxy, [separator, count]) =>
        goString(new Array(Number(intOf(count))).fill(nameOf(proxy)).join(textOf(separator))),
      [STRING, INT],
    ),
    Sum: method((_, numbers) => goInt(numbers.reduce((sum, number) => sum + intOf(number), 0n)), [INT], true),
    Fail: method(() => failWith('no luck')),
    Fine: method(() => goString('fine')),
    Explode: method(() => failWith('kaboom')),
    Two: {
      ...method(() => NONE),
      badSignature: 'invalid function signature for Two: second return value should be error; is string',
    },
    NilMap: method(() => goMap(STRING_MAP, undefined)),
    NilAny: method(() => goInterface(NONE)),
    Title: { ...method((proxy) => goString(`proxy:${nameOf(proxy)}`)), onPointer: false },
  },
);
const HOLDER = struct('Holder', [
  ['Proxy', pointerTo(PROXY)],
  ['Label', STRING],
]);
const ERR = struct('Err', [['Code', INT]], {
  Error: method((receiver) => goString(`err-${intOf(fieldOf(receiver, 'Code', INT))}`)),
});

export const FIXTURE_TYPES: ReadonlyMap<string, GoType> = new Map(
  [COLOR, TEXT, FLAG, COUNT, TLS, TRACING, META, PORT, PROXY, HOLDER, ERR].map((type) => [type.name, type]),
);
