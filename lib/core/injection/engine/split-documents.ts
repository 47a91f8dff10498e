/** One document of a file, as it stands there. */
export interface RawDocument {
  readonly text: string;
  /** 1-based line of its first line. */
  readonly line: number;
}

export interface SplitDocuments {
  readonly documents: readonly RawDocument[];
  /** The separator that ends the reading. */
  readonly fault?: { readonly line: number; readonly message: string };
}

const SEPARATOR = '---';

/**
 * Splits a file into its YAML documents.
 *
 * Output: documents in order; a separator that ends no document belongs to the next one. Lines end without carriage returns.
 * Fails on a separator that is followed by anything but blanks or a comment; the documents before it are there.
 * Source: Kubernetes, apimachinery/pkg/util/yaml, YAMLReader.
 */
export function splitDocuments(text: string): SplitDocuments {
  const documents: RawDocument[] = [];
  let lines: string[] = [];
  let start = 1;
  const all = text.split(/\r?\n/);
  if (all.at(-1) === '') all.pop();
  const endDocument = () => {
    if (lines.length > 0) documents.push({ text: lines.map((each) => `${each}\n`).join(''), line: start });
    lines = [];
  };
  for (const [index, line] of all.entries()) {
    if (line.startsWith(SEPARATOR)) {
      const rest = line.slice(SEPARATOR.length).trim();
      if (rest !== '' && !rest.startsWith('#')) {
        return { documents, fault: { line: index + 1, message: `invalid Yaml document separator: ${rest}` } };
      }
      if (lines.length > 0) {
        endDocument();
        continue;
      }
    }
    if (lines.length === 0) start = index + 1;
    lines.push(line);
  }
  endDocument();
  return { documents };
}
