import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission, AdmissionOptions } from './admission';
import type { DemoUser } from './bound-rules';
import { type KindRow, resourceId } from './kind-row';
import type { ObjectRef } from './object-types';
import type { ResourceRequest } from './parse-request';
import type { ReadPodLog } from './pod-log';
import type { Rendering } from './render-objects';
import type { Store } from './store';

/** All that a handler needs to answer one request for objects of a kind. */
export interface ResourceContext {
  readonly store: Store;
  readonly admission: Admission;
  readonly row: KindRow;
  readonly request: ResourceRequest;
  readonly query: URLSearchParams;
  readonly user: DemoUser;
  readonly rendering: Rendering;
  readonly warnings: string[];
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly readPodLog: ReadPodLog;
  readonly bookmarkIntervalMs: number;
}

export const resourceOf = (context: ResourceContext): string => resourceId(context.row);

export function refOf({ request }: ResourceContext): ObjectRef {
  return { name: request.name ?? '', namespace: request.namespace };
}

/** The manager that managedFields name: `fieldManager`, or the client's program. */
export function managerOf({ query, incoming }: ResourceContext): string {
  const given = query.get('fieldManager') ?? '';
  if (given !== '') return given;
  return (incoming.headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown';
}

export function writeOptionsOf(context: ResourceContext): AdmissionOptions {
  const { user, warnings } = context;
  return {
    manager: managerOf(context),
    dryRun: context.query.get('dryRun') === 'All',
    user: { username: user.name, groups: user.groups },
    version: context.request.version,
    onWarning: (text) => warnings.push(text),
  };
}
