import type { StatusCause } from './api-error';
import { goJson } from './go-text';
import { invalidValue } from './validate-names';

/** Complaints that many kinds share, in the real server's words. */

const quoted = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');

/** A value that is none of those supported; they are listed in order, unless the kind keeps its own. */
export function unsupported(
  field: string,
  value: unknown,
  supported: readonly string[],
  isOwnOrder = false,
): StatusCause {
  const list = quoted(isOwnOrder ? supported : [...supported].sort());
  const message = `Unsupported value: ${goJson(value)}: supported values: ${list}`;
  return { reason: 'FieldValueNotSupported', message, field };
}

export function duplicate(field: string, value: unknown): StatusCause {
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(value)}`, field };
}

export function forbiddenField(field: string, why: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field };
}

export function notFoundValue(field: string, value: string): StatusCause {
  return { reason: 'FieldValueNotFound', message: `Not found: ${JSON.stringify(value)}`, field };
}

export function negative(field: string, value: unknown): StatusCause[] {
  return typeof value === 'number' && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : [];
}

const HIGHEST_PORT = 65_535;

export function portProblems(field: string, port: unknown): StatusCause[] {
  const isPort = typeof port === 'number' && port >= 1 && port <= HIGHEST_PORT;
  return isPort ? [] : [invalidValue(field, port, 'must be between 1 and 65535, inclusive')];
}

/** A port by number or by name. */
export function portOrNameProblems(field: string, port: unknown): StatusCause[] {
  return typeof port === 'string' ? portNameProblems(field, port) : portProblems(field, port);
}

const LONGEST_PORT_NAME = 15;

export function portNameProblems(field: string, name: string): StatusCause[] {
  const problems: string[] = [];
  if (name.length > LONGEST_PORT_NAME) problems.push(`must be no more than ${LONGEST_PORT_NAME} characters`);
  if (!/^[-a-z0-9]+$/.test(name))
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) problems.push('must contain at least one letter (a-z)');
  if (name.includes('--')) problems.push('must not contain consecutive hyphens');
  if (/^-|-$/.test(name)) problems.push('must not begin or end with a hyphen');
  return problems.map((problem) => invalidValue(field, name, problem));
}

const PERCENT_RULE =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** A count or a share such as `25%`. */
export function countOrPercentProblems(field: string, value: unknown): StatusCause[] {
  if (typeof value === 'string') return /^[0-9]+%$/.test(value) ? [] : [invalidValue(field, value, PERCENT_RULE)];
  return negative(field, value);
}

export function aboveHundredPercent(field: string, value: unknown): StatusCause[] {
  const percent = typeof value === 'string' ? /^([0-9]+)%$/.exec(value)?.[1] : undefined;
  return percent !== undefined && Number(percent) > 100
    ? [invalidValue(field, value, 'must not be greater than 100%')]
    : [];
}
