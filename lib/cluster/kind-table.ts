import 'server-only';
import type { ObjectRecord } from '@/lib/core/kube/records';
import { GroupIndex } from './group-index';

type ChangeType = 'added' | 'modified' | 'deleted';

export interface RecordChange {
  readonly namespace: string;
  readonly name: string;
  readonly type: ChangeType;
}

/** All records of one kind, by namespace and name, with the indexes that questions need. */
export class KindTable<Item extends ObjectRecord> {
  /** Grows with every change. */
  version = 0;
  readonly #byNamespace = new Map<string, Map<string, Item>>();
  readonly #byOwner = new GroupIndex<Item>((item) => item.owner?.uid);
  readonly #byNode = new GroupIndex<Item>((item) => ('nodeName' in item ? String(item.nodeName) : undefined));
  readonly #labelKeys = new Map<string, number>();
  #size = 0;
  #all: readonly Item[] | undefined;

  get size(): number {
    return this.#size;
  }

  get(namespace: string, name: string): Item | undefined {
    return this.#byNamespace.get(namespace)?.get(name);
  }

  /** The records of one namespace, or all of them; the array is not changed afterwards. */
  list(namespace?: string): readonly Item[] {
    if (namespace !== undefined) return [...(this.#byNamespace.get(namespace)?.values() ?? [])];
    this.#all ??= [...this.#byNamespace.values()].flatMap((records) => [...records.values()]);
    return this.#all;
  }

  countIn(namespace: string): number {
    return this.#byNamespace.get(namespace)?.size ?? 0;
  }

  namespaces(): Iterable<string> {
    return this.#byNamespace.keys();
  }

  ownedBy(uid: string): readonly Item[] {
    return this.#byOwner.get(uid);
  }

  onNode(node: string): readonly Item[] {
    return this.#byNode.get(node);
  }

  /** The label keys that any record carries. */
  labelKeys(): readonly string[] {
    return [...this.#labelKeys.keys()];
  }

  /** Takes a record in; undefined when it was there at this very version. */
  upsert(item: Item): RecordChange | undefined {
    const records = this.#recordsOf(item.namespace);
    const before = records.get(item.name);
    if (before?.resourceVersion === item.resourceVersion && before.uid === item.uid) return undefined;
    if (before === undefined) this.#size += 1;
    else this.#unindex(before);
    records.set(item.name, item);
    this.#index(item);
    this.#changed();
    return { namespace: item.namespace, name: item.name, type: before === undefined ? 'added' : 'modified' };
  }

  remove(namespace: string, name: string): RecordChange | undefined {
    const records = this.#byNamespace.get(namespace);
    const before = records?.get(name);
    if (records === undefined || before === undefined) return undefined;
    records.delete(name);
    if (records.size === 0) this.#byNamespace.delete(namespace);
    this.#size -= 1;
    this.#unindex(before);
    this.#changed();
    return { namespace, name, type: 'deleted' };
  }

  /** Makes the records of one namespace, or all of them, equal to a list; returns only what differed. */
  replace(items: readonly Item[], namespace?: string): RecordChange[] {
    const wanted = new Set(items.map((item) => keyOf(item)));
    const gone = this.list(namespace).filter((item) => !wanted.has(keyOf(item)));
    const changes = gone.map((item) => this.remove(item.namespace, item.name));
    for (const item of items) changes.push(this.upsert(item));
    return changes.filter((change) => change !== undefined);
  }

  #recordsOf(namespace: string): Map<string, Item> {
    const known = this.#byNamespace.get(namespace);
    if (known !== undefined) return known;
    const made = new Map<string, Item>();
    this.#byNamespace.set(namespace, made);
    return made;
  }

  #index(item: Item): void {
    this.#byOwner.add(item);
    this.#byNode.add(item);
    for (const key of Object.keys(item.labels)) this.#labelKeys.set(key, (this.#labelKeys.get(key) ?? 0) + 1);
  }

  #unindex(item: Item): void {
    this.#byOwner.remove(item);
    this.#byNode.remove(item);
    for (const key of Object.keys(item.labels)) {
      const count = (this.#labelKeys.get(key) ?? 0) - 1;
      if (count > 0) this.#labelKeys.set(key, count);
      else this.#labelKeys.delete(key);
    }
  }

  #changed(): void {
    this.version += 1;
    this.#all = undefined;
  }
}

function keyOf(item: ObjectRecord): string {
  return `${item.namespace}/${item.name}`;
}
