import { ageOf } from './human-duration';
import { numberAt, recordsAt, stringAt, stringMapAt, valueAt } from './json-access';
import type { Column } from './kind-row';
import type { KubeObject } from './object-types';

type Cell = Column['cell'];

export const text = (name: string, cell: Cell, priority = 0): Column => ({ name, type: 'string', cell, priority });
export const count = (name: string, cell: Cell, priority = 0): Column => ({ name, type: 'integer', cell, priority });

/** A number under a heading that announces a text, as some printers of the real server have it. */
export const countAsText = (name: string, cell: Cell, priority = 0): Column => ({
  name,
  type: 'string',
  cell,
  priority,
});

export const NAME: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  cell: (object) => object.metadata.name,
};
export const AGE: Column = text('Age', (object, now) => ageOf(object.metadata.creationTimestamp, now));
const CREATED_AT: Column = {
  name: 'Created At',
  type: 'date',
  cell: (object) => object.metadata.creationTimestamp,
};

/** What the server prints of kinds that nobody has written a printer for. */
export const DEFAULT_COLUMNS: readonly Column[] = [NAME, CREATED_AT];

/** The text at a path, or what kubectl prints when there is none. */
export const textAt =
  (...path: readonly string[]): Cell =>
  (object) => {
    const found = valueAt(object, ...path);
    return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
  };

export const countAt =
  (...path: readonly string[]): Cell =>
  (object) =>
    numberAt(object, ...path) ?? 0;

export function orNone(value: string): string {
  return value === '' ? '<none>' : value;
}

/** A list shortened the way printers do it. */
export function firstOf(items: readonly string[], most = 3): string {
  if (items.length <= most) return orNone(items.join(','));
  return `${items.slice(0, most).join(',')} + ${items.length - most} more...`;
}

/** A label selector in the notation of the command line. */
function selectorText(selector: unknown): string {
  const equals = Object.entries(stringMapAt(selector, 'matchLabels')).sort();
  const terms = equals.map(([key, value]) => `${key}=${value}`);
  for (const { key, operator, values } of recordsAt(selector, 'matchExpressions')) {
    const list = Array.isArray(values) ? `(${values.join(',')})` : '';
    if (operator === 'Exists') terms.push(String(key));
    else if (operator === 'DoesNotExist') terms.push(`!${String(key)}`);
    else terms.push(`${String(key)} ${operator === 'NotIn' ? 'notin' : 'in'} ${list}`);
  }
  return orNone(terms.join(','));
}

export function mapText(map: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1));
  return orNone(pairs.map(([key, value]) => `${key}=${value}`).join(','));
}

const templateContainers = (object: KubeObject) => recordsAt(object, 'spec', 'template', 'spec', 'containers');
const joined =
  (field: string): Cell =>
  (object) =>
    templateContainers(object)
      .map((container) => stringAt(container, field) ?? '')
      .join(',');

export const CONTAINERS = text('Containers', joined('name'), 1);
export const IMAGES = text('Images', joined('image'), 1);
export const SELECTOR = text('Selector', (object) => selectorText(valueAt(object, 'spec', 'selector')), 1);
export const PLAIN_SELECTOR = text('Selector', (object) => mapText(stringMapAt(object, 'spec', 'selector')), 1);
