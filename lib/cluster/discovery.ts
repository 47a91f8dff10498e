import 'server-only';
import { toClusterError } from './cluster-error';
import { isJson, objectsAt, textAt } from './json-fields';
import type { Transport } from './transport';

/** `unknown` where the user may not ask: the first version is then tried. */
type Plurals = ReadonlySet<string> | 'unknown';

const KEPT_MS = 20_000;

/** Which version of a group serves a kind, asked from the API server once per while. */
export class Discovery {
  readonly #transport: Transport;
  readonly #known = new Map<string, { readonly until: number; readonly plurals: Promise<Plurals> }>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The first of `versions` that serves `plural`, or undefined when the cluster does not have the kind. */
  async servedVersion(group: string, versions: readonly string[], plural: string): Promise<string | undefined> {
    for (const version of versions) {
      const plurals = await this.#pluralsOf(group, version);
      if (plurals === 'unknown' || plurals.has(plural)) return version;
    }
    return undefined;
  }

  #pluralsOf(group: string, version: string): Promise<Plurals> {
    const path = apiPath(group, version);
    const known = this.#known.get(path);
    if (known !== undefined && known.until > Date.now()) return known.plurals;
    const plurals = this.#readPlurals(path);
    this.#known.set(path, { until: Date.now() + KEPT_MS, plurals });
    plurals.catch(() => this.#known.delete(path));
    return plurals;
  }

  async #readPlurals(path: string): Promise<Plurals> {
    try {
      const list = await this.#transport.requestJson({ path });
      return new Set(isJson(list) ? objectsAt(list, 'resources').map((resource) => textAt(resource, 'name')) : []);
    } catch (error) {
      const { code } = toClusterError(error);
      if (code === 'not-found') return new Set();
      if (code === 'forbidden') return 'unknown';
      throw error;
    }
  }
}

/** `/api/v1` or `/apis/GROUP/VERSION`. */
function apiPath(group: string, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** The path of a list, of one namespace or of all. */
export function listPath(group: string, version: string, plural: string, namespace?: string): string {
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${apiPath(group, version)}${scope}/${plural}`;
}
