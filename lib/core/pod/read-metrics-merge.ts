import type { Pod } from '@/lib/core/kube/pod-types';
import { isJsonObject, parseJson, toJsonList, toJsonObject, toText } from './json-value';
import { findProxy } from './pod-containers';
import { PROMETHEUS_ENV } from './pod-names.data';

/** A place where metrics can be fetched. */
export interface MetricsTarget {
  readonly port: number;
  readonly path: string;
}

/** Who fetches metrics where in one pod. */
export interface MetricsMerge {
  /** Where the pod's annotations send Prometheus; absent where they do not ask for scraping. */
  readonly scraped?: MetricsTarget;
  /** Where the agent fetches the application's own metrics on localhost, to add them to its own and Envoy's. */
  readonly fetched: readonly MetricsTarget[];
}

const DEFAULT_PATH = '/metrics';
const DEFAULT_APP_PORT = '80';

/**
 * Reads from annotations and the proxy's environment how metrics of a pod are collected.
 *
 * Output: no `fetched` where the proxy is no sidecar, the author asked for no scraping, or the variable cannot be read (the agent does not start then); an annotation without a port names no target.
 * Source: Istio, pilot/cmd/pilot-agent/status, NewServer: only a sidecar merges; path `/metrics` and port 80 are the agent's defaults.
 */
export function readMetricsMerge(pod: Pod, isSidecar: boolean): MetricsMerge {
  const scraped = readScraped(pod.metadata.annotations ?? {});
  return { ...(scraped === undefined ? {} : { scraped }), fetched: isSidecar ? readFetched(pod) : [] };
}

function readScraped(annotations: Readonly<Record<string, string>>): MetricsTarget | undefined {
  const read = (name: string) =>
    Object.entries(annotations).find(([key]) => key.replace(/[^a-zA-Z0-9_]/g, '_') === `prometheus_io_${name}`)?.[1];
  if (read('scrape') !== 'true') return undefined;
  return toTarget(read('port'), read('path'));
}

function readFetched(pod: Pod): readonly MetricsTarget[] {
  const text = findProxy(pod.spec)?.container.env?.find(({ name }) => name === PROMETHEUS_ENV)?.value;
  if (text === undefined) return [];
  const asked = parseJson(text);
  if (!isJsonObject(asked) || asked.scrape === 'false') return [];
  const { port, path, targets } = asked;
  const listed = toJsonList(targets).map(toJsonObject);
  const all = listed.length > 0 ? listed : [{ port: toText(port) || DEFAULT_APP_PORT, path }];
  return all.flatMap((each) => toTarget(toText(each.port), toText(each.path)) ?? []);
}

function toTarget(port: string | undefined, path: string | undefined): MetricsTarget | undefined {
  const number = Number(port);
  if (port === undefined || !/^\d+$/.test(port) || number < 1 || number > 65_535) return undefined;
  return { port: number, path: path === undefined || path === '' ? DEFAULT_PATH : path };
}
