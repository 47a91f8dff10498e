import { ABSENT } from './match-value';
import type { AnswerExpectation, RowRequest, SendStep } from './row';

type Json = Readonly<Record<string, unknown>>;

/** What a step may say beside its request. */
export type More = Omit<SendStep, 'send' | 'expect'> & Pick<RowRequest, 'query' | 'contentType'>;

const CREATED: AnswerExpectation = { status: 201 };
export const OK: AnswerExpectation = { status: 200 };

function step(method: string, path: string, body: unknown, expect: AnswerExpectation, more: More): SendStep {
  const { query, contentType, ...rest } = more;
  const send = {
    method,
    path,
    ...(body === undefined ? {} : { body }),
    ...(query === undefined ? {} : { query }),
    ...(contentType === undefined ? {} : { contentType }),
  };
  return { send, expect, ...rest };
}

export const post = (path: string, body: unknown, expect = CREATED, more: More = {}) =>
  step('POST', path, body, expect, more);

export const put = (path: string, body: unknown, expect = OK, more: More = {}) => step('PUT', path, body, expect, more);

export const get = (path: string, expect = OK, more: More = {}) => step('GET', path, undefined, expect, more);

export const remove = (path: string, options?: unknown, expect = OK, more: More = {}) =>
  step('DELETE', path, options, expect, more);

const patchOf =
  (contentType: string) =>
  (path: string, body: unknown, expect = OK, more: More = {}) =>
    step('PATCH', path, body, expect, { contentType, ...more });

export const jsonPatch = patchOf('application/json-patch+json');
export const mergePatch = patchOf('application/merge-patch+json');
export const strategicPatch = patchOf('application/strategic-merge-patch+json');

/** A server-side apply by the given manager. */
export const apply = (manager: string, path: string, body: unknown, expect = OK, more: More = {}) =>
  patchOf('application/apply-patch+yaml')(path, body, expect, {
    ...more,
    query: { ...more.query, fieldManager: manager },
  });

/** Asks until the answer is as expected: what a controller does, it does in its own time. */
export const eventually = (sent: SendStep): SendStep => ({ ...sent, isEventual: true });

/** Not compared between the clusters: `expect` says all that they share. */
export const own = (sent: SendStep): SendStep => ({ ...sent, isOwnToCluster: true });

export const holds = (body: Json): AnswerExpectation => ({ status: 200, body });
export const makes = (body: Json): AnswerExpectation => ({ status: 201, body });

/** A refusal with its whole message; `details` has to be asked for. */
export function refused(status: number, reason: string, message: string | RegExp, more: Json = {}): AnswerExpectation {
  return {
    status,
    body: {
      kind: 'Status',
      status: 'Failure',
      message,
      reason: reason === '' ? ABSENT : reason,
      code: status,
      ...more,
    },
  };
}

export const badRequest = (message: string | RegExp) => refused(400, 'BadRequest', message, { details: ABSENT });

/** A resource as messages name it, and as `details` do. */
export interface Subject {
  readonly group?: string;
  /** `configmaps`, or for what is invalid `ConfigMap`. */
  readonly kind: string;
  readonly name?: string;
}

const detailsOf = ({ group, kind, name }: Subject) => ({ name: name ?? ABSENT, group: group ?? ABSENT, kind });
const full = ({ group, kind }: Subject) => (group === undefined ? kind : `${kind}.${group}`);

export const notFound = (subject: Subject) =>
  refused(404, 'NotFound', `${full(subject)} "${subject.name}" not found`, { details: detailsOf(subject) });

export const alreadyExists = (subject: Subject) =>
  refused(409, 'AlreadyExists', `${full(subject)} "${subject.name}" already exists`, { details: detailsOf(subject) });

export const conflict = (subject: Subject, why: string | RegExp) => {
  const start = `Operation cannot be fulfilled on ${full(subject)} "${subject.name}": `;
  return refused(409, 'Conflict', typeof why === 'string' ? start + why : why, { details: detailsOf(subject) });
};

export const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

export type Problem = readonly [field: string, reason: string, message: string];

export const bad = (field: string, value: unknown, why: string): Problem => [
  field,
  'FieldValueInvalid',
  `Invalid value: ${JSON.stringify(value)}: ${why}`,
];
export const lacks = (field: string, why?: string): Problem => [
  field,
  'FieldValueRequired',
  `Required value${why === undefined ? '' : `: ${why}`}`,
];
export const forbids = (field: string, why: string): Problem => [field, 'FieldValueForbidden', `Forbidden: ${why}`];
export const repeats = (field: string, value: string): Problem => [
  field,
  'FieldValueDuplicate',
  `Duplicate value: "${value}"`,
];
export const misses = (field: string, value: string): Problem => [field, 'FieldValueNotFound', `Not found: "${value}"`];
export const unknown = (field: string, value: unknown, ...supported: readonly string[]): Problem => [
  field,
  'FieldValueNotSupported',
  `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported.map((one) => `"${one}"`).join(', ')}`,
];

/** 422 with exactly these causes; a cause that comes twice is told once. */
export function invalid(subject: Subject, ...problems: readonly Problem[]): AnswerExpectation {
  const texts = [...new Set(problems.map(([field, , message]) => `${field}: ${message}`))];
  const text = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const causes = problems.map(([field, reason, message]) => ({ reason, message, field }));
  const message = `${full(subject)} "${subject.name ?? ''}" is invalid: ${text}`;
  return refused(422, 'Invalid', message, { details: { ...detailsOf(subject), causes } });
}

/** 422 for the options of a request. */
export const badOptions = (kind: string, ...problems: readonly Problem[]) =>
  invalid({ group: 'meta.k8s.io', kind }, ...problems);

/** The one warning header of an answer. */
export const warned = (...texts: readonly string[]) => ({
  warning: texts.map((text) => `299 - "${text.replace(/["\\]/g, '\\$&')}"`).join(', '),
});
