import type { PodPhrase } from './pod-phrases.data';
import type { PortProtocol, PortRow } from './port-types';
import type { MetricsMerge } from './read-metrics-merge';
import type { ProxyFacts } from './read-proxy-facts';

type Socket = Pick<PortRow, 'port' | 'protocol' | 'process' | 'id'>;

/**
 * What Prometheus and the agent fetch from one port.
 *
 * Input: the row; the pod's metrics; the proxy's settings where there is a proxy.
 */
export function noteMetrics(
  row: Socket,
  { scraped, fetched }: MetricsMerge,
  facts: ProxyFacts | undefined,
): readonly PodPhrase[] {
  if (row.protocol !== 'TCP') return [];
  const { port } = row;
  const isAgent = row.process === 'pilot-agent' && port === facts?.statusPort;
  const notes: PodPhrase[] = [];
  if (scraped?.port === port) notes.push({ code: 'pod.port.note.scraped', values: { path: scraped.path } });
  if (isAgent && facts?.role === 'sidecar') {
    const from = fetched.map((target) => `localhost:${target.port}${target.path}`).join(', ');
    notes.push({ code: fetched.length === 0 ? 'pod.port.note.merges-none' : 'pod.port.note.merges', values: { from } });
  }
  if (isAgent && facts?.hasLocalMetrics === true) notes.push({ code: 'pod.port.note.metrics-local' });
  if (row.process !== 'application') return notes;
  for (const target of fetched.filter((each) => each.port === port)) {
    notes.push({ code: 'pod.port.note.fetched', values: { path: target.path } });
  }
  return notes;
}

/** The ports of the application that only the metrics settings name. */
export function listMetricsPorts(
  { scraped, fetched }: MetricsMerge,
  isKnown: (port: number, protocol: PortProtocol) => boolean,
): readonly number[] {
  const ports = [...fetched, ...(scraped === undefined ? [] : [scraped])].map(({ port }) => port);
  return [...new Set(ports)].filter((port) => !isKnown(port, 'TCP'));
}
