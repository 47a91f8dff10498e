import 'server-only';
import { isJson, objectAt, textAt } from './json-fields';
import type { Transport } from './transport';

/** One right, as RBAC names it. */
export interface Right {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface AccessAnswer {
  readonly allowed: boolean;
  /** The API server's own words, empty when it gave none. */
  readonly reason: string;
}

export interface Identity {
  readonly name: string;
  readonly groups: readonly string[];
  /** `cluster`: the API server said so; `kubeconfig`: it could not, this is the name of the user entry. */
  readonly source: 'cluster' | 'kubeconfig';
}

const REVIEW_PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const IDENTITY_VERSIONS = ['v1', 'v1beta1', 'v1alpha1'];
const KEPT_MS = 30_000;
const MOST_KEPT = 5_000;

/** Asks the API server what the user may do, and remembers each answer for half a minute. */
export class AccessReviews {
  readonly #transport: Transport;
  readonly #answers = new Map<string, { readonly until: number; readonly answer: Promise<AccessAnswer> }>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  canI(right: Right): Promise<AccessAnswer> {
    const key = JSON.stringify(right, ['verb', 'group', 'resource', 'subresource', 'namespace', 'name']);
    const known = this.#answers.get(key);
    if (known !== undefined && known.until > Date.now()) return known.answer;
    if (this.#answers.size >= MOST_KEPT) this.#answers.clear();
    const answer = this.#review(right);
    this.#answers.set(key, { until: Date.now() + KEPT_MS, answer });
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }

  /** Forgets every answer: the API server refused what one of them allowed. */
  forget(): void {
    this.#answers.clear();
  }

  async #review(right: Right): Promise<AccessAnswer> {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: right },
    };
    const review = await this.#transport.requestJson({ method: 'POST', path: REVIEW_PATH, body });
    const status = isJson(review) ? objectAt(review, 'status') : {};
    return { allowed: status.allowed === true, reason: textAt(status, 'reason') };
  }
}

/** `patch namespaces "web"` or `list pods in "web"`: how messages name a right. */
export function describeRight(right: Right): string {
  const resource = right.group === '' ? right.resource : `${right.resource}.${right.group}`;
  const target = right.subresource === undefined ? resource : `${resource}/${right.subresource}`;
  const name = right.name === undefined ? '' : ` "${right.name}"`;
  const place =
    right.namespace === undefined || right.resource === 'namespaces' ? '' : ` in namespace "${right.namespace}"`;
  return `${right.verb} ${target}${name}${place}`;
}

/** Who the API server takes the user for; the kubeconfig's name of the user where it cannot say. */
export async function readIdentity(transport: Transport, userName: string): Promise<Identity> {
  for (const version of IDENTITY_VERSIONS) {
    const path = `/apis/authentication.k8s.io/${version}/selfsubjectreviews`;
    const body = { apiVersion: `authentication.k8s.io/${version}`, kind: 'SelfSubjectReview' };
    // Clusters before 1.28 lack the review and some forbid it: the name is a courtesy, not a decision.
    const review = await transport.requestJson({ method: 'POST', path, body }).catch(() => undefined);
    const user = isJson(review) ? objectAt(objectAt(review, 'status'), 'userInfo') : {};
    const name = textAt(user, 'username');
    if (name === '') continue;
    const groups = Array.isArray(user.groups) ? user.groups.filter((group) => typeof group === 'string') : [];
    return { name, groups, source: 'cluster' };
  }
  return { name: userName, groups: [], source: 'kubeconfig' };
}
