import { quoteGoJson } from './go-text';
import { InjectionFault } from './injection-refusal';
import { fieldOf, objectAt, objectsAt, textAt } from './json-types';
import type { MeshConfig } from './mesh-config';
import { editSidecarEnv, findSidecar, type PodDraft } from './pod-draft';
import {
  isPrometheusKey,
  normaliseKey,
  PROMETHEUS_PATH_KEY,
  PROMETHEUS_PORT_KEY,
  PROMETHEUS_SCRAPE_KEY,
  PROMETHEUS_TARGETS_KEY,
  parseGoFlag,
  SECURE_PORT_ANNOTATION,
  SECURE_PORT_KEY,
} from './prometheus-keys';
import type { Release } from './release';
import { RESERVED_PORTS } from './reserved-ports.data';

const MERGE_ANNOTATION = 'prometheus.istio.io/merge-metrics';
const ENV_NAME = 'ISTIO_PROMETHEUS_ANNOTATIONS';
const SECURE_ENV = 'ENVOY_SECURE_MERGED_METRICS_PORT';
const METRICS_PATH = '/stats/prometheus';
const TARGET_PATH = '/metrics';
const NORMALISES_SINCE = 13;
const CHECKS_SINCE = 31;

interface ScrapeTarget {
  readonly port: string;
  readonly path: string;
}

interface Scrape {
  readonly scrape: string;
  readonly path: string;
  readonly port: string;
  readonly targets: readonly ScrapeTarget[];
}

/** The port of the agent, as text, that the mesh config names. */
export function meshStatusPort(mesh: MeshConfig): string {
  return String(fieldOf(objectAt(mesh, 'defaultConfig'), 'statusPort') ?? 0);
}

/**
 * Lets Prometheus scrape the agent, which merges the application's metrics into the proxy's.
 *
 * Output: whether anything was merged.
 * Fails on ports that the agent cannot scrape, since 1.31.
 * Source: Istio, pkg/kube/inject, applyPrometheusMerge.
 */
export function mergePrometheus(draft: PodDraft, mesh: MeshConfig, release: Release): boolean {
  const found = readKeys(draft.annotations, release);
  if (release.minor >= NORMALISES_SINCE && scrapeSwitch(draft.annotations) === false) return false;
  if (!mergesMetrics(draft.annotations, mesh)) return false;
  const agentPort = meshStatusPort(mesh);
  if (found.port === agentPort) return false;
  const scrape = withTargets(found, draft.annotations, agentPort, release);
  if (scrape.scrape !== '' || scrape.path !== '' || scrape.port !== '' || scrape.targets.length > 0) {
    const value = writeScrape(scrape);
    editSidecarEnv(draft, (env) => [...env, { name: ENV_NAME, value }]);
  }
  for (const key of Object.keys(draft.annotations)) if (isOwnKey(key, release)) delete draft.annotations[key];
  draft.annotations['prometheus.io/port'] = agentPort;
  draft.annotations['prometheus.io/path'] = METRICS_PATH;
  draft.annotations['prometheus.io/scrape'] = 'true';
  return true;
}

function isOwnKey(key: string, release: Release): boolean {
  if (release.minor < NORMALISES_SINCE) return key.startsWith('prometheus.io/');
  return isPrometheusKey(key) && (release.minor >= CHECKS_SINCE || normaliseKey(key) !== PROMETHEUS_TARGETS_KEY);
}

function readKeys(annotations: Readonly<Record<string, string>>, release: Release): Scrape {
  const keys = Object.keys(annotations).sort();
  const of = (wanted: string, exact: string) => {
    const isPlain = release.minor < NORMALISES_SINCE || Object.hasOwn(annotations, exact);
    const key = isPlain ? exact : keys.find((each) => normaliseKey(each) === wanted);
    return (key === undefined ? undefined : annotations[key]) ?? '';
  };
  return {
    scrape: of(PROMETHEUS_SCRAPE_KEY, 'prometheus.io/scrape'),
    path: of(PROMETHEUS_PATH_KEY, 'prometheus.io/path'),
    port: of(PROMETHEUS_PORT_KEY, 'prometheus.io/port'),
    targets: [],
  };
}

