import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 200;

/** Asks again until the answer is yes; an error counts as no. Fails with what was waited for. */
export async function untilTrue(what: string, withinMs: number, ask: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await ask().catch(() => false))) {
    if (Date.now() > end) throw new Error(`Waited ${withinMs / 1000} s in vain: ${what}.`);
    await pause(POLL_MS);
  }
}
