import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';

const PRIMES: readonly number[] = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
  113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223, 227, 229, 233, 239,
  241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311,
];
const firstBits = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32) >>> 0;
const ROUNDS = PRIMES.map((prime) => firstBits(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => firstBits(Math.sqrt(prime)));

const rotate = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits));

function padded(bytes: ByteString): Uint8Array {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const block = new Uint8Array(length);
  for (let at = 0; at < bytes.length; at++) block[at] = bytes.charCodeAt(at);
  block[bytes.length] = 0x80;
  const view = new DataView(block.buffer);
  view.setUint32(length - 8, Math.floor((bytes.length * 8) / 2 ** 32));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  return block;
}

function schedule(view: DataView, offset: number): Uint32Array {
  const words = new Uint32Array(64);
  for (let at = 0; at < 16; at++) words[at] = view.getUint32(offset + at * 4);
  for (let at = 16; at < 64; at++) {
    const [early = 0, late = 0] = [words[at - 15], words[at - 2]];
    const one = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const two = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[at] = (words[at - 16] ?? 0) + one + (words[at - 7] ?? 0) + two;
  }
  return words;
}

function compress(state: readonly number[], words: Uint32Array): number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at++) {
    const mixE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + mixE + choice + (ROUNDS[at] ?? 0) + (words[at] ?? 0)) >>> 0;
    const mixA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = (mixA + majority) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] ?? 0)) >>> 0);
}

/** SHA-256 as lower-case hexadecimal. Source: FIPS 180-4. */
export function sha256(bytes: ByteString): string {
  const block = padded(bytes);
  const view = new DataView(block.buffer);
  let state: number[] = START;
  for (let offset = 0; offset < block.length; offset += 64) state = compress(state, schedule(view, offset));
  return state.map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** Adler-32 as a decimal number. Source: RFC 1950. */
export function adler32(bytes: ByteString): string {
  let [low, high] = [1, 0];
  for (let at = 0; at < bytes.length; at++) {
    low = (low + bytes.charCodeAt(at)) % 65_521;
    high = (high + low) % 65_521;
  }
  return String(((high << 16) | low) >>> 0);
}
