import { describe, expect, it } from 'vitest';
import { ApiError } from '@/components/shared/api-error';
import { type BulkStatus, runBulk } from './run-bulk';

const IDS = Array.from({ length: 10 }, (_none, index) => `ns-${index}`);

/** Runs ten pieces of work that end one turn after they began. */
async function run(work: (id: string) => void = () => undefined, control = new AbortController()) {
  const last = new Map<string, BulkStatus<string>>();
  const seen: string[] = [];
  let busy = 0;
  let busiest = 0;
  await runBulk(IDS, {
    signal: control.signal,
    work: async (id) => {
      busy += 1;
      busiest = Math.max(busiest, busy);
      await new Promise((resolve) => setTimeout(resolve, 1));
      busy -= 1;
      work(id);
      return id.toUpperCase();
    },
    onStatus: (id, status) => {
      last.set(id, status);
      seen.push(`${id} ${status.kind}`);
    },
  });
  return { last, seen, busiest, kinds: IDS.map((id) => last.get(id)?.kind) };
}

describe('runBulk', () => {
  it('ends all of them, four at a time, and tells the results', async () => {
    const { last, busiest, seen } = await run();
    expect(busiest).toBe(4);
    expect(last.get('ns-7')).toEqual({ kind: 'done', result: 'NS-7' });
    expect(seen.filter((text) => text.endsWith('running'))).toHaveLength(10);
  });

  it('goes on after one that fails, and says why it did', async () => {
    const { last, kinds } = await run((id) => {
      if (id === 'ns-2') throw new ApiError('forbidden', 'no right', 403);
    });
    expect(last.get('ns-2')).toMatchObject({ kind: 'failed', error: { code: 'forbidden', message: 'no right' } });
    expect(kinds.filter((kind) => kind === 'done')).toHaveLength(9);
  });

  it('begins nothing more once it is cancelled, and ends what runs', async () => {
    const control = new AbortController();
    const { kinds } = await run((id) => {
      if (id === 'ns-0') control.abort();
    }, control);
    expect(kinds.slice(0, 4)).toEqual(['done', 'done', 'done', 'done']);
    expect(kinds.slice(4)).toEqual(Array.from({ length: 6 }, () => 'cancelled'));
  });
});
