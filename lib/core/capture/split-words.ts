/**
 * Splits a line of a rule text at blanks; double quotes keep a word together, a backslash escapes inside them.
 *
 * Output: words as written, quotes included.
 * Never throws: a quote that is not closed reaches to the line's end.
 */
export function splitWords(text: string): readonly string[] {
  if (text.includes('"')) return text.match(/"(?:[^"\\]|\\.)*(?:"|$)|[^\s"]+/g) ?? [];
  return text.split(/\s+/).filter((word) => word !== '');
}

/** What a word says, without its quotes. */
export function unquoteWord(word: string): string {
  return word.startsWith('"') ? word.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : word;
}
