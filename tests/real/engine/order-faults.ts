/** Several wrong annotations, and the templates that there are, are named in the order of a Go map, which is none. */
export function orderFaults(text: string): readonly string[] {
  if (/ errors occurred:\n/.test(text)) return text.split('\n').sort();
  const [refusal = '', templates] = text.split(/ not found; have /);
  return templates === undefined ? [text] : [refusal, ...templates.trim().split(', ').sort()];
}
