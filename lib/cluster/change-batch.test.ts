import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChangeBatch, ChangeBatcher } from './change-batch';

describe('ChangeBatcher', () => {
  const batches: ChangeBatch[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    batches.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  const started = () => {
    const batcher = new ChangeBatcher(50);
    batcher.subscribe((batch) => batches.push(batch));
    return batcher;
  };

  it('gathers changes into one batch and names each object once', () => {
    const batcher = started();
    batcher.add(1, 'pods', [{ namespace: 'web', name: 'a', type: 'added' }]);
    batcher.add(2, 'pods', [{ namespace: 'web', name: 'a', type: 'modified' }]);
    batcher.add(3, 'namespaces', [{ namespace: '', name: 'db', type: 'deleted' }]);
    vi.advanceTimersByTime(49);
    expect(batches).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(batches).toEqual([
      {
        version: 3,
        kinds: ['pods', 'namespaces'],
        namespaces: ['web', 'db'],
        objects: [
          { kind: 'pods', namespace: 'web', name: 'a', type: 'added' },
          { kind: 'namespaces', namespace: '', name: 'db', type: 'deleted' },
        ],
        isTruncated: false,
        hasStateChange: false,
      },
    ]);
  });

  it('names at most 500 objects and says that there are more', () => {
    const batcher = started();
    const many = Array.from({ length: 600 }, (_, n) => ({ namespace: `n${n}`, name: 'a', type: 'added' as const }));
    batcher.add(1, 'pods', many);
    vi.advanceTimersByTime(50);
    expect(batches[0]?.objects.length).toBe(500);
    expect(batches[0]?.namespaces.length).toBe(600);
    expect(batches[0]?.isTruncated).toBe(true);
  });

  it('sends nothing after it is closed', () => {
    const batcher = started();
    batcher.addStateChange(1);
    batcher.close();
    vi.advanceTimersByTime(100);
    expect(batches).toEqual([]);
  });
});
