/** One document of a file, as it stands there. */
export interface RawDocument {
  readonly text: string;
  /** 1-based line of its first line. */
  readonly line: number;
}

export type SplitResult =
  | { readonly ok: true; readonly documents: readonly RawDocument[] }
  | { readonly ok: false; readonly line: number; readonly message: string };

const SEPARATOR = '---';

/**
 * Splits a file into its YAML documents.
 *
 * Output: documents in order; empty ones before the first are dropped.
 * Fails on a separator that is followed by anything but blanks or a comment.
 * Source: Kubernetes, apimachinery/pkg/util/yaml, YAMLReader.
 */
export function splitDocuments(text: string): SplitResult {
  const documents: RawDocument[] = [];
  let lines: string[] = [];
  let start = 1;
  const all = text.split('\n');
  if (all.at(-1) === '') all.pop();
  for (const [index, line] of all.entries()) {
    if (!line.startsWith(SEPARATOR)) {
      if (lines.length === 0) start = index + 1;
      lines.push(line);
      continue;
    }
    const rest = line.slice(SEPARATOR.length).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      return { ok: false, line: index + 1, message: `invalid Yaml document separator: ${rest}` };
    }
    if (lines.length > 0) documents.push({ text: lines.map((each) => `${each}\n`).join(''), line: start });
    lines = [];
  }
  if (lines.length > 0) documents.push({ text: lines.map((each) => `${each}\n`).join(''), line: start });
  return { ok: true, documents };
}
