import 'server-only';
import type { PacketRequestBody } from '@/lib/api/capture';
import { type TraceAnswer, traceAnswerSchema } from '@/lib/api/trace';
import { ClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import { answerPacket } from '@/lib/core/capture/answer-packet';
import { numberSteps } from '@/lib/core/capture/build-capture-flows';
import { buildPodCapture, type PodCapture } from '@/lib/core/capture/build-pod-capture';
import { chooseEndpoint } from '@/lib/core/capture/choose-endpoint';
import { isAddress, type PacketResult, type ResolvedPacket, resolvePacket } from '@/lib/core/capture/packet-request';
import { appUidOf, type Endpoint } from '@/lib/core/capture/packet-scene';
import type { Match } from '@/lib/core/capture/rule-types';
import { type PacketLeg, tellPacket } from '@/lib/core/capture/tell-packet';
import type { Pod } from '@/lib/core/kube/pod-types';
import type { ServiceRecord } from '@/lib/core/kube/records';
import { readPodFacts } from './read-pod-facts';

/**
 * Follows one imagined packet through a pod's rules.
 *
 * Errors: `invalid` where an address is none, a service has none, or the pod has no rules to follow.
 */
export async function buildTraceAnswer(
  session: ClusterSession,
  namespace: string,
  name: string,
  request: PacketRequestBody,
): Promise<TraceAnswer> {
  const { pod, clusterDns } = await readPodFacts(session, namespace, name);
  const capture = buildPodCapture(pod, clusterDns);
  const service = findService(session, namespace, request);
  const address = service === undefined ? request.destination : service.clusterIP;
  const { value, scene } = resolve(capture, { ...request, ...(address === undefined ? {} : { destination: address }) });
  const endpoint = service && chooseFor(session, service, request.destinationPort, pod);
  const legs = tellPacket(scene, value, endpoint);
  const [first, ...rest] = legs;
  if (first === undefined) throw new ClusterError('internal', 'The packet was not followed.');
  const { rule, setting, says, kind } = answerPacket(first, 'ambient' in scene ? 'ztunnel' : 'Envoy');
  return traceAnswerSchema.parse({
    family: value.family,
    packet: toPacket(first),
    answer: { kind, says, ...(rule === undefined ? {} : { rule }), ...(setting === undefined ? {} : { setting }) },
    visits: first.trace.visits.map(toVisit),
    ...(first.trace.originalDestination && { originalDestination: first.trace.originalDestination }),
    steps: numberSteps('trace', legs),
    legs: rest.map(toPacket),
    ...(service === undefined ? {} : { service: toService(service, endpoint) }),
  });
}

const toPacket = ({ packet, direction }: PacketLeg) => ({ ...packet, direction });

function toVisit({ tests, ...visit }: PacketLeg['trace']['visits'][number]) {
  return {
    ...visit,
    tests: tests.map(({ rule, answer, failed }) => ({
      id: rule.id,
      chain: rule.chain,
      text: rule.text,
      answer,
      ...(failed === undefined ? {} : { failed: conditionText(failed) }),
    })),
  };
}

/** A condition as it stands in a rule, with its negation before it. */
function conditionText({ isNegated, option, value }: Match): string {
  return `${isNegated ? '! ' : ''}${option} ${value}`.trim();
}

function toService({ namespace, name }: ServiceRecord, endpoint: Endpoint | undefined) {
  return { namespace, name, ...(endpoint === undefined ? {} : { endpoint: `${endpoint.address}:${endpoint.port}` }) };
}

/** The rules of the packet's own family: those of the other one never see it. */
function resolve(capture: PodCapture, request: PacketRequestBody) {
  const [main] = capture.families;
  if (main === undefined)
    throw new ClusterError('invalid', 'No rules apply to this pod, so no packet can be followed.');
  const first = unwrap(resolvePacket(request, capture.network ?? main.scene.pod, appUidOf(main.scene)));
  const family = capture.families.find(({ ruleSet }) => ruleSet.family === first.family);
  if (family === undefined) {
    throw new ClusterError(
      'invalid',
      `The pod has no IPv6 rules: an IPv6 packet passes the proxy by. Trace an IPv4 address.`,
    );
  }
  return { value: unwrap(resolvePacket(request, family.scene.pod, appUidOf(main.scene))), scene: family.scene };
}

function unwrap(result: PacketResult): ResolvedPacket {
  if (result.ok) return result.value;
  const { values = {} } = result.because;
  throw new ClusterError(
    'invalid',
    'value' in values
      ? `"${values.value}" is neither an IP address nor a service of this cluster.`
      : `Source ${values.source} and destination ${values.destination} are not of the same address family.`,
  );
}

/** The service that a destination names (`name` or `name.namespace`) or whose cluster address it is. */
function findService(
  { store }: ClusterSession,
  namespace: string,
  { destination }: PacketRequestBody,
): ServiceRecord | undefined {
  if (destination === undefined) return undefined;
  if (isAddress(destination)) return store.list('services').find(({ clusterIP }) => clusterIP === destination);
  const [name = '', other = namespace] = destination.split('.');
  const service = store.get('services', other, name);
  if (service === undefined) {
    throw new ClusterError(
      'invalid',
      `"${destination}" is neither an IP address nor a service of this cluster. Give name.namespace.`,
    );
  }
  if (!isAddress(service.clusterIP)) {
    throw new ClusterError(
      'invalid',
      `Service ${other}/${name} has no cluster address of its own. Give the address of one of its pods.`,
    );
  }
  return service;
}

function chooseFor({ store }: ClusterSession, service: ServiceRecord, port: number, pod: Pod): Endpoint | undefined {
  return chooseEndpoint(service, port, pod, store.list('pods', service.namespace));
}
