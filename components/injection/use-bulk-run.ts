'use client';
import { useEffect, useRef, useState } from 'react';
import { postJson } from '@/components/shared/api-client';
import { type InjectionActionName, type InjectionResult, injectionResultSchema } from '@/lib/api/injection';
import { injectionPath } from './injection-paths';
import { type BulkStatus, runBulk } from './run-bulk';
import { partOfNamespace } from './undo-part';
import { recordAction } from './undo-store';

/** A namespace to switch, at the version that the person saw. */
export interface BulkTarget {
  readonly name: string;
  readonly resourceVersion: string;
}

const WAITING: BulkStatus<never> = { kind: 'waiting' };

/** Switches many namespaces, a few at a time; what was written is one action, which one undo takes back. */
export function useBulkRun(action: InjectionActionName, revision: string | undefined) {
  const [statuses, setStatuses] = useState<ReadonlyMap<string, BulkStatus<InjectionResult>>>(new Map());
  const [isRunning, setIsRunning] = useState(false);
  const [actionIds, setActionIds] = useState<readonly number[]>([]);
  const stop = useRef<AbortController>(undefined);
  // A dialog that is closed begins nothing more; what was begun ends, and stays to be taken back.
  useEffect(() => () => stop.current?.abort(), []);

  const start = async (targets: readonly BulkTarget[]) => {
    const control = new AbortController();
    stop.current = control;
    setIsRunning(true);
    setStatuses((before) => new Map([...before, ...targets.map(({ name }) => [name, WAITING] as const)]));
    const written: InjectionResult[] = [];
    const versions = new Map(targets.map(({ name, resourceVersion }) => [name, resourceVersion]));
    await runBulk(
      targets.map(({ name }) => name),
      {
        signal: control.signal,
        work: async (name) => {
          const body = { action, resourceVersion: versions.get(name), ...(revision === undefined ? {} : { revision }) };
          const result = injectionResultSchema.parse(await postJson(injectionPath(name), body));
          written.push(result);
          return result;
        },
        onStatus: (name, status) => setStatuses((before) => new Map(before).set(name, status)),
      },
    );
    if (written.length > 0) {
      const id = recordAction(action, written.map(partOfNamespace));
      setActionIds((before) => [...before, id]);
    }
    setIsRunning(false);
  };

  const count = (kind: BulkStatus<InjectionResult>['kind']) =>
    [...statuses.values()].filter((status) => status.kind === kind).length;
  return {
    statuses,
    isRunning,
    actionIds,
    start,
    cancel: () => stop.current?.abort(),
    /** Takes these for not tried yet, to be looked at again and started anew. */
    forget: (names: readonly string[]) =>
      setStatuses((before) => new Map([...before].filter(([name]) => !names.includes(name)))),
    count,
    namesOf: (...kinds: readonly BulkStatus<InjectionResult>['kind'][]) =>
      [...statuses].filter(([, { kind }]) => kinds.includes(kind)).map(([name]) => name),
  };
}
