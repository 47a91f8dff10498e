const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const KEY_TEXT = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${KEY}')`;

/** What Kubernetes says of a bad name within a label key. */
export const LABEL_KEY_RULE = `name part ${KEY_TEXT}`;
/** What Kubernetes says of a bad label value. */
export const LABEL_VALUE_RULE = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${KEY})?')`;
const PREFIX_RULE = `prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;

const IS_KEY = new RegExp(`^${KEY}$`);
const IS_SUBDOMAIN = new RegExp(`^${SUBDOMAIN}$`);
const LONGEST_NAME = 63;
const LONGEST_PREFIX = 253;

const tooLong = (longest: number) => `must be no more than ${longest} bytes`;

/** Length in UTF-8. */
function bytesOf(text: string): number {
  const sizeOf = (code: number) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  return [...text].reduce((sum, character) => sum + sizeOf(character.codePointAt(0) ?? 0), 0);
}

/**
 * What is wrong with a text as a label key, in Kubernetes' own words: a name, perhaps behind a DNS prefix and a slash.
 *
 * Output: the problems of the prefix before those of the name; none for a good key.
 * Source: k8s.io/apimachinery, pkg/api/validate/content/kube.go, IsLabelKey.
 */
export function labelKeyProblems(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return [`a valid label key ${KEY_TEXT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const problems: string[] = [];
  const [prefix, name = ''] = parts.length === 2 ? parts : [undefined, text];
  if (prefix === '') problems.push('prefix part must be non-empty');
  else if (prefix !== undefined) {
    if (bytesOf(prefix) > LONGEST_PREFIX) problems.push(`prefix part ${tooLong(LONGEST_PREFIX)}`);
    if (!IS_SUBDOMAIN.test(prefix)) problems.push(PREFIX_RULE);
  }
  if (name === '') problems.push('name part must be non-empty');
  else if (bytesOf(name) > LONGEST_NAME) problems.push(`name part ${tooLong(LONGEST_NAME)}`);
  if (!IS_KEY.test(name)) problems.push(LABEL_KEY_RULE);
  return problems;
}

/** What is wrong with a text as a label value, which is empty or a name; none for a good one. */
export function labelValueProblems(text: string): readonly string[] {
  return [
    ...(bytesOf(text) > LONGEST_NAME ? [tooLong(LONGEST_NAME)] : []),
    ...(text === '' || IS_KEY.test(text) ? [] : [LABEL_VALUE_RULE]),
  ];
}

export function isLabelKey(text: string): boolean {
  return labelKeyProblems(text).length === 0;
}

export function isLabelValue(text: string): boolean {
  return labelValueProblems(text).length === 0;
}
