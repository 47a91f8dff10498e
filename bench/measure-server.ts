import { HttpClient, loadTest } from './http-client';
import { type Sample, timed, untilTrue } from './sample';
import { readCpuSeconds, readLongestStallMs, readMemory } from './server-facts';

export interface SyncFacts {
  /** From the start of the process, and from the moment it took requests. */
  readonly syncedAfterStartMs: number;
  readonly syncedAfterReadyMs: number;
  readonly longestStallMs: number;
  readonly peakMb: number;
  readonly cpuSeconds: number;
  /** The very first list, asked in the moment the server says that it is synced. */
  readonly firstListMs: number;
}

/** Waits for the first sync as an outsider sees it, and reads what it cost. */
export async function measureSync(origin: string, pid: number, startedAt: number): Promise<SyncFacts> {
  const client = new HttpClient(origin);
  const readyAt = performance.now();
  // Each question costs the server some 3 ms, which would be a fifth of its sync if it were asked every 25 ms.
  await untilTrue(async () => (await client.get('/readyz')).status === 200, 120_000, 100);
  const syncedAt = performance.now();
  const firstListMs = await timed(() => client.get('/api/v1/namespaces?limit=50'));
  const facts = {
    syncedAfterStartMs: syncedAt - startedAt,
    syncedAfterReadyMs: syncedAt - readyAt,
    longestStallMs: await readLongestStallMs(client),
    peakMb: readMemory(pid).peakMb,
    cpuSeconds: readCpuSeconds(pid),
    firstListMs,
  };
  client.close();
  return facts;
}

const QUERIES = {
  'first page': '?limit=50',
  'sorted by problems': '?limit=50&sort=-problems',
  searched: '?limit=50&search=billing',
  'page of 500': '?limit=500',
};

export interface QueryTimes {
  readonly query: string;
  readonly clients: number;
  readonly times: Sample;
}

/** The list of namespaces, asked as the page asks, by one and by ten clients at once. */
export async function measureList(origin: string): Promise<QueryTimes[]> {
  const results: QueryTimes[] = [];
  for (const [query, parameters] of Object.entries(QUERIES)) {
    for (const [clients, requests] of [
      [1, 200],
      [10, 50],
    ] as const) {
      const times = await loadTest(origin, `/api/v1/namespaces${parameters}`, clients, requests);
      results.push({ query, clients, times });
    }
  }
  return results;
}