function scrapeSwitch(annotations: Readonly<Record<string, string>>): boolean | undefined {
  return Object.keys(annotations)
    .sort()
    .filter((key) => normaliseKey(key) === PROMETHEUS_SCRAPE_KEY)
    .map((key) => parseGoFlag(annotations[key]))
    .find((flag) => flag !== undefined);
}

function mergesMetrics(annotations: Readonly<Record<string, string>>, mesh: MeshConfig): boolean {
  const asked = parseGoFlag(annotations[MERGE_ANNOTATION]);
  return asked ?? fieldOf(mesh, 'enablePrometheusMerge') !== false;
}

function withTargets(
  scrape: Scrape,
  annotations: Readonly<Record<string, string>>,
  agentPort: string,
  release: Release,
): Scrape {
  if (release.minor < CHECKS_SINCE) return scrape;
  const key = Object.keys(annotations).find((each) => normaliseKey(each) === PROMETHEUS_TARGETS_KEY);
  const targets = parseTargets(key === undefined ? '' : (annotations[key] ?? ''));
  const [first] = targets;
  if (first === undefined) {
    if (scrape.port !== '') checkPort(scrape.port, agentPort, 'invalid prometheus scrape configuration: ', '');
    return scrape;
  }
  for (const { port } of targets) checkPort(port, agentPort, 'invalid prometheus scrape targets: ', 'target ');
  return { ...scrape, port: first.port, path: first.path, targets };
}

// An item without a port makes the whole list count for nothing.
function parseTargets(text: string): readonly ScrapeTarget[] {
  const items = text.split(',').map((item) => item.trim());
  const targets = items
    .filter((item) => item !== '')
    .map((item) => {
      const at = item.indexOf(':');
      if (at < 0) return { port: item, path: TARGET_PATH };
      const path = item.slice(at + 1).trim();
      return { port: item.slice(0, at).trim(), path: path === '' ? TARGET_PATH : path };
    });
  return targets.some(({ port }) => port === '') ? [] : targets;
}

function checkPort(port: string, agentPort: string, context: string, noun: string): void {
  const number = /^[+-]?\d+$/.test(port) ? Number(port) : 0;
  const reserved = RESERVED_PORTS.get(number);
  const detail =
    number < 1 || number > 65_535
      ? `invalid ${noun}port ${JSON.stringify(port)}`
      : String(number) === agentPort
        ? `${noun}port ${port} conflicts with agent port`
        : reserved !== undefined
          ? `${noun}port ${port} is reserved for Istio (${reserved}) and cannot be scraped`
          : undefined;
  if (detail === undefined) return;
  throw new InjectionFault({
    code: 'prometheus-port',
    values: { port, detail: `${context}${detail}` },
    text: `failed to process pod: ${context}${detail}`,
  });
}

function writeScrape({ scrape, path, port, targets }: Scrape): string {
  const fields = `"scrape":${quoteGoJson(scrape)},"path":${quoteGoJson(path)},"port":${quoteGoJson(port)}`;
  const list = targets.map((target) => `{"port":${quoteGoJson(target.port)},"path":${quoteGoJson(target.path)}}`);
  return targets.length === 0 ? `{${fields}}` : `{${fields},"targets":[${list.join(',')}]}`;
}

/** Announces the port where metrics are served over mTLS, since 1.31. */
export function setSecureMetricsPort(draft: PodDraft, release: Release): boolean {
  if (release.minor < CHECKS_SINCE) return false;
  if (Object.keys(draft.annotations).some((key) => normaliseKey(key) === SECURE_PORT_KEY)) return false;
  const env = objectsAt(findSidecar(draft), 'env');
  const port = textAt(
    env.find((variable) => textAt(variable, 'name') === SECURE_ENV),
    'value',
  );
  if (port === '' || port === '0') return false;
  draft.annotations[SECURE_PORT_ANNOTATION] = port;
  return true;
}
