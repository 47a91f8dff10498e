import 'server-only';

/** Undoes URL escapes; a text that holds none, or broken ones, stays as it is. */
export function decodeEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A cookie's value from a Cookie header; undefined when it is not there. */
export function readCookie(header: string | null, name: string): string | undefined {
  const pair = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair === undefined ? undefined : decodeEscapes(pair.slice(name.length + 1));
}
