import { addCounts } from '@/lib/core/injection/count-states';
import type { PodState, StateCounts } from '@/lib/core/injection/pod-states';
import type { StringMap } from '@/lib/core/kube/object-types';
import type { ServiceRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import type { LooseNode } from './graph-draft';
import type { GraphFact, MeshNode, ObjectRef } from './graph-types';
import { toSelectorText } from './link-objects';
import type { MeshWorkload } from './list-workloads';
import type { MeshWorld } from './mesh-world';
import { toNodeState } from './node-state';
import type { MeshGateway } from './parse-gateways';
import type { ServiceEntry } from './parse-mesh-hosts';
import { serviceHost } from './resolve-host';

/** What is decided about a workload: its state and why, and how many of its pods are in which. */
export interface NodeVerdict {
  readonly state: PodState;
  readonly counts: StateCounts;
  readonly because: Phrase;
}

export type InjectionOf = (workload: ObjectRef) => NodeVerdict | undefined;

const VERSION_LABELS = ['app.kubernetes.io/version', 'version', 'service.istio.io/canonical-revision'];

const versionOf = (labels: StringMap): string =>
  VERSION_LABELS.map((key) => labels[key]).findLast((text) => text) ?? '';

const versionsOf = (workloads: readonly MeshWorkload[]): readonly string[] =>
  [...new Set(workloads.map(({ labels }) => versionOf(labels[0] ?? {})))].filter((text) => text !== '').sort();

const facts = (...all: readonly GraphFact[]): readonly GraphFact[] =>
  all
    .map(({ name, values }) => ({ name, values: values.filter((value) => value !== '') }))
    .filter(({ values }) => values.length > 0);

const countPods = (workloads: readonly MeshWorkload[], injectionOf: InjectionOf): StateCounts | undefined => {
  const known = workloads.map(injectionOf).filter((verdict) => verdict !== undefined);
  return known.length === 0 ? undefined : addCounts(known.map(({ counts }) => counts));
};

type Described = Pick<MeshNode, 'kind' | 'namespace' | 'name' | 'objectKind' | 'subtitle' | 'facts'>;

const portText = ({ port, targetPort, protocol }: ServiceRecord['ports'][number]): string =>
  `${port}${targetPort === '' || targetPort === String(port) ? '' : `→${targetPort}`}${protocol === 'TCP' ? '' : ` ${protocol}`}`;

const describeService = (service: ServiceRecord, domain: string | undefined): Described => ({
  kind: 'service',
  namespace: service.namespace,
  name: service.name,
  objectKind: 'Service',
  subtitle: {
    code: 'graph.subtitle.service',
    values: { type: service.type, ports: service.ports.map(({ port }) => port).join(', ') },
  },
  facts: facts(
    { name: 'type', values: [service.type] },
    { name: 'hosts', values: [serviceHost(service.name, service.namespace, domain)] },
    { name: 'ports', values: service.ports.map(portText) },
    { name: 'selector', values: [toSelectorText(service.selector)] },
  ),
});

const describeGateway = ({ record, className, hosts, ports, selector, api }: MeshGateway): Described => ({
  kind: 'gateway',
  namespace: record.namespace,
  name: record.name,
  objectKind: 'Gateway',
  subtitle: { code: 'graph.subtitle.gateway', values: { hosts: hosts.join(', '), ports: ports.join(', ') } },
  facts: facts(
    { name: 'class', values: [className] },
    { name: 'hosts', values: hosts },
    { name: 'ports', values: ports },
    { name: 'selector', values: api === 'istio' ? [toSelectorText(selector)] : [] },
  ),
});

const describeEntry = ({ record, hosts, ports, location, resolution, selector }: ServiceEntry): Described => ({
  kind: 'external',
  namespace: record.namespace,
  name: record.name,
  objectKind: 'ServiceEntry',
  subtitle: { code: 'graph.subtitle.external', values: { hosts: hosts.join(', ') } },
  facts: facts(
    { name: 'type', values: [location, resolution] },
    { name: 'hosts', values: hosts },
    { name: 'ports', values: ports },
    { name: 'selector', values: [toSelectorText(selector)] },
  ),
});

const describeWorkload = ({ kind, namespace, name, labels, ports }: MeshWorkload): Described => ({
  kind: 'workload',
  namespace,
  name,
  objectKind: kind,
  subtitle: { code: 'graph.subtitle.workload', values: { kind } },
  facts: facts(
    { name: 'ports', values: ports.map(String) },
    { name: 'labels', values: Object.entries(labels[0] ?? {}).map(([key, value]) => `${key}=${value}`) },
  ),
});

const describeLoose = ({ kind, namespace, name, objectKind }: LooseNode): Described => ({
  kind,
  namespace,
  name,
  objectKind,
  subtitle: { code: `graph.subtitle.${kind}`, values: { kind: objectKind } },
  facts: [],
});

const describe = (id: string, world: MeshWorld): Described | undefined => {
  const service = world.services.get(id);
  if (service !== undefined) return describeService(service, world.domain);
  const gateway = world.gateways.get(id);
  if (gateway !== undefined) return describeGateway(gateway);
  const entry = world.entries.get(id);
  if (entry !== undefined) return describeEntry(entry);
  const workload = world.workloads.get(id);
  return workload === undefined ? undefined : describeWorkload(workload);
};

/** Faults that stop traffic at the node, as against ones that a person may want. */
const BREAKING = new Set(['graph.problem.uncarried-gateway']);

/** The node of one object: what it is, and the state of the pods that stand behind it. */
export function buildNode(
  id: string,
  world: MeshWorld,
  injectionOf: InjectionOf,
  problems: readonly Phrase[],
  isOutside: boolean,
): MeshNode | undefined {
  const described = describe(id, world);
  if (described === undefined) return undefined;
  const own = world.workloads.get(id);
  const behind = own === undefined ? (world.behind.get(id) ?? []) : [own];
  const verdict = own === undefined ? undefined : injectionOf(own);
  const counts = verdict?.counts ?? countPods(behind, injectionOf);
  const isBroken = problems.some(({ code }) => BREAKING.has(code));
  return {
    id,
    ...described,
    state: isBroken ? 'broken' : (verdict?.state ?? toNodeState(counts)),
    ...(verdict === undefined ? {} : { because: verdict.because }),
    ...(counts === undefined ? {} : { counts }),
    versions: versionsOf(behind),
    isOutside,
    problems,
  };
}

/** The node of a reference that leads nowhere, or of a host without a Service. */
export const buildLooseNode = (loose: LooseNode, isOutside: boolean): MeshNode => ({
  id: loose.id,
  ...describeLoose(loose),
  state: loose.kind === 'host' ? 'none' : loose.isUnreadable ? 'unknown' : 'broken',
  versions: [],
  isOutside,
  problems: loose.problems,
});
