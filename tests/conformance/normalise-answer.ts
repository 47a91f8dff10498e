import { isObject } from './match-value';
import type { StepAnswer } from './row';

const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g;
const UID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** The five characters that Kubernetes adds to a name: no vowels, no 0, 1 and 3. */
const SUFFIX = /-[bcdfghjklmnpqrstvwxz2456789]{5}(?![-a-z0-9])/g;
const ADDRESS = /\b(?:10|127|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g;
const AGE = /^(<invalid>|\d+[smhdy](\d+[smhd])?)$/;
const VERSION_IN_TEXT = /((?:resource )?version: )\d+( \(\d+\)|, current: \d+)?/gi;
const VERSION_KEYS = new Set(['resourceVersion', 'continue']);

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
      .replace(ADDRESS, '<address>')
      .replace(SUFFIX, '-<random>');
  const normalise = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      if (VERSION_KEYS.has(key) && value !== '') return `<${key}>`;
      return key === 'cells' && AGE.test(value) ? '<age>' : textOf(value);
    }
    if (Array.isArray(value)) return value.map((item) => normalise(item, key));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, normalise(part, name)]));
  };
  return (answer) => ({
    title: answer.title,
    status: answer.status,
    headers: answer.headers,
    ...(answer.body === undefined ? {} : { body: normalise(answer.body) }),
    ...(answer.events === undefined ? {} : { events: answer.events.map((event) => normalise(event)) }),
  });
}
