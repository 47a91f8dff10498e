import type { StringMap } from '@/lib/core/kube/object-types';
import type { GraphDraft } from './graph-draft';
import type { ObjectRef } from './graph-types';
import type { MeshWorld } from './mesh-world';

export const toSelectorText = (selector: StringMap): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

export const toRef = ({ kind, namespace, name }: ObjectRef): ObjectRef => ({ kind, namespace, name });

/** Edges from services and external services to the workloads that their selectors pick. */
export function linkServices(world: MeshWorld, draft: GraphDraft): void {
  for (const [id, service] of world.services) {
    const selector = toSelectorText(service.selector);
    const picked = world.behind.get(id) ?? [];
    for (const workload of picked) {
      const reason = { code: 'graph.reason.selector', values: { selector } };
      draft.addEdge({ source: id, target: workload.id, kind: 'selects', reason, from: toRef(service) });
    }
    if (selector !== '' && picked.length === 0) {
      draft.addProblem(id, { code: 'graph.problem.empty-service', values: { selector } });
    }
  }
  for (const [id, entry] of world.entries) {
    for (const workload of world.behind.get(id) ?? []) {
      const reason = { code: 'graph.reason.entry-selector', values: { selector: toSelectorText(entry.selector) } };
      draft.addEdge({ source: id, target: workload.id, kind: 'selects', reason, from: toRef(entry.record) });
    }
  }
}

/** Edges from the workloads that carry a gateway to the gateway. One that nobody carries is marked. */
export function linkGateways(world: MeshWorld, draft: GraphDraft): void {
  for (const [id, gateway] of world.gateways) {
    const selector = toSelectorText(gateway.selector);
    const carriers = world.behind.get(id) ?? [];
    const reason =
      gateway.api === 'istio'
        ? { code: 'graph.reason.gateway-selector', values: { selector } }
        : { code: 'graph.reason.gateway-deployed', values: { class: gateway.className } };
    for (const workload of carriers) {
      draft.addEdge({ source: workload.id, target: id, kind: 'serves', reason, from: toRef(gateway.record) });
    }
    if (carriers.length === 0 && gateway.needsWorkload && selector !== '') {
      draft.addProblem(id, { code: 'graph.problem.uncarried-gateway', values: { selector } });
    }
  }
}
