import 'server-only';

/** Records by a value that some of them have. */
export class GroupIndex<Item> {
  readonly #groups = new Map<string, Set<Item>>();
  readonly #groupOf: (item: Item) => string | undefined;

  constructor(groupOf: (item: Item) => string | undefined) {
    this.#groupOf = groupOf;
  }

  get(value: string): readonly Item[] {
    return [...(this.#groups.get(value) ?? [])];
  }

  add(item: Item): void {
    const value = this.#groupOf(item);
    if (value === undefined || value === '') return;
    const group = this.#groups.get(value);
    if (group === undefined) this.#groups.set(value, new Set([item]));
    else group.add(item);
  }

  remove(item: Item): void {
    const value = this.#groupOf(item);
    if (value === undefined) return;
    const group = this.#groups.get(value);
    group?.delete(item);
    if (group?.size === 0) this.#groups.delete(value);
  }
}
