/** A syntax error of the YAML reader in use: what it says and where, counted from 0. */
export interface YamlComplaint {
  readonly reason: string;
  readonly line: number;
  readonly position: number;
}

const NO_TOKEN = 'found character that cannot start any token';
const NO_MAPPING = 'mapping values are not allowed in this context';

/**
 * Words a syntax error as go-yaml does, whose text stands in refusals.
 *
 * Output: `yaml: line 3: …`; the reader's own words where no rule knows better. Go counts lines from 0 for some faults and names no line 0.
 */
export function wordLikeGoYaml(text: string, complaint: YamlComplaint): string {
  const { reason, line } = complaint;
  const source = text.split('\n')[line] ?? '';
  if (/flow collection/.test(reason)) return inFlow(text, complaint);
  if (/quoted scalar/.test(reason) || (reason === 'deficient indentation' && /["']/.test(text))) {
    return scanned(text.split('\n').length - 1, 'found unexpected end of stream');
  }
  const alias = /^unidentified alias "(.*)"$/.exec(reason)?.[1];
  if (alias !== undefined) return `yaml: unknown anchor '${alias}' referenced`;
  if (/anchor node must contain/.test(reason))
    return scanned(line, 'did not find expected alphabetic or numeric character');
  if (/verbatim tag/.test(reason)) return scanned(line, "did not find the expected '>'");
  if (/tab characters/.test(reason) || /^ *\t/.test(source)) return scanned(line, NO_TOKEN);
  const value = /(?:: |- ) *(\S.*)$/.exec(source)?.[1] ?? source.trimStart();
  if (/^[@`%]/.test(value)) return scanned(line, NO_TOKEN);
  if (/^[}\]]/.test(value)) return parsed(line, 'did not find expected node content');
  if (/^ *- /m.test(text) && /document separator/.test(reason))
    return parsed(line, "did not find expected '-' indicator");
  if (/: |:$/.test(source) && /indentation of a mapping|document separator/.test(reason))
    return scanned(line, NO_MAPPING);
  if (/expected ':'/.test(reason)) return scanned(line + 1, "could not find expected ':'");
  return parsed(line + 1, reason);
}

function inFlow(text: string, { reason, line, position }: YamlComplaint): string {
  const isEnd = /end of the stream/.test(reason);
  const opened: string[] = [];
  const before = text.slice(0, isEnd ? text.length : position).replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '');
  for (const char of before) {
    if (char === '[' || char === '{') opened.push(char);
    else if (char === ']' || char === '}') opened.pop();
  }
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return parsed(isEnd ? lines : line, `did not find expected ',' or '${opened.at(-1) === '{' ? '}' : ']'}'`);
}

function parsed(line: number, words: string): string {
  return line === 0 ? `yaml: ${words}` : `yaml: line ${line}: ${words}`;
}

function scanned(line: number, words: string): string {
  return line === 0 ? `yaml: ${words}` : `yaml: line ${line + 1}: ${words}`;
}
