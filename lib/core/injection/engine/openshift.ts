import { INIT_CONTAINER, PROXY_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from './json-types';
import type { Release } from './release';

const UID_ANNOTATION = 'openshift.io/sa.scc.uid-range';
const GROUPS_ANNOTATION = 'openshift.io/sa.scc.supplemental-groups';
const DEFAULT_ID = 1337;

export interface ProxyIds {
  readonly uid: number;
  readonly gid: number;
}

export const PLAIN_PROXY_IDS: ProxyIds = { uid: DEFAULT_ID, gid: DEFAULT_ID };

/**
 * The user and group that OpenShift's namespace leaves for the proxy: the last ones of its ranges.
 *
 * Source: Istio, pkg/kube/inject/openshift.go.
 */
export function readProxyIds(annotations: Readonly<Record<string, string>>): ProxyIds {
  const uids = annotations[UID_ANNOTATION] ?? '';
  const groups = annotations[GROUPS_ANNOTATION] || uids;
  return { uid: blockEnd(uids) ?? DEFAULT_ID, gid: blockEnd(groups.split(',')[0] ?? '') ?? DEFAULT_ID };
}

function blockEnd(text: string): number | undefined {
  const [, start, mark, end] = /^(\d+)([/-])(\d+)$/.exec(text.trim()) ?? [];
  if (start === undefined || end === undefined) return undefined;
  return mark === '/' ? Number(start) + Number(end) - 1 : Number(end);
}

/** Takes back the user that OpenShift stamped on a user's own proxy container, so that the template's counts. */
export function unstampProxyUser(pod: JsonObject, release: Release): JsonObject {
  const spec = objectAt(pod, 'spec');
  const containers = objectsAt(spec, 'containers');
  const initContainers = objectsAt(spec, 'initContainers');
  const looked = release.minor >= 27 ? [...containers, ...initContainers] : containers;
  const users = looked
    .filter((container) => ![PROXY_CONTAINER, INIT_CONTAINER, VALIDATION_CONTAINER].includes(textAt(container, 'name')))
    .map((container) => objectAt(container, 'securityContext').runAsUser)
    .filter((user) => user !== undefined);
  const stamped = users.at(-1) ?? 0;
  const unstamp = (container: JsonObject) =>
    textAt(container, 'name') === PROXY_CONTAINER ? withoutUser(container, stamped) : container;
  return {
    ...pod,
    spec: { ...spec, containers: containers.map(unstamp), initContainers: initContainers.map(unstamp) },
  };
}

function withoutUser(container: JsonObject, stamped: unknown): JsonObject {
  const { securityContext } = container;
  if (!isObject(securityContext) || (securityContext.runAsUser ?? 0) !== stamped) return container;
  const { runAsUser: _user, runAsGroup: _group, ...rest } = securityContext;
  return { ...container, securityContext: rest };
}
