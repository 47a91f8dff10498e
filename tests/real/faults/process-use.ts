import { setTimeout as pause } from 'node:timers/promises';

/** What the dashboard's process holds, by its own metrics. */
export interface ProcessUse {
  readonly residentBytes: number;
  readonly sockets: number;
  readonly requests: number;
}

const SAMPLES = 7;
const EVERY_MS = 300;

function metricOf(metrics: string, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1];
  if (value === undefined) throw new Error(`The dashboard's metrics have no ${name}.`);
  return Number(value);
}

async function readUse(url: string): Promise<ProcessUse> {
  const metrics = await (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
  return {
    residentBytes: metricOf(metrics, 'process_resident_memory_bytes'),
    sockets: metricOf(metrics, 'nodejs_active_resources\\{type="TCPSocketWrap"\\}'),
    requests: metricOf(metrics, 'nodejs_active_requests_total'),
  };
}

/** The least of a few seconds: what is held for good, without what a moment's work takes. */
export async function measureUse(url: string): Promise<ProcessUse> {
  const seen: ProcessUse[] = [];
  for (let n = 0; n < SAMPLES; n += 1) {
    seen.push(await readUse(url));
    await pause(EVERY_MS);
  }
  const least = (pick: (use: ProcessUse) => number) => Math.min(...seen.map(pick));
  return {
    residentBytes: least(({ residentBytes }) => residentBytes),
    sockets: least(({ sockets }) => sockets),
    requests: least(({ requests }) => requests),
  };
}
