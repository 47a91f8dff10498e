const EXTRA = '  ';
const BLOCK_SCALAR = /^[|>][-+0-9]*[ \t]*(#.*)?$/;

interface Scan {
  /** Brackets that are open at the end of the line read last. */
  depth: number;
  /** The quote that is open there. */
  quote: '' | '"' | "'";
  /** Lines deeper than this belong to a block scalar; -2 when there is none. */
  scalarParent: number;
  /** The line and place of that scalar's indicator. */
  header: { readonly line: number; readonly at: number };
  /** Indentation of the line on which the open flow collection or quote began. */
  startIndent: number;
}

const NO_SCALAR = -2;

/**
 * Indents the lines inside flow collections and quotes, where go-yaml takes any indentation and js-yaml does not.
 *
 * Output: a text of the same meaning with the same number of lines.
 */
export function relaxIndentation(text: string): string {
  if (!/[{["'|>]/.test(text)) return text;
  const scan: Scan = { depth: 0, quote: '', scalarParent: NO_SCALAR, header: { line: 0, at: 0 }, startIndent: 0 };
  let isChanged = false;
  const lines = text.split('\n').map((line, number) => {
    const indent = indentOf(line);
    if (scan.depth > 0 || scan.quote !== '') {
      const isDeep = indent > scan.startIndent + EXTRA.length;
      scanFlow(line, 0, scan);
      if (isDeep || indent === line.length) return line;
      isChanged = true;
      return `${' '.repeat(scan.startIndent)}${EXTRA}${EXTRA}${line.trimStart()}`;
    }
    if (scan.scalarParent !== NO_SCALAR && (indent === line.length || indent > scan.scalarParent)) return line;
    scan.scalarParent = NO_SCALAR;
    if (indent < line.length) scanBlockLine(line, indent, scan, number);
    return line;
  });
  // Without a last line break go-yaml gives the scalar none either, whatever its indicator says.
  const isCut = scan.scalarParent !== NO_SCALAR && !text.endsWith('\n') && scan.header.line < lines.length - 1;
  if (isCut) stripLastBreak(lines, scan.header);
  return isChanged || isCut ? lines.join('\n') : text;
}

function stripLastBreak(lines: string[], { line, at }: Scan['header']): void {
  const header = lines[line] ?? '';
  const indicator = /^[|>][-+0-9]*/.exec(header.slice(at))?.[0] ?? '';
  lines[line] = `${header.slice(0, at)}${indicator.replace(/[-+]/g, '')}-${header.slice(at + indicator.length)}`;
}

function indentOf(line: string): number {
  let at = 0;
  while (line[at] === ' ') at += 1;
  return at;
}

/** Walks the keys and dashes of a line to the node at its end. */
function scanBlockLine(line: string, indent: number, scan: Scan, number: number): void {
  scan.startIndent = indent;
  let at = indent;
  let parent = indent - 1;
  for (;;) {
    while (line[at] === ' ') at += 1;
    const char = line[at];
    if (char === undefined || char === '#') return;
    if ((char === '-' || char === '?') && isBlank(line[at + 1])) {
      parent = at;
      scan.startIndent = at;
      at += 1;
    } else if (char === '&' || char === '!') {
      while (at < line.length && !isBlank(line[at])) at += 1;
    } else if ((char === '|' || char === '>') && BLOCK_SCALAR.test(line.slice(at))) {
      scan.scalarParent = parent;
      scan.header = { line: number, at };
      return;
    } else {
      const end =
        char === '{' || char === '[' || char === '"' || char === "'" ? scanFlow(line, at, scan) : keyEnd(line, at);
      if (end < 0 || line[end] !== ':' || !isBlank(line[end + 1])) return;
      parent = at;
      scan.startIndent = at;
      at = end + 1;
    }
  }
}

/** The colon behind a plain key, or -1 where the text is no key. */
function keyEnd(line: string, start: number): number {
  for (let at = start; at < line.length; at++) {
    if (line[at] === ':' && isBlank(line[at + 1])) return at;
    if (line[at] === '#' && isBlank(line[at - 1])) return -1;
  }
  return -1;
}

/** Follows brackets and quotes to their end, or to the end of the line; gives the place behind, or -1. */
function scanFlow(line: string, start: number, scan: Scan): number {
  for (let at = start; at < line.length; at++) {
    const char = line[at];
    if (scan.quote !== '') {
      if (scan.quote === '"' && char === '\\') at += 1;
      else if (scan.quote === "'" && char === "'" && line[at + 1] === "'") at += 1;
      else if (char === scan.quote) {
        scan.quote = '';
        if (scan.depth === 0) return skipBlanks(line, at + 1);
      }
    } else if (char === '{' || char === '[') scan.depth += 1;
    else if (char === '}' || char === ']') {
      scan.depth -= 1;
      if (scan.depth === 0) return skipBlanks(line, at + 1);
    } else if ((char === '"' || char === "'") && startsToken(line, at, start)) scan.quote = char;
    else if (char === '#' && isBlank(line[at - 1])) return -1;
  }
  return -1;
}

// A quote inside a plain text, as in `it's`, opens nothing.
function startsToken(line: string, at: number, start: number): boolean {
  const before = line.slice(0, at).trimEnd().at(-1);
  return at === start || before === undefined || '{[,:?'.includes(before);
}

function skipBlanks(line: string, start: number): number {
  let at = start;
  while (line[at] === ' ') at += 1;
  return at;
}

function isBlank(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\t';
}
