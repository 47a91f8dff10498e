import type { JsonObject } from './object-types';

export interface StatusCause {
  readonly reason?: string;
  readonly message: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** What is named in `details` of an error: a resource and perhaps one object of it. */
export interface ErrorSubject {
  readonly group: string;
  readonly plural: string;
  readonly name?: string;
}

const STATUS_OF: Readonly<Record<string, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
};

/** A refusal in Kubernetes' own shape: `toStatus()` is the body that a client gets. */
export class ApiError extends Error {
  readonly reason: string;
  readonly code: number;
  readonly details: StatusDetails | undefined;
  /** Of the Status itself: where a list that has expired may go on. */
  readonly continueToken: string | undefined;

  constructor(reason: string, message: string, details?: StatusDetails, code?: number, continueToken?: string) {
    super(message);
    this.name = 'ApiError';
    this.reason = reason;
    this.code = code ?? STATUS_OF[reason] ?? 500;
    this.details = details;
    this.continueToken = continueToken;
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.continueToken === undefined ? {} : { continue: this.continueToken },
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.code,
    };
  }
}

function detailsOf(subject: ErrorSubject): StatusDetails {
  return {
    ...(subject.name === undefined ? {} : { name: subject.name }),
    ...(subject.group === '' ? {} : { group: subject.group }),
    kind: subject.plural,
  };
}

/** `deployments.apps "web"`: how messages name an object. */
function qualified(subject: ErrorSubject): string {
  const resource = subject.group === '' ? subject.plural : `${subject.plural}.${subject.group}`;
  return subject.name === undefined ? resource : `${resource} "${subject.name}"`;
}

export function notFound(subject: ErrorSubject): ApiError {
  return new ApiError('NotFound', `${qualified(subject)} not found`, detailsOf(subject));
}

export function alreadyExists(subject: ErrorSubject, isGoing = false): ApiError {
  const message = `${isGoing ? 'object is being deleted: ' : ''}${qualified(subject)} already exists`;
  return new ApiError('AlreadyExists', message, detailsOf(subject));
}

export function conflict(subject: ErrorSubject, why: string): ApiError {
  const resource = qualified({ group: subject.group, plural: subject.plural });
  const message = `Operation cannot be fulfilled on ${resource} "${subject.name ?? ''}": ${why}`;
  return new ApiError('Conflict', message, detailsOf(subject));
}

export const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

export function forbidden(subject: ErrorSubject, why: string, causes?: readonly StatusCause[]): ApiError {
  const details = causes === undefined ? detailsOf(subject) : { ...detailsOf(subject), causes };
  return new ApiError('Forbidden', `${qualified(subject)} is forbidden: ${why}`, details);
}

export function badRequest(message: string): ApiError {
  return new ApiError('BadRequest', message);
}

export function expired(message: string): ApiError {
  return new ApiError('Expired', message);
}

const EXPIRED_PAGE =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** A page of a list that is forgotten, with the token that goes on in the present state. */
export function expiredPage(continueToken: string): ApiError {
  return new ApiError('Expired', EXPIRED_PAGE, undefined, undefined, continueToken);
}

/** 422 with one cause per field, joined in the message the way the real server joins them. */
export function invalid(group: string, kind: string, name: string, causes: readonly StatusCause[]): ApiError {
  const all = causes.map((cause) => (cause.field === undefined ? cause.message : `${cause.field}: ${cause.message}`));
  const texts = [...new Set(all)];
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const kindText = group === '' ? kind : `${kind}.${group}`;
  const details = {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    ...(kind === '' ? {} : { kind }),
    causes,
  };
  return new ApiError('Invalid', `${kindText} "${name}" is invalid: ${text}`, details);
}
