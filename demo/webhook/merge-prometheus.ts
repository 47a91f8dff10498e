import { ANNOTATIONS } from './annotation-names';
import { PROXY_DEFAULTS } from './injector-config';

const KEYS = ['prometheus_io_scrape', 'prometheus_io_path', 'prometheus_io_port'] as const;

export interface MergedMetrics {
  readonly annotations: Record<string, string>;
  /** Value of `ISTIO_PROMETHEUS_ANNOTATIONS`: what the application asked for. */
  readonly env: string | undefined;
}

const normalize = (key: string) => key.replace(/[^a-zA-Z0-9_]/g, '_');

function isFalse(text: string | undefined): boolean {
  return /^(0|f|F|FALSE|false|False)$/.test(text ?? '');
}

/** Points Prometheus at the agent, which gives the application's metrics together with its own. */
export function mergePrometheus(annotations: Readonly<Record<string, string>>): MergedMetrics {
  const found = (key: string) => Object.entries(annotations).find(([name]) => normalize(name) === key)?.[1];
  const [scrape, path, port] = KEYS.map(found);
  const isOff = isFalse(scrape) || isFalse(annotations[ANNOTATIONS.mergeMetrics]);
  if (isOff || port === PROXY_DEFAULTS.statusPort) return { annotations: { ...annotations }, env: undefined };
  const asked = { scrape: scrape ?? '', path: path ?? '', port: port ?? '' };
  const isAsked = Object.values(asked).some((value) => value !== '');
  const kept = Object.entries(annotations).filter(([name]) => !KEYS.some((key) => key === normalize(name)));
  const merged = {
    'prometheus.io/path': '/stats/prometheus',
    'prometheus.io/port': PROXY_DEFAULTS.statusPort,
    'prometheus.io/scrape': 'true',
  };
  return { annotations: { ...Object.fromEntries(kept), ...merged }, env: isAsked ? JSON.stringify(asked) : undefined };
}
