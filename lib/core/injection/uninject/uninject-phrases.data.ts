/** Every sentence about a part of an un-injected pod, `phrase.uninject.<code>`, with the values that it names. */
export const UNINJECT_PHRASES = {
  // Taken off.
  'template-container': ['name'],
  'template-volume': ['name'],
  'template-secret': ['name'],
  'template-key': ['key'],
  'template-value': ['field'],
  bookkeeping: ['key'],
  'capture-setting': ['key'],
  'network-entry': ['key'],
  'scrape-merged': [],
  'scrape-written-too': [],
  'secret-not-listed': ['name'],
  'gateway-security': ['field'],
  'file-group': [],
  // Restored.
  'own-container': ['name'],
  'own-container-image': ['name'],
  'own-container-list': ['name'],
  'own-container-order': ['names'],
  'own-user-dropped': ['name', 'user'],
  probe: ['container', 'probe'],
  'probe-port-name': ['container', 'probe', 'names'],
  'probe-lost': ['container', 'probe'],
  scrape: [],
  'scrape-spelling': [],
  'scrape-targets': [],
  'own-volume': ['name'],
  'shared-volume': ['name'],
  'own-item-order': ['names'],
  'own-secret': ['name'],
  'own-value': ['field'],
  // Kept.
  'custom-template': ['templates'],
  'added-later': ['name'],
  'injected-before': [],
  'dns-searches': [],
  'init-containers-erased': [],
  'sent-value-replaced': ['field'],
  // Where a pod and its owner's template differ.
  'edited-since': ['kind', 'name'],
  'edited-by': ['manager'],
  'other-webhook': ['names'],
  'no-maker': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type UninjectCode = keyof typeof UNINJECT_PHRASES;
