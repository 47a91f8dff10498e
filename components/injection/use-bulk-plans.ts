'use client';
import { useCallback, useEffect, useState } from 'react';
import { getJson } from '@/components/shared/api-client';
import { type InjectionActionName, injectionPlanAnswerSchema } from '@/lib/api/injection';
import type { BulkPlan } from './bulk-plan';
import { injectionPath } from './injection-paths';
import { runBulk } from './run-bulk';

const READING: BulkPlan = { kind: 'reading' };

/** Reads what a switch would do to each of many namespaces; `read` reads some of them again. */
export function useBulkPlans(names: readonly string[], action: InjectionActionName, revision: string | undefined) {
  const [plans, setPlans] = useState<ReadonlyMap<string, BulkPlan>>(new Map());
  const read = useCallback(
    (some: readonly string[], signal: AbortSignal) => {
      const set = (name: string, plan: BulkPlan) => {
        if (!signal.aborted) setPlans((before) => new Map(before).set(name, plan));
      };
      for (const name of some) set(name, READING);
      const query = new URLSearchParams({ action, ...(revision === undefined ? {} : { revision }) });
      return runBulk(some, {
        signal,
        work: async (name) => injectionPlanAnswerSchema.parse(await getJson(`${injectionPath(name)}?${query}`, signal)),
        onStatus: (name, status) => {
          if (status.kind === 'done') set(name, { kind: 'read', plan: status.result });
          if (status.kind === 'failed') set(name, status);
        },
      });
    },
    [action, revision],
  );
  useEffect(() => {
    const stop = new AbortController();
    void read(names, stop.signal);
    return () => stop.abort();
  }, [names, read]);
  const planOf = (name: string): BulkPlan => plans.get(name) ?? READING;
  return { planOf, readAgain: (some: readonly string[]) => void read(some, new AbortController().signal) };
}
