import { setTimeout as pause } from 'node:timers/promises';
import type { KubeClient } from '@/testbed/kube-client';
import { type Change, changesOf, namespaceOf } from './churn-steps';

const NAMESPACES = 6;
const EVERY_MS = 250;
const REQUEST_MS = 2_000;

export interface Churn {
  /** Requests that the API server accepted so far. */
  readonly done: () => number;
  /** Lets the cluster come to rest, and goes on. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/**
 * Keeps changing a cluster past the dashboard: namespaces come and go, with what is in them, and labels change. What
 * stands there at any time is about the same. A request that fails is let go, but no namespace is left behind for good.
 */
export function startChurn(client: () => KubeClient): Churn {
  let isStopped = false;
  let isPaused = false;
  let done = 0;
  const old = new Set<string>();
  const send = async (change: Change): Promise<number> => {
    const { status } = await client()
      .request({ ...change, signal: AbortSignal.timeout(REQUEST_MS) })
      .catch(() => ({ status: 0 }));
    if (status >= 200 && status < 300) done += 1;
    return status;
  };
  const remove = async (name: string) => {
    const status = await send({ method: 'DELETE', path: `/api/v1/namespaces/${name}` });
    if (status === 404) old.delete(name);
  };
  const run = async () => {
    for (let step = 0; !isStopped; step += isPaused ? 0 : 1) {
      const started = Date.now();
      if (!isPaused) {
        const { changes, round, isFirst } = changesOf(step);
        if (isFirst && round >= NAMESPACES) old.add(namespaceOf(round - NAMESPACES));
        await Promise.all([...changes.map(send), ...(isFirst ? [...old].map(remove) : [])]);
      }
      await pause(Math.max(0, EVERY_MS - (Date.now() - started)));
    }
  };
  const ended = run();
  return {
    done: () => done,
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    stop: async () => {
      isStopped = true;
      await ended;
    },
  };
}
