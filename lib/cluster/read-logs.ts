import 'server-only';
import { objectPath } from './read-object';
import type { ClusterSession } from './session';
import { splitLines } from './split-lines';

export interface LogRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  /** The container's run before the present one. */
  readonly isPrevious?: boolean;
}

const DEFAULT_TAIL_LINES = 200;
const DEFAULT_LIMIT_BYTES = 512 * 1024;

/** The last lines that a container wrote, oldest first. */
export async function readLogs(
  session: ClusterSession,
  request: LogRequest,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { namespace, pod, container } = request;
  const chunks = await session.transport.stream({
    path: `${await objectPath(session, 'pods', namespace, pod)}/log`,
    accept: '*/*',
    query: {
      container,
      tailLines: request.tailLines ?? DEFAULT_TAIL_LINES,
      limitBytes: request.limitBytes ?? DEFAULT_LIMIT_BYTES,
      previous: request.isPrevious === true ? true : undefined,
    },
    ...(signal === undefined ? {} : { signal }),
  });
  const all: string[] = [];
  for await (const lines of splitLines(chunks)) all.push(...lines);
  return all;
}
