import { describe, expect, it } from 'vitest';
import type { EventRecord } from '@/lib/core/kube/records';
import { newestOf, surplusOf } from './keep-newest';

const event = (name: string, second: number, pod = 'web-1'): EventRecord => ({
  kind: 'Event',
  name,
  namespace: 'web',
  uid: name,
  resourceVersion: '1',
  createdAt: '2026-01-01T00:00:00Z',
  labels: {},
  annotations: {},
  reason: 'BackOff',
  message: '',
  type: 'Warning',
  count: 1,
  lastSeen: `2026-01-01T00:00:0${second}Z`,
  involved: { kind: 'Pod', name: pod, uid: pod },
});
const keep = { perInvolved: 2, total: 3 };
const names = (events: readonly EventRecord[]) => events.map(({ name }) => name);

describe('events kept', () => {
  it('are the newest of each object, then the newest of all', () => {
    const many = [event('a1', 1), event('a2', 2), event('a3', 3), event('b', 4, 'b'), event('c', 5, 'c')];
    expect(names(newestOf(many, keep))).toEqual(['c', 'b', 'a3']);
  });

  it.each<[name: string, events: EventRecord[], gone: string[]]>([
    ['none goes within the bounds', [event('a', 1), event('b', 2)], []],
    ['the oldest of the object goes first', [event('a', 1), event('x', 0, 'x'), event('b', 2), event('c', 3)], ['a']],
    ['then the oldest of all', [event('a', 1), event('x', 0, 'x'), event('y', 2, 'y'), event('c', 3)], ['x']],
  ])('%s', (_name, events, gone) => {
    expect(names(surplusOf(events, events[events.length - 1] as EventRecord, keep))).toEqual(gone);
  });
});
