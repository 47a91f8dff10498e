/** What a request ended with when it did not end well. Code decides on `code`; `message` is for people. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(code: string, message: string, status = 0, details?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Anything thrown while reading, as an ApiError: our own as it is, the rest under `network` or `bad-answer`. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof TypeError) return new ApiError('network', message);
  return new ApiError('bad-answer', message);
}

/** The right that a forbidden answer names, where it names one. */
export function readMissingRight(error: ApiError): string | null {
  const { details } = error;
  if (typeof details !== 'object' || details === null || !('right' in details)) return null;
  return typeof details.right === 'string' ? details.right : null;
}
