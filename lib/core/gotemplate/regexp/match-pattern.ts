import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { type ByteString, eachRune, fromByteString } from '@/lib/core/gotemplate/values/byte-string';
import { compilePattern, type Instruction } from './compile-pattern';
import { PatternParser } from './parse-pattern';
import type { AssertionKind } from './pattern-nodes';

/** Byte offsets of the match and its groups, start and end of each; undefined for groups that took no part. */
export type Slots = readonly (number | undefined)[];

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

const WORD = /^[0-9A-Za-z_]$/;
const isWord = (rune: number | undefined) => rune !== undefined && WORD.test(String.fromCodePoint(rune));

/** Characters of a text with their byte offsets, and one end beyond. */
class Text {
  readonly runes: readonly number[];
  readonly offsets: readonly number[];

  constructor(bytes: ByteString) {
    const found = [...eachRune(bytes)];
    this.runes = found.map(({ rune }) => rune);
    this.offsets = [...found.map(({ at }) => at), bytes.length];
  }

  holds(assertion: AssertionKind, index: number): boolean {
    const [before, after] = [this.runes[index - 1], this.runes[index]];
    switch (assertion) {
      case 'text-start':
        return index === 0;
      case 'text-end':
        return index === this.runes.length;
      case 'line-start':
        return index === 0 || before === 10;
      case 'line-end':
        return index === this.runes.length || after === 10;
      case 'word':
        return isWord(before) !== isWord(after);
      case 'not-word':
        return isWord(before) === isWord(after);
    }
  }
}

/** A regular expression of RE2, matched in time linear in the text: no pattern can stall it. Source: Go, regexp. */
export class GoRegexp {
  readonly groupNames: readonly string[];
  readonly #program: readonly Instruction[];

  /** Throws BadPattern. */
  constructor(pattern: ByteString) {
    const text = fromByteString(pattern);
    const parser = new PatternParser(text);
    this.#program = compilePattern(text, parser.parse());
    this.groupNames = parser.groupNames;
  }

  /** Follows instructions that take no character, in order of priority. */
  #spread(text: Text, index: number, start: Thread, seen: Set<number>, threads: Thread[]): void {
    const pending: Thread[] = [start];
    for (let thread = pending.pop(); thread !== undefined; thread = pending.pop()) {
      if (seen.has(thread.at)) continue;
      seen.add(thread.at);
      const instruction = this.#program[thread.at];
      const { slots } = thread;
      if (instruction === undefined) continue;
      if (instruction.kind === 'jump') pending.push({ at: instruction.to, slots });
      else if (instruction.kind === 'split')
        pending.push({ at: instruction.second, slots }, { at: instruction.first, slots });
      else if (instruction.kind === 'save') {
        const saved = [...slots];
        saved[instruction.slot] = text.offsets[index];
        pending.push({ at: thread.at + 1, slots: saved });
      } else if (instruction.kind !== 'assert') threads.push(thread);
      else if (text.holds(instruction.assertion, index)) pending.push({ at: thread.at + 1, slots });
    }
  }

  #run(text: Text, from: number, budget: Budget): { readonly slots: Slots; readonly end: number } | undefined {
    let threads: Thread[] = [];
    let found: { readonly slots: Slots; readonly end: number } | undefined;
    for (let index = from; index <= text.runes.length; index++) {
      const seen = new Set<number>();
      const current: Thread[] = [];
      for (const thread of threads) this.#spread(text, index, thread, seen, current);
      if (found === undefined) this.#spread(text, index, { at: 0, slots: [text.offsets[index]] }, seen, current);
      budget.spend(1 + Math.ceil(current.length / 8));
      if (current.length === 0 && found !== undefined) break;
      threads = [];
      for (const { at, slots } of current) {
        const instruction = this.#program[at];
        if (instruction?.kind === 'match') {
          const whole = [...slots];
          whole[1] = text.offsets[index];
          found = { slots: whole, end: index };
          break;
        }
        const rune = text.runes[index];
        if (instruction?.kind === 'rune' && rune !== undefined && instruction.test(rune))
          threads.push({ at: at + 1, slots });
      }
      if (threads.length === 0 && found !== undefined) break;
    }
    return found;
  }

  /** All matches, leftmost first, not overlapping; at most `limit` when that is not negative. */
  findAll(bytes: ByteString, limit: number, budget: Budget): Slots[] {
    const text = new Text(bytes);
    const matches: Slots[] = [];
    let previousEnd = -1;
    for (let from = 0; from <= text.runes.length && (limit < 0 || matches.length < limit); ) {
      const found = this.#run(text, from, budget);
      if (found === undefined) break;
      const isEmpty = found.slots[0] === found.slots[1];
      if (!isEmpty || found.end !== previousEnd) matches.push(found.slots);
      previousEnd = found.end;
      from = isEmpty ? Math.max(found.end, from) + 1 : found.end;
    }
    return matches;
  }
}
