import { randomInt } from 'node:crypto';

/** Letters and digits of generated suffixes: no vowels and no look-alikes, as upstream (k8s.io/apimachinery util/rand). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const LONGEST_BASE = 63 - 5;

export function randomSuffix(length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += ALPHABET[randomInt(ALPHABET.length)] ?? '';
  return text;
}

export function generateName(base: string): string {
  return base.slice(0, LONGEST_BASE) + randomSuffix(5);
}
