import { type ByteString, decodeRune } from '@/lib/core/gotemplate/values/byte-string';
import { isPrintable } from '@/lib/core/gotemplate/values/rune-classes';

const HTML: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\xef\xbf\xbd',
};
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

/** Source: Go, text/template, funcs.go, HTMLEscape. */
export function escapeHtml(text: ByteString): ByteString {
  return text.replace(/["'&<>\0]/g, (character) => HTML[character] ?? character);
}

/** Source: Go, text/template, funcs.go, JSEscape. */
export function escapeJs(text: ByteString): ByteString {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const { rune, width } = decodeRune(text, at);
    const bytes = text.slice(at, at + width);
    const code = (digits: number) => rune.toString(16).toUpperCase().padStart(digits, '0');
    const known = JS[bytes];
    if (known !== undefined) parts.push(known);
    else if (rune < 0x20) parts.push(`\\u00${code(2)}`);
    else parts.push(rune < 0x80 || isPrintable(rune) ? bytes : `\\u${code(4)}`);
    at += width;
  }
  return parts.join('');
}

/** Source: Go, net/url, QueryEscape. */
export function escapeQuery(text: ByteString): ByteString {
  return text.replace(/[^A-Za-z0-9\-_.~]/g, (character) => {
    if (character === ' ') return '+';
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
