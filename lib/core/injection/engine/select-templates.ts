import { InjectionFault } from './injection-refusal';
import type { InjectorSettings } from './injector-settings';

const TEMPLATES_ANNOTATION = 'inject.istio.io/templates';

/** A template that runs, and why. */
export interface TemplateUse {
  readonly name: string;
  readonly because: 'annotation' | 'default';
  /** The alias that stood for it. */
  readonly alias?: string;
}

/**
 * Chooses the templates of a pod, in the order in which they run.
 *
 * Fails when a name is neither a template nor an alias.
 * Source: Istio, pkg/kube/inject, selectTemplates.
 */
export function selectTemplates(
  settings: InjectorSettings,
  annotations: Readonly<Record<string, string>>,
): readonly TemplateUse[] {
  const asked = annotations[TEMPLATES_ANNOTATION];
  const because = asked === undefined ? 'default' : 'annotation';
  const names = asked === undefined ? settings.defaultTemplates : asked.split(',').map((name) => name.trim());
  const uses = names.flatMap((name): TemplateUse[] => {
    const list = settings.aliases.get(name);
    return list === undefined ? [{ name, because }] : list.map((item) => ({ name: item, because, alias: name }));
  });
  const unknown = uses.find(({ name }) => !settings.templates.has(name));
  if (unknown === undefined) return uses;
  const known = [...settings.templates.keys()].sort().join(', ');
  throw new InjectionFault({
    code: 'template-unknown',
    values: { template: unknown.name, known },
    text: `failed to run injection template: requested template ${JSON.stringify(unknown.name)} not found; have ${known}`,
  });
}
