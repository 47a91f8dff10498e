import { INIT_CONTAINER, PROXY_CONTAINER, VALIDATION_CONTAINER } from '@/lib/core/kube/names';
import { isList, type JsonMap, type JsonObject, objectAt, objectsAt, textAt } from './json-types';
import type { ProxyConfig } from './mesh-config';
import { findSidecar, type PodDraft, replaceContainer } from './pod-draft';

const MODE_ANNOTATION = 'sidecar.istio.io/interceptionMode';
const TPROXY = 'TPROXY';

/**
 * Lets the init container run as, and let through, the user that a pod's author gave the proxy.
 *
 * Source: Istio 1.24 and later, pkg/kube/inject, applyInitContainer user alignment.
 */
export function alignInitUser(draft: PodDraft, original: JsonObject, proxyConfig: ProxyConfig): void {
  const user = ownUser(original);
  if (user === undefined) return;
  const target = draft.initContainers.find((container) =>
    [INIT_CONTAINER, VALIDATION_CONTAINER].includes(textAt(container, 'name')),
  );
  if (target === undefined) return;
  const isTproxy = proxyConfig.interceptionMode === TPROXY || draft.annotations[MODE_ANNOTATION] === TPROXY;
  if (isTproxy && user.runAsUser !== undefined) runSidecarAsRoot(draft);
  const isValidation = !isTproxy && textAt(target, 'name') === VALIDATION_CONTAINER;
  replaceContainer(draft, target, {
    ...target,
    ...(isValidation && { securityContext: { ...objectAt(target, 'securityContext'), ...user } }),
    ...argumentsFor(target, user.runAsUser),
  });
}

function ownUser(original: JsonObject): JsonMap | undefined {
  const spec = objectAt(original, 'spec');
  const own = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')].find(
    (container) => textAt(container, 'name') === PROXY_CONTAINER,
  );
  const { runAsUser, runAsGroup } = objectAt(own, 'securityContext');
  if (runAsUser === undefined && runAsGroup === undefined) return undefined;
  return { ...(runAsUser !== undefined && { runAsUser }), ...(runAsGroup !== undefined && { runAsGroup }) };
}

function runSidecarAsRoot(draft: PodDraft): void {
  const sidecar = findSidecar(draft);
  if (sidecar === undefined) return;
  replaceContainer(draft, sidecar, {
    ...sidecar,
    securityContext: { ...objectAt(sidecar, 'securityContext'), runAsUser: 0 },
  });
}

function argumentsFor(init: JsonObject, user: JsonMap[string] | undefined): JsonMap {
  const { args } = init;
  const at = isList(args) ? args.indexOf('-u') : -1;
  if (!isList(args) || user === undefined || user === 0 || at < 0 || at + 1 >= args.length) return {};
  return { args: args.map((argument, index) => (index === at + 1 ? String(user) : argument)) };
}
