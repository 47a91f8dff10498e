export const PROMETHEUS_SCRAPE_KEY = 'prometheus_io_scrape';
export const PROMETHEUS_PORT_KEY = 'prometheus_io_port';
export const PROMETHEUS_PATH_KEY = 'prometheus_io_path';
export const PROMETHEUS_TARGETS_KEY = 'prometheus_istio_io_scrape_targets';
export const SECURE_PORT_KEY = 'prometheus_istio_io_secure_port';
export const SECURE_PORT_ANNOTATION = 'prometheus.istio.io/secure-port';

const KEYS: ReadonlySet<string> = new Set([
  PROMETHEUS_SCRAPE_KEY,
  PROMETHEUS_PORT_KEY,
  PROMETHEUS_PATH_KEY,
  PROMETHEUS_TARGETS_KEY,
]);

/** An annotation's key as Prometheus sees it: every character but letters and digits is `_`. */
export function normaliseKey(key: string): string {
  return key.replace(/[^a-zA-Z0-9_]/g, '_');
}

export function isPrometheusKey(key: string): boolean {
  return KEYS.has(normaliseKey(key));
}

/** Go's reading of a flag; undefined for every other word. Source: Go, strconv.ParseBool. */
export function parseGoFlag(text: string | undefined): boolean | undefined {
  if (text !== undefined && ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  return text !== undefined && ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text) ? false : undefined;
}
