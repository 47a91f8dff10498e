import { describe, expect, it } from 'vitest';
import en from '@/messages/en/pod.json';
import zh from '@/messages/zh-CN/pod.json';
import { CHANGE_ORIGINS } from './change-types';
import { isJsonObject, toJsonObject } from './json-value';
import { POD_PHRASES } from './pod-phrases.data';

function listKeys(tree: unknown, path: string): string[] {
  if (!isJsonObject(tree)) return [path];
  return Object.entries(tree).flatMap(([key, child]) => listKeys(child, path === '' ? key : `${path}.${key}`));
}

const read = (catalog: unknown, code: string) =>
  code.split('.').reduce<unknown>((tree, key) => toJsonObject(tree)[key], toJsonObject(catalog).phrase);
const holes = (text: unknown) =>
  [...new Set([...String(text).matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name))].sort();

describe('the sentences about a pod', () => {
  it.each([
    ['en', en],
    ['zh-CN', zh],
  ])('%s has each of them, and no other', (_locale, catalog) => {
    const codes = listKeys(toJsonObject(toJsonObject(catalog).phrase).pod, 'pod');
    expect(codes.sort()).toEqual([...POD_PHRASES].sort());
  });

  it.each(POD_PHRASES.map((code) => [code]))('%s fills in the same values in both languages', (code) => {
    expect(holes(read(zh, code))).toEqual(holes(read(en, code)));
  });

  it('names every origin of a change', () => {
    expect(POD_PHRASES).toEqual(expect.arrayContaining(CHANGE_ORIGINS.map((origin) => `pod.origin.${origin}`)));
  });
});
