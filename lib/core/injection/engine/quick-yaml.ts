import { NotQuick, QuickTokens } from './quick-tokens';

type Tree<Scalar> = Scalar | readonly Tree<Scalar>[] | { readonly [key: string]: Tree<Scalar> };

const MOST_DEEP = 50;
// Beyond ASCII what no reader takes for a blank, a line break or a mark; letters and signs are in it.
const ODD_CHARACTER = /[^\n\x20-\x7e\u00a1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]/;

/**
 * Reads the plain part of YAML that templates and manifests are written in, in a sixth of the library's time.
 *
 * Input: the text, and what an unquoted scalar in it means.
 * Output: what the library would make of the text, or undefined for every text that is not plainly in that part: block mappings
 * and lists, one-line scalars, `|` and `|-`, braces and brackets, comment lines. Undefined says nothing about the text being
 * wrong: the library has to look at it. `quick-yaml.test.ts` compares both on random texts.
 */
export function readQuickYaml<Scalar>(
  text: string,
  resolve: (source: string) => Scalar,
): Tree<Scalar | string> | undefined {
  if (ODD_CHARACTER.test(text)) return undefined;
  try {
    return new QuickReader<Scalar>(text, resolve).read();
  } catch (error) {
    if (error instanceof NotQuick) return undefined;
    throw error;
  }
}

class QuickReader<Scalar> {
  readonly #tokens: QuickTokens;
  readonly #resolve: (source: string) => Scalar;
  #depth = 0;

  constructor(text: string, resolve: (source: string) => Scalar) {
    this.#tokens = new QuickTokens(text);
    this.#resolve = resolve;
  }

  read(): Tree<Scalar | string> {
    const tokens = this.#tokens;
    tokens.toLine(0);
    if (tokens.isFlowStart()) {
      const value = this.#flow();
      tokens.endLine();
      return tokens.isDone() ? value : tokens.giveUp();
    }
    if (tokens.isDone()) return tokens.giveUp();
    const value = this.#block(tokens.indent);
    return tokens.isDone() ? value : tokens.giveUp();
  }

  #block(indent: number): Tree<Scalar | string> {
    return this.#tokens.isDash() ? this.#list(indent) : this.#map(indent);
  }

  #map(indent: number): Tree<Scalar | string> {
    const tokens = this.#tokens;
    const out: { [key: string]: Tree<Scalar | string> } = {};
    this.#enter();
    while (tokens.indent === indent) {
      const isQuoted = tokens.isQuote();
      out[this.#key(tokens.key(), isQuoted)] = this.#entry(indent);
    }
    this.#depth -= 1;
    return tokens.indent > indent ? tokens.giveUp() : out;
  }

  /** A plain key that is a flag, a number or nothing has another name. */
  #key(key: string, isQuoted: boolean): string {
    if (key === '__proto__' || key === '<<') return this.#tokens.giveUp();
    return isQuoted || this.#resolve(key) === key ? key : this.#tokens.giveUp();
  }

  #entry(indent: number): Tree<Scalar | string> {
    const tokens = this.#tokens;
    if (!tokens.skipToLineEnd()) return this.#inline(indent);
    if (tokens.indent > indent) return this.#block(tokens.indent);
    return tokens.indent === indent && tokens.isDash() ? this.#list(indent) : this.#resolve('');
  }

  #list(indent: number): Tree<Scalar | string> {
    const tokens = this.#tokens;
    const out: Tree<Scalar | string>[] = [];
    this.#enter();
    while (tokens.indent === indent && tokens.isDash()) {
      const column = tokens.skipDash();
      out.push(tokens.isKey() ? this.#map(column) : this.#inline(indent));
    }
    this.#depth -= 1;
    return tokens.indent > indent ? tokens.giveUp() : out;
  }

  /** A value that begins on the line of its key or dash. */
  #inline(parent: number): Tree<Scalar | string> {
    const tokens = this.#tokens;
    if (tokens.isFlowStart()) {
      const value = this.#flow();
      tokens.endLine();
      return value;
    }
    if (tokens.isQuote()) {
      const text = tokens.quoted();
      tokens.endLine();
      return text;
    }
    return tokens.isPipe() ? tokens.blockScalar(parent) : this.#resolve(tokens.plain());
  }

  #flow(): Tree<Scalar | string> {
    this.#enter();
    const value = this.#tokens.take('{') ? this.#flowMap() : this.#flowList();
    this.#depth -= 1;
    return value;
  }

  #flowMap(): Tree<Scalar | string> {
    const tokens = this.#tokens;
    const out: { [key: string]: Tree<Scalar | string> } = {};
    while (!tokens.take('}')) {
      const isQuoted = tokens.isQuote();
      const key = this.#key(isQuoted ? tokens.quoted() : tokens.word(), isQuoted);
      tokens.flowColon(isQuoted);
      out[key] = this.#flowValue();
      if (!tokens.take(',') && !tokens.isNext('}')) return tokens.giveUp();
    }
    return out;
  }

  #flowList(): Tree<Scalar | string> {
    const tokens = this.#tokens;
    const out: Tree<Scalar | string>[] = [];
    tokens.take('[');
    while (!tokens.take(']')) {
      out.push(this.#flowValue());
      if (!tokens.take(',') && !tokens.isNext(']')) return tokens.giveUp();
    }
    return out;
  }

  #flowValue(): Tree<Scalar | string> {
    const tokens = this.#tokens;
    if (tokens.isFlowStart()) return this.#flow();
    return tokens.isQuote() ? tokens.quoted() : this.#resolve(tokens.word());
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MOST_DEEP) this.#tokens.giveUp();
  }
}
