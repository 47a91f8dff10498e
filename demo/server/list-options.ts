import { badRequest, invalid, type StatusCause } from './api-error';
import type { KindRow } from './kind-row';
import { parseSelection, type Selection } from './select-objects';

/** What a client asks of a list or a watch, read and checked. */
export interface ListOptions {
  readonly selection: Selection;
  /** 0: no limit. */
  readonly limit: number;
  readonly continueText: string;
  readonly resourceVersion: string;
  readonly match: string;
  /** Whether a watch starts with what is there; undefined for a list. */
  readonly sendInitialEvents: boolean | undefined;
  readonly allowBookmarks: boolean;
  /** 0: as long as the server likes; below: none. */
  readonly timeoutSeconds: number;
}

/**
 * Reads the query of a list or watch. 400 for what cannot be read, 422 for what does not go together.
 *
 * Source: k8s.io/apimachinery, pkg/apis/meta/internalversion, SetListOptionsDefaults and ValidateListOptions.
 */
export function parseListOptions(row: KindRow, query: URLSearchParams, isWatch: boolean): ListOptions {
  const limit = integerOf(query, 'limit');
  const timeoutSeconds = integerOf(query, 'timeoutSeconds');
  const selection = parseSelection(row, query);
  const resourceVersion = query.get('resourceVersion') ?? '';
  const givenMatch = query.get('resourceVersionMatch') ?? '';
  const initial = query.get('sendInitialEvents');
  const givenInitial = initial === null ? undefined : isTrue(initial);
  // A watch from any state is one that starts with what is there, and has been so for longer than the parameter.
  const isLegacy = isWatch && givenInitial === undefined && givenMatch === '' && ['', '0'].includes(resourceVersion);
  const options = {
    limit: Math.max(limit, 0),
    continueText: query.get('continue') ?? '',
    resourceVersion,
    match: isLegacy ? 'NotOlderThan' : givenMatch,
    sendInitialEvents: isLegacy ? true : givenInitial,
    allowBookmarks: isTrue(query.get('allowWatchBookmarks') ?? ''),
    timeoutSeconds,
  };
  const problems = isWatch ? watchProblems(options) : listProblems(options);
  if (problems.length > 0) throw invalid('meta.k8s.io', 'ListOptions', '', problems);
  return { ...options, selection: selection() };
}

/** Anything but an empty text, `false` and `0` is true. */
export function isTrue(text: string): boolean {
  return !['', '0', 'false'].includes(text.toLowerCase());
}

/** A number of the query, 0 without one; 400 for what is none. */
export function integerOf(query: URLSearchParams, field: string): number {
  const text = query.get(field) ?? '';
  if (text === '') return 0;
  if (!/^[-+]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

type Checked = Pick<ListOptions, 'match' | 'resourceVersion' | 'continueText' | 'sendInitialEvents'>;

const FIELD = 'resourceVersionMatch';
const forbid = (text: string, field = FIELD): StatusCause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${text}`,
  field,
});
const unsupported = (match: string, supported: readonly string[]): StatusCause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: "${match}": supported values: ${supported.map((one) => `"${one}"`).join(', ')}`,
  field: FIELD,
});

function listProblems({ match, resourceVersion, continueText, sendInitialEvents }: Checked): StatusCause[] {
  const problems: StatusCause[] = [];
  if (match !== '') {
    if (resourceVersion === '') problems.push(forbid(`${FIELD} is forbidden unless resourceVersion is provided`));
    if (continueText !== '') problems.push(forbid(`${FIELD} is forbidden when continue is provided`));
    if (!['Exact', 'NotOlderThan'].includes(match)) problems.push(unsupported(match, ['Exact', 'NotOlderThan', '']));
    if (match === 'Exact' && resourceVersion === '0') {
      problems.push(forbid(`${FIELD} "exact" is forbidden for resourceVersion "0"`));
    }
  }
  if (sendInitialEvents !== undefined) {
    problems.push(forbid('sendInitialEvents is forbidden for list', 'sendInitialEvents'));
  }
  return problems;
}

function watchProblems({ match, continueText, sendInitialEvents }: Checked): StatusCause[] {
  const problems: StatusCause[] = [];
  const isSupported = match === 'NotOlderThan';
  if (sendInitialEvents !== undefined && !isSupported) {
    problems.push(forbid(`sendInitialEvents requires setting ${FIELD} to NotOlderThan`));
  }
  if (match === '') return problems;
  if (sendInitialEvents === undefined) {
    problems.push(forbid(`${FIELD} is forbidden for watch unless sendInitialEvents is provided`));
  }
  if (!isSupported) problems.push(unsupported(match, ['NotOlderThan']));
  if (continueText !== '') problems.push(forbid(`${FIELD} is forbidden when continue is provided`));
  return problems;
}
