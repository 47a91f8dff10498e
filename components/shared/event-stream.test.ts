import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClusterChange, createEventStream, type Source } from './event-stream';

class FakeSource implements Source {
  readyState = 0;
  isClosed = false;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(type, listener);
  }
  close(): void {
    this.isClosed = true;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
    this.send('state', { status: 'live' });
  }
  fail(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.(new Event('error'));
  }
  send(type: string, data: unknown): void {
    this.#listeners.get(type)?.(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

function start() {
  const sources: FakeSource[] = [];
  const stream = createEventStream(() => {
    const source = new FakeSource();
    sources.push(source);
    return source;
  });
  const changes: ClusterChange[] = [];
  const leave = stream.subscribe((change) => changes.push(change));
  const last = () => sources.at(-1) ?? new FakeSource();
  return { sources, stream, changes, leave, last };
}

describe('createEventStream', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-01-02T03:04:05Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('opens one source for all its subscribers', () => {
    const { sources, stream } = start();
    stream.subscribe(() => undefined);
    stream.onConnection(() => undefined);
    expect(sources).toHaveLength(1);
  });

  it('passes on what changed', () => {
    const { last, changes } = start();
    last().open();
    last().send('change', { kinds: ['pods', 7], namespaces: ['shop'] });
    last().send('resync', {});
    expect(changes).toEqual([{ kinds: ['pods'], namespaces: ['shop'] }, null]);
  });

  it('stops telling a subscriber that left', () => {
    const { last, changes, leave } = start();
    last().open();
    leave();
    last().send('resync', {});
    expect(changes).toEqual([]);
  });

  it('says how the server stands with the cluster', () => {
    const { last, stream } = start();
    expect(stream.connection()).toEqual({ status: 'connecting', since: null });
    last().open();
    expect(stream.connection()).toEqual({ status: 'live', since: null });
    last().send('state', { status: 'stale', staleSince: '2026-01-01T00:00:00Z' });
    expect(stream.connection()).toEqual({ status: 'stale', since: '2026-01-01T00:00:00Z' });
    last().send('state', { status: 'syncing' });
    expect(stream.connection()).toEqual({ status: 'syncing', since: null });
  });

  it('says why the cluster is away, and reads all again when it is back', () => {
    const { last, stream, changes } = start();
    last().open();
    const since = '2026-01-01T00:00:00Z';
    last().send('state', { status: 'stale', staleSince: since, problem: 'unreachable' });
    expect(stream.connection()).toEqual({ status: 'stale', since, problem: 'unreachable' });
    last().send('state', { status: 'stale', staleSince: since, problem: 'unauthorized' });
    expect(stream.connection()).toEqual({ status: 'stale', since, problem: 'unauthorized' });
    last().send('state', { status: 'stale', staleSince: since, problem: 'of another version' });
    expect(stream.connection()).toEqual({ status: 'stale', since });
    expect(changes).toEqual([]);
    last().send('state', { status: 'live' });
    expect(changes).toEqual([null]);
  });

  it('leaves a dropped socket to the browser, keeps the first moment of the gap, then reads all again', () => {
    const { sources, last, stream, changes } = start();
    last().open();
    last().fail(0);
    vi.advanceTimersByTime(5_000);
    last().fail(0);
    expect(stream.connection()).toEqual({ status: 'reconnecting', since: '2026-01-02T03:04:05.000Z' });
    expect(sources).toHaveLength(1);
    last().open();
    expect(stream.connection().status).toBe('live');
    expect(changes).toEqual([null]);
  });

  it('opens anew when the browser gave up, later each time', () => {
    const { sources, last } = start();
    last().fail(2);
    vi.advanceTimersByTime(700);
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(600);
    expect(sources).toHaveLength(2);
    last().fail(2);
    vi.advanceTimersByTime(1_400);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1_200);
    expect(sources).toHaveLength(3);
    expect(sources.slice(0, 2).every(({ isClosed }) => isClosed)).toBe(true);
  });

  it('does not read all again after its first opening', () => {
    const { last, changes } = start();
    last().open();
    expect(changes).toEqual([]);
  });

  it('gives the connection back while paused and catches up afterwards', () => {
    const { sources, last, stream, changes } = start();
    last().open();
    stream.pause();
    expect(last().isClosed).toBe(true);
    stream.subscribe(() => undefined);
    expect(sources).toHaveLength(1);
    stream.resume();
    stream.resume();
    expect(sources).toHaveLength(2);
    last().open();
    expect(changes).toEqual([null]);
  });

  it('survives a payload that is no JSON', () => {
    const { last, changes } = start();
    last().open();
    last().send('change', 'x');
    expect(changes).toEqual([null]);
  });
});
