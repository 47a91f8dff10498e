import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsAnswerSchema } from '@/lib/api/problems';
import { errorOf, fetchRoute, startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ scenario: 'tricky' });
});
afterAll(() => api.stop());

const PATH = '/api/v1/problems';
const read = async (query = '', headers: Record<string, string> = {}) =>
  problemsAnswerSchema.parse((await api.get(`${PATH}${query}`, headers)).body);
const download = (query: string, headers: Record<string, string> = {}) => fetchRoute(`${PATH}${query}`, { headers });
const RANK = { error: 0, warning: 1, notice: 2 };

describe('GET /problems', () => {
  it('groups by cause, worst first, and its rows add up to the groups', async () => {
    const { groups, items, list, summary } = await read('?limit=500');
    const ranks = groups.map(({ severity }) => RANK[severity]);
    expect(ranks).toEqual([...ranks].sort());
    expect(new Set(groups.map(({ severity }) => severity))).toContain('error');
    for (const group of groups) {
      const rows = items.filter(({ cause }) => cause === group.cause);
      expect(rows, group.cause).toHaveLength(group.objects);
      expect(
        rows.reduce((sum, { pods }) => sum + pods, 0),
        group.cause,
      ).toBe(group.pods);
    }
    expect(list).toEqual({ total: items.length, all: items.length });
    expect(summary.causes).toBe(groups.length);
    expect(summary.namespaces).toEqual([...summary.namespaces].sort());
  });

  it('says what was looked at', async () => {
    const { checked } = await read();
    expect(checked.namespaces).toBe(api.cluster.store.list('namespaces').length);
    expect(checked.webhookConfigurations).toBeGreaterThan(0);
    expect(checked.pods).toBeGreaterThan(0);
  });

  it('gives one page after the other, each row once', async () => {
    const { items: all } = await read('?limit=500');
    const seen: unknown[] = [];
    let next: string | undefined = '0';
    while (next !== undefined) {
      const page: Awaited<ReturnType<typeof read>> = await read(`?limit=3&continue=${next}`);
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items);
      next = page.list.continue;
    }
    expect(seen).toEqual(all);
  });

  it('filters by severity, cause, namespace and text, and keeps the other causes in sight', async () => {
    const all = await read('?limit=500');
    const [first] = all.groups;
    const namespace = all.items.find(({ cause }) => cause === first?.cause)?.namespace ?? '';
    const errors = await read('?limit=500&severity=error');
    expect(errors.items).toEqual(all.items.filter(({ severity }) => severity === 'error'));
    const ofCause = await read(`?limit=500&cause=${first?.cause}`);
    expect(ofCause.items).toEqual(all.items.filter(({ cause }) => cause === first?.cause));
    expect(ofCause.groups).toEqual(all.groups);
    const there = await read(`?limit=500&namespace=${namespace}`);
    expect(there.items).toEqual(all.items.filter((row) => row.namespace === namespace));
    const found = await read(`?limit=500&search=${namespace.toUpperCase()}`);
    expect(found.items).toEqual(expect.arrayContaining(there.items));
    expect(found.summary).toEqual(all.summary);
    expect((await read('?search=there-is-no-such-thing')).groups).toEqual([]);
  });

  it.each(['cause', 'kind', 'namespace', 'name', 'pods'] as const)('sorts by %s, both ways', async (column) => {
    const up = (await read(`?limit=500&sort=${column}`)).items.map((row) => row[column]);
    const down = (await read(`?limit=500&sort=-${column}`)).items.map((row) => row[column]);
    expect(up).toEqual(
      [...up].sort((a, b) => (typeof a === 'number' ? a - Number(b) : a < String(b) ? -1 : a > String(b) ? 1 : 0)),
    );
    expect(down).toEqual([...up].reverse());
  });

  it('answers the same question with the same tag', async () => {
    const { headers } = await api.get(PATH);
    const again = await api.get(PATH, { 'if-none-match': headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it('gives a line for kubectl where one does it, and none that deletes', async () => {
    const { items } = await read('?limit=500');
    const lines = items.flatMap(({ remedies }) => remedies.flatMap(({ kubectl }) => kubectl ?? []));
    expect(lines.some((line) => line.includes('rollout restart'))).toBe(true);
    for (const line of lines) expect(line).toMatch(/^kubectl (-n \S+ (rollout restart|patch) |label namespace )/);
  });

  it.each(['?sort=age', '?severity=bad', '?limit=0', '?format=xml'])('refuses %s', async (query) => {
    const answer = await api.get(`${PATH}${query}`);
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'bad-request']);
  });
});

describe('GET /problems?format=…', () => {
  it('is a file with every row, whatever the limit', async () => {
    const { items } = await read('?limit=500');
    const answer = await download('?format=csv&limit=1');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="sidelight-problems-[\w.-]+\.csv"/,
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const text = bytes.toString('utf8').slice(1);
    expect(text.startsWith('severity,cause,title,kind,namespace,name,pods,because,remedy,kubectl\r\n')).toBe(true);
    for (const { name } of items) expect(text).toContain(`,${name},`);
  });

  it('speaks the language of its reader, and follows the filters', async () => {
    const answer = await download('?format=json&severity=error', { 'accept-language': 'zh-CN' });
    expect(answer.headers.get('content-disposition')).toContain('.json');
    const rows = (await answer.json()) as { severity: string; title: string; because: string }[];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.severity).toBe('error');
      expect(row.title).toMatch(/\p{Script=Han}/u);
      expect(row.because).not.toMatch(/^injection\./);
    }
  });

  it('keeps a spreadsheet from running what a message brings', async () => {
    const { items } = await read('?limit=500');
    expect(items.length).toBeGreaterThan(0);
    const text = await (await download('?format=csv')).text();
    const cells = text.slice(1).split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    expect(cells.filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
  });

  it('answers a wrong parameter as every route does', async () => {
    const answer = await download('?format=csv&severity=bad');
    expect(answer.status).toBe(400);
  });
});
