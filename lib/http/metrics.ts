import 'server-only';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
}

declare global {
  var sidelightMetrics: Metrics | undefined;
}

function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'sidelight_request_seconds',
    help: 'Time to answer an HTTP API request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  return { registry, requests };
}

/** One registry for the process: Next loads this module more than once. */
function metrics(): Metrics {
  globalThis.sidelightMetrics ??= createMetrics();
  return globalThis.sidelightMetrics;
}

export function observeRequest(method: string, route: string, status: number, elapsedMs: number): void {
  metrics().requests.observe({ method, route, status: String(status) }, elapsedMs / 1000);
}

/** The metrics in Prometheus' text format. */
export async function renderMetrics(): Promise<{ readonly contentType: string; readonly text: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, text: await registry.metrics() };
}
