/** Every sentence of the previews' catalog, `phrase.preview.<code>`, with the values that it names. */
export const PREVIEW_PHRASES = {
  // Which labels of the namespace are taken.
  'as-is': [],
  asked: ['labels'],
  'asked-none': [],
  'if-switched-on': ['label'],

  // Who would refuse a pod beside the injector.
  'refused-pod-security': ['level', 'findings'],

  // What could not be rendered, or not as the cluster would.
  'no-template': ['kind', 'name', 'detail'],
  'injector-unusable': ['revision', 'detail'],
  'injector-previous': ['revision', 'detail'],
  'nodes-unreadable': ['revision'],
  'proxy-configs-unreadable': ['detail'],
  'quota-not-looked-at': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;
