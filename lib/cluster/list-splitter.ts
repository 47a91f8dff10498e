import 'server-only';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
/** Of an item: the list is one level, its array of items another. */
const ITEM_DEPTH = 3;
/** Enough to hold the key, its colon and some white space. */
const TAIL_BYTES = 64;

/**
 * Cuts a list of objects, as its bytes come in, into the texts of its items and what stands around them.
 *
 * The items of one chunk can be parsed, used and let go before the next chunk is there, so that a list of any length
 * takes no more memory than its longest item. Bytes are cut before they are decoded: no character is torn.
 */
export class ListSplitter {
  readonly #around: Buffer[] = [];
  #started: Buffer[] = [];
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #isInItems = false;
  /** Where in the present chunk the bytes begin that nobody has taken yet. */
  #from = 0;
  /** The last bytes outside of items, to tell which key an array belongs to. */
  #tail: Buffer = Buffer.alloc(0);

  /** The items that this chunk completes. */
  feed(chunk: Buffer): string[] {
    const items: string[] = [];
    const { length } = chunk;
    let isInText = this.#isInText;
    let at = this.#isEscaped ? 1 : 0;
    this.#from = 0;
    while (at < length) {
      if (isInText) {
        // Most bytes are those of texts, and lists are long: a loop that also asks for the rest takes three times as long.
        while (at < length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1;
        if (at === length) break;
        isInText = chunk[at] !== QUOTE;
        at += isInText ? 2 : 1;
        continue;
      }
      const byte = chunk[at];
      if (byte === QUOTE) isInText = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#open(chunk, at, byte);
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#close(chunk, at, items);
      else if (byte === COMMA && this.#isInItems && this.#depth === ITEM_DEPTH - 1) this.#from = at + 1;
      at += 1;
    }
    this.#isInText = isInText;
    this.#isEscaped = at > length;
    this.#keepRest(chunk.subarray(this.#from));
    return items;
  }

  /** The list without its items, when all bytes have come. */
  end(): string {
    return Buffer.concat([...this.#around, ...this.#started]).toString('utf8');
  }

  #open(chunk: Buffer, at: number, byte: number): void {
    this.#depth += 1;
    if (this.#depth === ITEM_DEPTH && this.#isInItems) {
      this.#keepAround(chunk.subarray(this.#from, at));
      this.#from = at;
    } else if (this.#depth === ITEM_DEPTH - 1 && byte === OPEN_BRACKET) {
      this.#keepAround(chunk.subarray(this.#from, at + 1));
      this.#from = at + 1;
      this.#isInItems = this.#hasItemsKeyBefore();
    }
  }

  #close(chunk: Buffer, at: number, items: string[]): void {
    this.#depth -= 1;
    if (this.#depth === ITEM_DEPTH - 1 && this.#isInItems) {
      items.push(this.#finishItem(chunk.subarray(this.#from, at + 1)));
      this.#from = at + 1;
    } else if (this.#depth < ITEM_DEPTH - 1) this.#isInItems = false;
  }

  #keepRest(bytes: Buffer): void {
    if (this.#isInItems && this.#depth >= ITEM_DEPTH) this.#started.push(bytes);
    else this.#keepAround(bytes);
  }

  #keepAround(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#around.push(bytes);
    this.#tail = Buffer.concat([this.#tail, bytes]).subarray(-TAIL_BYTES);
  }

  #finishItem(bytes: Buffer): string {
    if (this.#started.length === 0) return bytes.toString('utf8');
    const all = Buffer.concat([...this.#started, bytes]);
    this.#started = [];
    return all.toString('utf8');
  }

  #hasItemsKeyBefore(): boolean {
    return /"items"\s*:\s*\[$/.test(this.#tail.toString('latin1'));
  }
}
