import type { JsonMap, JsonValue } from './json-types';

/** A number whose text differs from what JavaScript would print: a big integer, or a float that happens to be whole. */
export class YamlNumber {
  readonly value: number;
  /** As Go prints it where a text is wanted. */
  readonly text: string;

  constructor(value: number, text: string) {
    this.value = value;
    this.text = text;
  }
}

export type YamlValue = null | boolean | number | string | YamlNumber | readonly YamlValue[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: YamlValue;
}

/** Removes the difference between numbers that `YamlNumber` keeps. */
export function toPlainJson(value: YamlValue): JsonValue {
  if (value instanceof YamlNumber) return value.value;
  if (typeof value !== 'object' || value === null) return value;
  if (isYamlList(value)) return value.map(toPlainJson);
  const out: JsonMap = {};
  for (const [key, item] of Object.entries(value)) setKey(out, key, toPlainJson(item));
  return out;
}

/** Sets a key that may be called `__proto__` without touching the prototype. */
export function setKey(target: JsonMap, key: string, value: JsonValue): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Whether a value is a sequence. */
export function isYamlList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Whether a value is a mapping. */
export function isYamlMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof YamlNumber);
}
