import { asAddressable, type StructData, type Value } from './go-value';

/** Fields of a struct, read once; kept apart for structs that can be addressed and those that cannot. */
export class FieldCache implements StructData {
  readonly json: unknown;
  readonly #read: (index: number) => Value;
  readonly #plain: (Value | undefined)[] = [];
  readonly #addressable: (Value | undefined)[] = [];

  constructor(read: (index: number) => Value, json?: unknown) {
    this.#read = read;
    this.json = json;
  }

  field(index: number): Value {
    const known = this.#plain[index];
    if (known !== undefined) return known;
    const value = this.#read(index);
    this.#plain[index] = value;
    return value;
  }

  addressableField(index: number): Value {
    const known = this.#addressable[index];
    if (known !== undefined) return known;
    const plain = this.field(index);
    const value = plain.kind === 'none' ? plain : asAddressable(plain);
    this.#addressable[index] = value;
    return value;
  }
}
