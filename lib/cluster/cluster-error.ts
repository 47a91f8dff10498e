import 'server-only';

export type ClusterErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'gone'
  | 'unreachable'
  | 'untrusted'
  | 'timeout'
  | 'webhook-failed'
  | 'unsupported'
  | 'internal';

export interface ClusterErrorOptions {
  readonly cause?: unknown;
  /** The HTTP status, when the API server answered at all. */
  readonly status?: number;
  /** The API server's own words, where it gave any. */
  readonly said?: string;
  /** What the caller may show beside the message: `details` of a Kubernetes Status, or the current state on a conflict. */
  readonly details?: unknown;
  /** How long the API server asked to wait. */
  readonly retryAfterMs?: number;
}

/** The only error that this layer throws. The message names the object and the next step; code decides on `code`. */
export class ClusterError extends Error {
  readonly code: ClusterErrorCode;
  readonly status: number | undefined;
  readonly said: string | undefined;
  readonly details: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(code: ClusterErrorCode, message: string, options: ClusterErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'ClusterError';
    this.code = code;
    this.status = options.status;
    this.said = options.said;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A ClusterError as it is; anything else as an `internal` one with the cause kept. */
export function toClusterError(error: unknown): ClusterError {
  if (isClusterError(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new ClusterError('internal', `Unexpected failure while talking to the cluster: ${text}`, { cause: error });
}

const OF_CONNECTION: ReadonlySet<string> = new Set(['unreachable', 'untrusted', 'timeout', 'unauthorized']);

/** Whether it says something about the way to the API server, so that one success ends the wait of all others. */
export function isOfConnection({ code, retryAfterMs }: ClusterError): boolean {
  return OF_CONNECTION.has(code) && retryAfterMs === undefined;
}

/** Also true for an instance that another copy of this module made, as a server build has several. */
export function isClusterError(error: unknown): error is ClusterError {
  return error instanceof ClusterError || (error instanceof Error && error.name === 'ClusterError' && 'code' in error);
}
