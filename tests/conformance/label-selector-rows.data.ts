import { ABSENT } from './match-value';
import type { Row, SendStep } from './row';

const PATH = '/api/v1/namespaces/{ns}/configmaps';

/** Three objects that differ in two labels; `c` lacks one. */
const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { row: 'yes', tier: 'web', size: '1' },
  b: { row: 'yes', tier: 'db', size: '12' },
  c: { row: 'yes', size: '' },
};

const create: readonly SendStep[] = Object.entries(LABELS).map(([name, labels]) => ({
  send: { method: 'POST', path: PATH, body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels } } },
  expect: { status: 201 },
}));

const selects = (name: string, selector: string, names: readonly string[]): Row => ({
  name: `label selector: ${name}`,
  steps: [
    ...create,
    {
      send: { path: PATH, query: { labelSelector: selector } },
      expect: {
        status: 200,
        body: { kind: 'ConfigMapList', items: names.map((one) => ({ metadata: { name: one } })) },
      },
    },
  ],
});

const refuses = (name: string, selector: string, message: string): Row => ({
  name: `label selector: ${name}`,
  steps: [
    {
      send: { path: PATH, query: { labelSelector: selector } },
      expect: { status: 400, body: { kind: 'Status', reason: 'BadRequest', message, details: ABSENT } },
    },
  ],
});

const NAME_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const BAD_TERM = 'unable to parse requirement: ';

export const LABEL_SELECTOR_ROWS: readonly Row[] = [
  selects('= takes one value', 'tier=web', ['a']),
  selects('== is = written twice', 'row,tier == web', ['a']),
  selects('= without a value takes the empty value', 'size=', ['c']),
  selects('!= takes objects without the label as well', 'row,tier!=web', ['b', 'c']),
  selects('in takes one of several', 'tier in (web, db)', ['a', 'b']),
  selects('in () takes the empty value', 'size in ()', ['c']),
  selects('in (,a) takes the empty value or a', 'size in (,1)', ['a', 'c']),
  selects('notin takes objects without the label as well', 'row,tier notin (web)', ['b', 'c']),
  selects('a key alone asks for the label', 'tier', ['a', 'b']),
  selects('! asks for its absence', 'row,!tier', ['c']),
  selects('> compares as numbers and passes over texts', 'size>2', ['b']),
  selects('< compares as numbers', 'size<2,row', ['a']),
  selects('several terms must all hold', 'tier in (web,db),size!=12,row=yes', ['a']),
  selects('none matches', 'tier=web,tier=db', []),
  selects('the words in and notin are keys and values too', 'in notin (in),row', ['a', 'b', 'c']),
  refuses('an operator without a key is refused', '=web', "found '=', expected: !, identifier, or 'end of string'"),
  refuses('a comma at the end is refused', 'a,', "found '', expected: identifier after ','"),
  refuses('two terms without a comma are refused', 'a=b c', "found 'c', expected: ',' or 'end of string'"),
  refuses(
    'an unknown operator is refused',
    'a like b',
    `${BAD_TERM}found 'like', expected: in, notin, =, ==, !=, gt, lt`,
  ),
  refuses('in without brackets is refused', 'a in b', `${BAD_TERM}found 'b' expected: '('`),
  refuses('a bracket left open is refused', 'a in (b', `${BAD_TERM}found '', expected: ',' or ')'`),
  refuses(
    '> with a text is refused',
    'a>b',
    `${BAD_TERM}values[0]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer`,
  ),
  refuses('a bad key is refused', '-a', `${BAD_TERM}<nil>: Invalid value: "-a": ${NAME_RULE}`),
  refuses(
    'a bad prefix is refused',
    'A/b',
    `${BAD_TERM}<nil>: Invalid value: "A/b": prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
  ),
  refuses('a bad value is refused', 'a=-b', `${BAD_TERM}values[0][a]: Invalid value: "-b": ${VALUE_RULE}`),
  refuses(
    'a value that is too long is refused',
    `a=${'x'.repeat(64)}`,
    `${BAD_TERM}values[0][a]: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`,
  ),
];
