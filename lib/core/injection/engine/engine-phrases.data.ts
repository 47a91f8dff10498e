/** Every sentence of the engine's catalog, `phrase.engine.<code>`, with the values that it names. */
export const ENGINE_PHRASES = {
  // Why an object is refused.
  'refusal.annotation-invalid': ['annotation', 'value', 'detail'],
  'refusal.template-unknown': ['template', 'known'],
  'refusal.template-failed': ['template', 'line', 'column', 'detail'],
  'refusal.template-yaml': ['template', 'line', 'detail'],
  'refusal.values-empty': [],
  'refusal.merge-failed': ['detail'],
  'refusal.result-invalid': ['field', 'found', 'wanted'],
  'refusal.overrides-invalid': ['annotation', 'detail'],
  'refusal.prometheus-port': ['port', 'detail'],
  'refusal.object-invalid': ['field', 'found', 'wanted'],
  'refusal.template-required': ['field'],
  'refusal.yaml-invalid': ['line', 'detail'],

  // What a person should know of a pod that is injected.
  'warning.duplicate-container': ['container'],
  'warning.container-without-image': ['container'],
  'warning.unknown-switch': ['key', 'value'],
  'warning.dns-policy': ['policy'],
  'warning.scrape-targets-ignored': ['value'],

  // Which stage gave a part its form.
  'origin.template': ['template'],
  'origin.user-container': [],
  'step.init-user': [],
  'step.identity': [],
  'step.prometheus-merge': [],
  'step.secure-metrics': [],
  'step.probe-rewrite': [],
  'step.network-label': [],
  'step.status': [],
  'step.container-order': [],
  'step.injected-annotations': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type EngineCode = keyof typeof ENGINE_PHRASES;
