import 'server-only';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const LOOP_RESOLUTION_MS = 10;

interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
}

declare global {
  var sidelightMetrics: Metrics | undefined;
}

/** The default metrics know the longest stall since they were last read only; this one remembers. */
function watchEventLoop(registry: Registry): void {
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  delay.enable();
  new Gauge({
    name: 'sidelight_event_loop_stall_max_seconds',
    help: 'Longest time that the event loop was busy with one thing, since the start.',
    registers: [registry],
    collect() {
      this.set(Math.max(0, delay.max / 1e9 - LOOP_RESOLUTION_MS / 1000));
    },
  });
}

function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  watchEventLoop(registry);
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

/** Begins to measure; else that waits for the first request. */
export function startMetrics(): void {
  metrics();
}

export function observeRequest(method: string, route: string, status: number, elapsedMs: number): void {
  metrics().requests.observe({ method, route, status: String(status) }, elapsedMs / 1000);
}

/** The metrics in Prometheus' text format. */
export async function renderMetrics(): Promise<{ readonly contentType: string; readonly text: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, text: await registry.metrics() };
}
