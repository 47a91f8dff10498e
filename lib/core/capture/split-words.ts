/**
 * Splits a line of a rule text at blanks; double quotes keep a word together, a backslash escapes inside them.
 *
 * Output: words as written, quotes included.
 * Never throws: a quote that is not closed reaches to the line's end.
 */
export function splitWords(text: string): readonly string[] {
  if (text.includes('"')) return text.match(/"(?:[^"\\]|\\.)*(?:"|$)|[^\s"]+/g) ?? [];
  const words = text.split(' ');
  // Texts of the tools have single blanks; anything else is rare and pays for itself.
  return words.includes('') || /[\t\r\n\f\v\u00a0\ufeff]/.test(text)
    ? text.split(/\s+/).filter((word) => word !== '')
    : words;
}

/** What a word says, without its quotes. */
export function unquoteWord(word: string): string {
  return word.startsWith('"') ? word.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : word;
}
