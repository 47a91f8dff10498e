import 'server-only';
import { isJson } from '@/lib/cluster/json-fields';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { ContainerRecord, InjectionStatus, Owner } from '@/lib/core/kube/records';

const MOST_ENTRIES = 50_000;
const EMPTY_MAP: StringMap = Object.freeze({});

/**
 * Shares equal values between records: the pods of one ReplicaSet hold one label map, one container list, one owner.
 *
 * Input: values as parsed. Output: an equal, frozen value, the same one for equal inputs. The table is emptied when it
 * is full; what was handed out stays valid, only later values are shared anew.
 */
export class Interner {
  readonly #texts = new Map<string, string>();
  readonly #maps = new Map<string, StringMap>();
  readonly #containers = new Map<string, readonly ContainerRecord[]>();
  readonly #owners = new Map<string, Owner>();
  readonly #injections = new Map<string, InjectionStatus | undefined>();

  text(value: string): string {
    return this.#share(this.#texts, value, () => value);
  }

  /** The string values of a raw map. */
  map(raw: unknown, keep?: (key: string) => boolean): StringMap {
    if (!isJson(raw)) return EMPTY_MAP;
    const entries: [string, string][] = [];
    for (const [key, value] of Object.entries(raw)) {
      if (typeof value === 'string' && (keep === undefined || keep(key))) entries.push([key, value]);
    }
    if (entries.length === 0) return EMPTY_MAP;
    return this.#share(this.#maps, JSON.stringify(entries), () =>
      Object.freeze(Object.fromEntries(entries.map(([key, value]) => [key, this.text(value)]))),
    );
  }

  containers(list: readonly ContainerRecord[]): readonly ContainerRecord[] {
    return this.#share(this.#containers, JSON.stringify(list), () =>
      Object.freeze(list.map((item) => this.#container(item))),
    );
  }

  owner(owner: Owner): Owner {
    return this.#share(this.#owners, owner.uid, () =>
      Object.freeze({
        apiVersion: this.text(owner.apiVersion),
        kind: this.text(owner.kind),
        name: owner.name,
        uid: owner.uid,
      }),
    );
  }

  /** What a status annotation parses to; all pods of one revision carry the same text, so it is parsed once. */
  injection(text: string, parse: (text: string) => InjectionStatus | undefined): InjectionStatus | undefined {
    return this.#share(this.#injections, text, () => parse(text));
  }

  #container({ name, image, ...rest }: ContainerRecord): ContainerRecord {
    return { name: this.text(name), image: this.text(image), ...rest };
  }

  #share<T>(table: Map<string, T>, key: string, make: () => T): T {
    const known = table.get(key);
    if (known !== undefined) return known;
    if (table.size >= MOST_ENTRIES) table.clear();
    const made = make();
    table.set(key, made);
    return made;
  }
}
