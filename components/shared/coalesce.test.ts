import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { coalesce } from './coalesce';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('runs once for a burst, and again only after the gap', () => {
  const work = vi.fn();
  const { call } = coalesce(work);
  for (let time = 0; time < 10; time += 1) call();
  expect(work).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(120);
  expect(work).toHaveBeenCalledTimes(1);
  call();
  vi.advanceTimersByTime(500);
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(work).toHaveBeenCalledTimes(2);
});

it('runs no more once cancelled', () => {
  const work = vi.fn();
  const { call, cancel } = coalesce(work);
  call();
  cancel();
  vi.advanceTimersByTime(1_000);
  expect(work).not.toHaveBeenCalled();
});
