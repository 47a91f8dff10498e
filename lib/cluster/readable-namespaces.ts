import 'server-only';
import { type AccessReviews, describeRight } from './access';
import { jittered } from './backoff';
import { toClusterError } from './cluster-error';
import { Gate } from './gate';
import { isJson, type Json, objectAt, objectsAt, textsAt } from './json-fields';
import type { ClusterStore } from './snapshot';
import type { Transport } from './transport';
import type { WatchedKind } from './watched-kind';

interface NamespaceRules {
  readonly rules: readonly Json[];
  /** The API server could not list every rule; those that are missing have to be asked one by one. */
  readonly isIncomplete: boolean;
}

const RULES_PATH = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
const KEPT_MS = 30_000;
// Asking about hundreds of namespaces twice a minute would be polling.
const KEPT_OF_MANY_MS = 300_000;
const MANY = 50;
const REVIEWS_AT_ONCE = 8;

/** Finds the namespaces whose objects a user may read who may not read those of the whole cluster. */
export class ReadableNamespaces {
  readonly #transport: Transport;
  readonly #access: AccessReviews;
  readonly #store: ClusterStore;
  readonly #configured: readonly string[];
  readonly #rules = new Map<string, { readonly until: number; readonly rules: Promise<NamespaceRules> }>();
  readonly #gate = new Gate(REVIEWS_AT_ONCE);

  #keptMs = KEPT_MS;

  /** `configured` are the namespaces to try when namespaces cannot be listed: the context's own, and those of the settings. */
  constructor(transport: Transport, access: AccessReviews, store: ClusterStore, configured: readonly string[]) {
    this.#transport = transport;
    this.#access = access;
    this.#store = store;
    this.#configured = [...new Set(configured)];
  }

  get configured(): readonly string[] {
    return this.#configured;
  }

  /** The namespaces, in order of name, where this kind may be listed and watched. */
  async of(kind: Pick<WatchedKind, 'group' | 'plural'>, signal: AbortSignal): Promise<readonly string[]> {
    await this.#store.whenSettled(['namespaces'], signal);
    const known = this.#store.list('namespaces').map((namespace) => namespace.name);
    const candidates = [...new Set([...this.#configured, ...known])].sort();
    this.#keptMs = candidates.length > MANY ? KEPT_OF_MANY_MS : KEPT_MS;
    const answers = await Promise.all(candidates.map((name) => this.mayWatch(kind, name, signal)));
    return candidates.filter((_name, index) => answers[index]);
  }

  async mayWatch(
    kind: Pick<WatchedKind, 'group' | 'plural'>,
    namespace: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const { rules, isIncomplete } = await this.#rulesOf(namespace, signal);
      const verbs = ['list', 'watch'];
      if (verbs.every((verb) => rules.some((rule) => allows(rule, verb, kind)))) return true;
      if (!isIncomplete) return false;
      const right = { verb: 'watch', group: kind.group, resource: kind.plural, namespace };
      return (await this.#gate.through(signal, () => this.#access.canI(right))).allowed;
    } catch (error) {
      // Without reviews only trying tells; that is cheap for the few namespaces that were named on purpose.
      const { code } = toClusterError(error);
      return (code === 'forbidden' || code === 'not-found') && this.#configured.includes(namespace);
    }
  }

  /** A right in this namespace turned out to be gone: its rules are asked for again. */
  forget(namespace: string): void {
    this.#rules.delete(namespace);
    this.#access.forget();
  }

  #rulesOf(namespace: string, signal: AbortSignal): Promise<NamespaceRules> {
    const known = this.#rules.get(namespace);
    if (known !== undefined && known.until > Date.now()) return known.rules;
    const rules = this.#gate.through(signal, () => this.#review(namespace));
    this.#rules.set(namespace, { until: Date.now() + jittered(this.#keptMs), rules });
    rules.catch(() => this.#rules.delete(namespace));
    return rules;
  }

  async #review(namespace: string): Promise<NamespaceRules> {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    };
    const review = await this.#transport.requestJson({ method: 'POST', path: RULES_PATH, body });
    const status = isJson(review) ? objectAt(review, 'status') : {};
    return { rules: objectsAt(status, 'resourceRules'), isIncomplete: status.incomplete === true };
  }
}

/** The rights that a kind needs, for the list of what is missing. */
export function lackingRight(kind: Pick<WatchedKind, 'group' | 'plural'>): string {
  return describeRight({ verb: 'list, watch', group: kind.group, resource: kind.plural });
}

function allows(rule: Json, verb: string, kind: Pick<WatchedKind, 'group' | 'plural'>): boolean {
  const has = (key: string, value: string) => {
    const values = textsAt(rule, key);
    return values.includes('*') || values.includes(value);
  };
  const isForNames = textsAt(rule, 'resourceNames').length > 0;
  return !isForNames && has('verbs', verb) && has('apiGroups', kind.group) && has('resources', kind.plural);
}
