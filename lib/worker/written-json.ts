import { createHash } from 'node:crypto';

/** An answer that was written out by another thread; plain, so that it can be handed between threads. */
export interface WrittenJson {
  readonly isWrittenJson: true;
  /** JSON in UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

export function writeJson(value: unknown): WrittenJson {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { isWrittenJson: true, bytes, etag: `"${createHash('sha1').update(bytes).digest('base64url')}"` };
}

export function isWrittenJson(value: unknown): value is WrittenJson {
  return typeof value === 'object' && value !== null && 'isWrittenJson' in value && 'bytes' in value;
}
