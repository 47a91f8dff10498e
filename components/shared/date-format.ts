const formats = new Map<string, Intl.DateTimeFormat>();

/** The format of a language, made once: making one takes longer than drawing the cell that shows it. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known;
}
