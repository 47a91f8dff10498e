import type { AdmissionOptions } from './admission';
import { invalid, type StatusCause } from './api-error';
import { managerOf, type ResourceContext, writeOptionsOf } from './resource-context';
import { required } from './validate-names';

export type FieldValidation = 'Ignore' | 'Strict' | 'Warn';

export interface RequestOptions {
  readonly write: AdmissionOptions;
  readonly fieldValidation: FieldValidation;
  readonly force: boolean;
}

const LONGEST_MANAGER = 128;
const VALIDATIONS: readonly string[] = ['', 'Ignore', 'Strict', 'Warn'];

function isValidation(text: string): text is FieldValidation {
  return text !== '' && VALIDATIONS.includes(text);
}

/** The options of a create, update or patch; 422 for what they may not say. `isApply` is set for a server-side apply. */
export function readRequestOptions(
  context: ResourceContext,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  isApply = false,
): RequestOptions {
  const { query } = context;
  const validation = query.get('fieldValidation') ?? '';
  const problems = [
    ...(kind === 'PatchOptions' ? patchProblems(query, isApply) : []),
    ...managerProblems(query.get('fieldManager') ?? ''),
    ...dryRunProblems(query.getAll('dryRun')),
    ...(VALIDATIONS.includes(validation) ? [] : [unsupportedValue('fieldValidation', validation, VALIDATIONS)]),
  ];
  if (problems.length > 0) throw invalid('meta.k8s.io', kind, '', problems);
  return {
    write: { ...writeOptionsOf(context), manager: managerOf(context) },
    fieldValidation: isValidation(validation) ? validation : 'Warn',
    force: query.has('force') && query.get('force') !== 'false' && query.get('force') !== '0',
  };
}

function patchProblems(query: URLSearchParams, isApply: boolean): StatusCause[] {
  if (isApply)
    return (query.get('fieldManager') ?? '') === '' ? [required('fieldManager', 'is required for apply patch')] : [];
  return query.has('force')
    ? [
        {
          reason: 'FieldValueForbidden',
          message: 'Forbidden: may not be specified for non-apply patch',
          field: 'force',
        },
      ]
    : [];
}

function managerProblems(manager: string): StatusCause[] {
  const problems: StatusCause[] = [];
  if (Buffer.byteLength(manager) > LONGEST_MANAGER) {
    const message = `Too long: may not be more than ${LONGEST_MANAGER} bytes`;
    problems.push({ reason: 'FieldValueTooLong', message, field: 'fieldManager' });
  }
  for (const [at, character] of [...manager].entries()) {
    if (!/[\p{C}\p{Z}]/u.test(character) || character === ' ') continue;
    const code = character.codePointAt(0) ?? 0;
    const shown = [...manager].map(visible).join('');
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    const message = `Invalid value: "${shown}": invalid character ${name} (at position ${at})`;
    problems.push({ reason: 'FieldValueInvalid', message, field: 'fieldManager' });
  }
  return problems;
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : character;
}

export function dryRunProblems(values: readonly string[]): StatusCause[] {
  if (values.every((value) => value === 'All')) return [];
  return [{ ...unsupportedValue('dryRun', values, ['All']) }];
}

/** A value that is none of those supported, in the order given. */
export function unsupportedValue(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const list = supported.map((one) => `"${one}"`).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
    field,
  };
}
