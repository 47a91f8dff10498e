import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { formatFloat } from '@/lib/core/gotemplate/format/format-float';
import { type ByteString, countRunes, eachRune, encodeRune } from '@/lib/core/gotemplate/values/byte-string';
import type { JsonMember, JsonTree } from './json-tree';
import { quoteJson } from './write-json';
import { YamlEmitter } from './yaml-emitter';
import { compareNaturally } from './yaml-order';
import { analyzeScalar, wouldResolve } from './yaml-scalars';

const MAX_SIMPLE_KEY_BYTES = 128;
/** The reader that go-yaml puts between JSON and YAML looks no further for the colon. */
const MAX_READ_KEY = 1024;
// JSON writes a byte as six characters at most.
const SURELY_READ_KEY = 160;
const MAX_UINT64 = 2n ** 64n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** Thrown for JSON that does not read as YAML; toYaml is then empty. */
export class YamlUnreadable extends Error {}

function refusesReading(rune: number): boolean {
  return rune === 0x7f || (rune >= 0x80 && rune <= 0x9f && rune !== 0x85) || rune === 0xfffe || rune === 0xffff;
}

/** A string after it has been written as JSON and read as YAML. */
function reread(text: ByteString): ByteString {
  if (/^[ -~\t\n\r]*$/.test(text)) return text;
  const parts: string[] = [];
  for (const { rune } of eachRune(text)) {
    if (refusesReading(rune)) throw new YamlUnreadable();
    parts.push(encodeRune(rune));
  }
  // NEL is a line break in a quoted text: one folds to a blank, more of them to line feeds.
  return parts.join('').replace(/ *(?:\xc2\x85 *)+/g, (run) => {
    const count = run.split('\xc2\x85').length - 1;
    return count === 1 ? ' ' : '\n'.repeat(count - 1);
  });
}

function numberText(text: string): string {
  if (/^-?\d+$/.test(text)) {
    const int = BigInt(text);
    if (int >= MIN_INT64 && int <= MAX_UINT64) return int.toString();
  }
  return formatFloat(Number(text), 'g', -1);
}

interface Place {
  /** The node is the value of a mapping. */
  readonly isInMapping: boolean;
  readonly isSimpleKey: boolean;
}

const IN_MAPPING: Place = { isInMapping: true, isSimpleKey: false };
const IN_SEQUENCE: Place = { isInMapping: false, isSimpleKey: false };
const SIMPLE_KEY: Place = { isInMapping: true, isSimpleKey: true };

class YamlWriter {
  readonly #emitter: YamlEmitter;

  constructor(emitter: YamlEmitter) {
    this.#emitter = emitter;
  }

  node(tree: JsonTree, place: Place): void {
    switch (tree.kind) {
      case 'null':
        this.#emitter.writePlain('null', true);
        break;
      case 'bool':
        this.#emitter.writePlain(String(tree.bool), true);
        break;
      case 'number':
        this.#emitter.writePlain(numberText(tree.text), true);
        break;
      case 'string':
        this.#scalar(reread(tree.text), place);
        break;
      case 'list':
        if (tree.items.length === 0) this.#emitter.writeIndicator('[]', true, false);
        else this.#sequence(tree.items, place);
        break;
      case 'object':
        if (tree.members.length === 0) this.#emitter.writeIndicator('{}', true, false);
        else this.#mapping(tree.members);
        break;
    }
  }

  #sequence(items: readonly JsonTree[], place: Place): void {
    const before = this.#emitter.increaseIndent(place.isInMapping && !this.#emitter.isIndention);
    for (const item of items) {
      this.#emitter.writeIndent();
      this.#emitter.writeIndicator('-', true, true);
      this.node(item, IN_SEQUENCE);
    }
    this.#emitter.indent = before;
  }

  #mapping(members: readonly JsonMember[]): void {
    const before = this.#emitter.increaseIndent(false);
    for (const [key, member] of sortMembers(members)) {
      this.#emitter.writeIndent();
      if (!analyzeScalar(key).isMultiline && key.length <= MAX_SIMPLE_KEY_BYTES) {
        this.#scalar(key, SIMPLE_KEY);
        this.#emitter.writeIndicator(':', false, false);
      } else {
        this.#emitter.writeIndicator('?', true, true);
        this.#scalar(key, IN_MAPPING);
        this.#emitter.writeIndent();
        this.#emitter.writeIndicator(':', true, true);
      }
      this.node(member, IN_MAPPING);
    }
    this.#emitter.indent = before;
  }

  #scalar(text: ByteString, { isSimpleKey }: Place): void {
    const before = this.#emitter.increaseForScalar();
    this.#styled(text, isSimpleKey);
    this.#emitter.indent = before;
  }

  #styled(text: ByteString, isSimpleKey: boolean): void {
    const traits = analyzeScalar(text);
    const allowsBreaks = !isSimpleKey;
    const isDouble = isSimpleKey && traits.isMultiline;
    if (text.includes('\n') && !isDouble && traits.allowsLiteral && !isSimpleKey) {
      this.#emitter.writeLiteral(text);
    } else if (isDouble || text.includes('\n') || wouldResolve(text)) {
      this.#emitter.writeDoubleQuoted(text, allowsBreaks);
    } else if (traits.allowsPlain) {
      this.#emitter.writePlain(text, allowsBreaks);
    } else if (traits.allowsSingle) {
      this.#emitter.writeSingleQuoted(text, allowsBreaks);
    } else {
      this.#emitter.writeDoubleQuoted(text, allowsBreaks);
    }
  }
}

function sortMembers(members: readonly JsonMember[]): readonly JsonMember[] {
  const read = members.map(([key, member]): JsonMember => {
    // A key has to be read on one line, and NEL would break it.
    const isLong = key.length > SURELY_READ_KEY && countRunes(quoteJson(key)) > MAX_READ_KEY;
    if (isLong || key.includes('\xc2\x85')) throw new YamlUnreadable();
    return [reread(key), member];
  });
  return read.sort(([one], [two]) => compareNaturally(one, two));
}

/**
 * Writes JSON data as sigs.k8s.io/yaml does: block style, natural key order, long lines folded unless `folds` is false.
 *
 * Output: ends in a line feed. Throws YamlUnreadable where Go's detour over JSON fails.
 * Source: sigs.k8s.io/yaml 1.4, go-yaml v2.4.
 */
export function writeYaml(tree: JsonTree, budget: Budget, folds = true): ByteString {
  const emitter = new YamlEmitter(budget, folds);
  new YamlWriter(emitter).node(tree, IN_SEQUENCE);
  emitter.indent = -1;
  emitter.writeIndent();
  return emitter.text;
}
