import {
  ANY,
  type BasicType,
  BOOL,
  type FieldTag,
  FLOAT32,
  FLOAT64,
  type GoField,
  type GoMethod,
  type GoType,
  INT,
  INT32,
  INT64,
  type MapType,
  mapOf,
  NO_METHODS,
  namedType,
  pointerTo,
  STRING,
  type StructCodec,
  type StructType,
  sliceOf,
  UINT8,
  UINT32,
  UINT64,
} from '@/lib/core/gotemplate/values/go-type';

const PREDECLARED: ReadonlyMap<string, GoType> = new Map<string, GoType>([
  ...[BOOL, STRING, INT, INT32, INT64, UINT8, UINT32, UINT64, FLOAT32, FLOAT64].map((type): [string, GoType] => [
    type.name,
    type,
  ]),
  ['interface {}', ANY],
]);
const BASES: ReadonlyMap<string, BasicType> = new Map(
  [BOOL, STRING, INT, INT32, INT64, UINT8, UINT32, UINT64, FLOAT64].map((type) => [type.name, type]),
);

/** A struct whose fields are read from their description when first asked for; types may then refer to each other. */
export class DescribedStruct implements StructType {
  readonly kind = 'struct';
  readonly name: string;
  readonly #describe: () => readonly GoField[];
  readonly #findMethods: () => ReadonlyMap<string, GoMethod>;
  #fields: readonly GoField[] | undefined;
  #methods: ReadonlyMap<string, GoMethod> | undefined;

  constructor(name: string, describe: () => readonly GoField[], findMethods: () => ReadonlyMap<string, GoMethod>) {
    this.name = name;
    this.#describe = describe;
    this.#findMethods = findMethods;
  }

  get fields(): readonly GoField[] {
    this.#fields ??= this.#describe();
    return this.#fields;
  }

  get methods(): ReadonlyMap<string, GoMethod> {
    this.#methods ??= this.#findMethods();
    return this.#methods;
  }
}

function readTag(text: string): FieldTag | undefined {
  const [, name = '', marks = ''] = /^([^?+^]*)([?+^]*)$/.exec(text) ?? [];
  if (name === '-') return undefined;
  const isInline = marks.includes('+') || (marks.includes('^') && name === '');
  return { name, omitEmpty: marks.includes('?'), omitZero: marks.includes('??'), isInline };
}

/** JSON of the zero value of types that keep their JSON data. */
const OPAQUE_ZEROS: Readonly<Record<string, unknown>> = { 'resource.Quantity': '0', 'intstr.IntOrString': 0 };

/** Go types by name, built from the tables in `*.data.ts`. */
export class TypeTable {
  readonly #lines: ReadonlyMap<string, string>;
  readonly #types = new Map<string, GoType>();
  readonly #outer: TypeTable | undefined;
  readonly #methodsOf: (name: string, isStruct: boolean) => ReadonlyMap<string, GoMethod>;

  /** Input: the table's text; a table whose types may be named as well; methods of the types. */
  constructor(
    text: string,
    outer?: TypeTable,
    methodsOf: (name: string, isStruct: boolean) => ReadonlyMap<string, GoMethod> = () => NO_METHODS,
  ) {
    const lines = text.split('\n').filter((line) => line.includes(': '));
    this.#lines = new Map(lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
    this.#outer = outer;
    this.#methodsOf = methodsOf;
  }

  /** Reads a type as Go writes it. Throws on names that no table has, which is a mistake in the tables. */
  type(text: string): GoType {
    if (text.startsWith('*')) return pointerTo(this.type(text.slice(1)));
    if (text.startsWith('[]')) return sliceOf(this.type(text.slice(2)));
    if (text.startsWith('map[')) {
      const close = text.indexOf(']');
      return mapOf(this.type(text.slice(4, close)), this.type(text.slice(close + 1)));
    }
    const found = PREDECLARED.get(text) ?? this.#types.get(text) ?? this.#build(text);
    if (found !== undefined) return found;
    if (this.#outer !== undefined) return this.#outer.type(text);
    throw new Error(`no type ${text}`);
  }

  /** A struct type of the table. */
  struct(name: string): StructType {
    const type = this.type(name);
    if (type.kind === 'struct') return type;
    throw new Error(`${name} is no struct`);
  }

  #build(name: string): GoType | undefined {
    const line = this.#lines.get(name);
    if (line === undefined) return undefined;
    const made = this.#make(name, line);
    this.#types.set(name, made);
    return made;
  }

  #make(name: string, line: string): GoType {
    if (line.startsWith('!')) {
      const codec: StructCodec = { zeroJson: OPAQUE_ZEROS[name] ?? null };
      return { kind: 'struct', name, fields: [], codec, methods: this.#methodsOf(name, true) };
    }
    if (!line.startsWith('=')) {
      const describe = () =>
        line
          .split('|')
          .filter((part) => part !== '')
          .map((part) => this.#field(part));
      return new DescribedStruct(name, describe, () => this.#methodsOf(name, true));
    }
    const base = BASES.get(line.slice(1));
    if (base !== undefined) return namedType(base, name, this.#methodsOf(name, false));
    const map = this.type(line.slice(1));
    const named: MapType | undefined = map.kind === 'map' ? { ...map, name } : undefined;
    return named ?? map;
  }

  #field(part: string): GoField {
    const [name = '', typeText = '', tag = '', number] = part.split(' ');
    const json = readTag(tag);
    const plain = { name, type: this.type(typeText), isEmbedded: tag.includes('^') };
    const field = number === undefined ? plain : { ...plain, number: Number(number) };
    return json === undefined ? field : { ...field, json };
  }
}
