import { HttpClient, loadTest } from './http-client';
import { type Sample, sampleText } from './sample';

/** The list endpoints of /api/v1, as the pages ask them. */
export const LIST_PATHS: Readonly<Record<string, string>> = {
  'namespaces, first page': '/namespaces?limit=50',
  'namespaces, by problems': '/namespaces?limit=50&sort=-problems',
  'namespaces, searched': '/namespaces?limit=50&search=billing',
  'namespaces, page of 500': '/namespaces?limit=500',
  'workloads of a namespace': '/namespaces/accounts-dev-0004/workloads?limit=50',
  overview: '/overview',
  search: '/search?q=web&limit=20',
  'control planes': '/control-planes',
  'graph of a namespace': '/graph?namespaces=accounts-dev-0004',
  'graph of all': '/graph',
  clusters: '/clusters',
};

const CLIENTS = [
  { clients: 1, requests: 200 },
  { clients: 10, requests: 50 },
] as const;

export interface ListTimes {
  readonly list: string;
  readonly clients: number;
  readonly times: Sample;
  /** Of one answer, as it is sent. */
  readonly bytes: number;
}

/** Every list endpoint, asked by one and by ten clients at once. */
export async function measureLists(origin: string, say: (line: string) => void): Promise<ListTimes[]> {
  const results: ListTimes[] = [];
  const client = new HttpClient(origin);
  for (const [list, path] of Object.entries(LIST_PATHS)) {
    const bytes = Buffer.byteLength((await client.get(`/api/v1${path}`)).text);
    for (const { clients, requests } of CLIENTS) {
      const times = await loadTest(origin, `/api/v1${path}`, clients, requests);
      results.push({ list, clients, times, bytes });
      say(`${list}, ${clients} at once: ${sampleText(times)}`);
    }
  }
  client.close();
  return results;
}

/** A row per list, its percentiles at one and at ten clients. */
export function toListTable(all: readonly ListTimes[]): string {
  const text = (list: string, clients: number) => {
    const times = all.find((row) => row.list === list && row.clients === clients)?.times;
    return times === undefined ? '–' : [times.p50, times.p95, times.p99].map((ms) => ms.toFixed(1)).join(' / ');
  };
  const lists = [...new Map(all.map((row) => [row.list, row])).values()];
  const rows = lists.map(
    ({ list, bytes }) => `| ${list} | ${text(list, 1)} | ${text(list, 10)} | ${(bytes / 1024).toFixed(1)} KB |`,
  );
  return ['| GET /api/v1, p50 / p95 / p99 in ms | 1 client | 10 clients | answer |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
}
