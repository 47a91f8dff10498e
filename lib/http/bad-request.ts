import 'server-only';

/** A request that is at fault; answered with its status and code. */
export class BadRequest extends Error {
  readonly status: number;
  readonly code: string;

  constructor(message: string, code = 'bad-request', status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
