import { isObject } from './match-value';
import type { StepAnswer } from './row';

const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g;
const UID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/**
 * What Kubernetes adds to a name, of letters that are no vowels and digits but 0, 1 and 3: five at random, or the eight to
 * ten of a template's hash, which the real one takes over Go's own picture of the template in memory.
 */
const SUFFIX = /-[bcdfghjklmnpqrstvwxz2456789]{5}(?![-a-z0-9])/g;
const HASH = /([-=]|^)[bcdfghjklmnpqrstvwxz2456789]{8,10}(?![a-z0-9])/g;
/** Nodes are named after the cluster that they are in. */
const NODE = /\b(demo-worker\d*|demo-control-plane|testbed-node-\d+|fake-\d+)\b/g;
const ADDRESS = /\b(?:10|127|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}(:\d+)?\b/g;
const AGE = /^(<invalid>|\d+[smhdy](\d+[smhd])?)$/;
const VERSION_IN_TEXT = /((?:resource )?version: )\d+( \(\d+\)|, current: \d+)?/gi;
/** Within JSON that a message quotes, and in words. */
const QUOTED_VERSION = /(resourceVersion\\?":\\?"|in record \()\d+/g;
const VERSION_KEYS = new Set(['resourceVersion', 'continue']);

/** Owners of fields come by the second in which they wrote: two clusters' clocks need not agree about that. */
function byOwner(left: unknown, right: unknown): number {
  const [a, b] = [left, right].map((entry) =>
    isObject(entry) ? [entry.manager, entry.operation, entry.subresource].join(' ') : '',
  );
  return (a ?? '').localeCompare(b ?? '');
}

/**
 * The answer with what no two clusters share replaced: versions, times, ages, addresses, random suffixes. A uid becomes a
 * number in order of appearance, so that the same object stays the same within a row.
 */
export function createNormaliser(): (answer: StepAnswer) => StepAnswer {
  const uids = new Map<string, string>();
  const nameOf = (uid: string) => {
    const known = uids.get(uid) ?? `<uid ${uids.size + 1}>`;
    uids.set(uid, known);
    return known;
  };
  const textOf = (text: string) =>
    text
      .replace(TIME, '<time>')
      .replace(UID, nameOf)
      .replace(VERSION_IN_TEXT, '$1<version>')
      .replace(QUOTED_VERSION, '$1<version>')
      .replace(ADDRESS, '<address>')
      .replace(SUFFIX, '-<random>')
      .replace(HASH, '$1<hash>')
      .replace(NODE, '<node>');
  const normalise = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      if (VERSION_KEYS.has(key) && value !== '') return `<${key}>`;
      return key === 'cells' && AGE.test(value) ? '<age>' : textOf(value);
    }
    if (Array.isArray(value)) {
      const items = value.map((item) => normalise(item, key));
      return key === 'managedFields' ? items.toSorted(byOwner) : items;
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [textOf(name), normalise(part, name)]));
  };
  return (answer) => ({
    title: answer.title,
    status: answer.status,
    headers: answer.headers,
    ...(answer.body === undefined ? {} : { body: normalise(answer.body) }),
    ...(answer.events === undefined ? {} : { events: answer.events.map((event) => normalise(event)) }),
  });
}
