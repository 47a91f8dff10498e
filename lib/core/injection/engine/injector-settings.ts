import { parseLabelSelector } from '@/lib/core/injection/parse-label-selector';
import type { LabelSelector } from '@/lib/core/kube/object-types';
import type { Result } from '@/lib/core/result';
import { fieldOf, isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt, textsOf } from './json-types';
import { parsePlainYaml } from './kube-yaml';

const DEFAULT_TEMPLATES: readonly string[] = ['sidecar'];

/** The injector's ConfigMap, read as any release wrote it. */
export interface InjectorSettings {
  /** `enabled` or `disabled`; every other text means never. */
  readonly policy: string;
  readonly defaultTemplates: readonly string[];
  readonly templates: ReadonlyMap<string, string>;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly neverInject: readonly LabelSelector[];
  readonly alwaysInject: readonly LabelSelector[];
  readonly injectedAnnotations: Readonly<Record<string, string>>;
  readonly values: JsonObject;
  /** `values` holds nothing at all, which every injection then fails on. */
  readonly hasNoValues: boolean;
}

/**
 * Reads the two texts of an injector's ConfigMap.
 *
 * Input: `config` (YAML) and `values` (JSON or YAML text).
 * Output: the settings; a guard in the old key `template` is passed over, unknown keys are too.
 * Fails when a text does not parse or a field has a type that istiod refuses.
 * Source: Istio, pkg/kube/inject, UnmarshalConfig and NewValuesConfig.
 */
export function parseInjectorSettings(configText: string, valuesText: string): Result<InjectorSettings> {
  const config = parsePlainYaml(configText);
  if (!config.ok) return failed(`failed to unmarshal injection template: ${config.fault.message}`);
  if (config.value !== null && !isObject(config.value))
    return failed('failed to unmarshal injection template: not a mapping');
  return withValues(toSettings(config.value ?? {}), valuesText);
}

/**
 * Reads what `kube-inject --injectConfigFile` takes: a config, or the bare text of a template.
 *
 * Output: kube-inject always uses the template `sidecar`, no aliases, no annotations and no selectors of the config.
 */
export function parseKubeInjectSettings(configText: string, valuesText: string): Result<InjectorSettings> {
  const config = parsePlainYaml(configText);
  const templates = config.ok ? templatesOf(config.value) : new Map<string, string>();
  const own = templates.size > 0 ? templates : new Map([['sidecar', configText]]);
  return withValues({ ...toSettings({}), policy: 'enabled', templates: own }, valuesText);
}

/** The settings of a webhook's config as kube-inject uses them. */
export function asKubeInjectSettings(settings: InjectorSettings): InjectorSettings {
  return { ...toSettings({}), policy: 'enabled', templates: settings.templates, ...valuesOf(settings) };
}

function valuesOf({ values, hasNoValues }: InjectorSettings): Pick<InjectorSettings, 'values' | 'hasNoValues'> {
  return { values, hasNoValues };
}

function toSettings(config: JsonObject): InjectorSettings {
  const defaults = listAt(config, 'defaultTemplates').filter((name) => typeof name === 'string');
  return {
    policy: textAt(config, 'policy'),
    defaultTemplates: defaults.length > 0 ? defaults : DEFAULT_TEMPLATES,
    templates: templatesOf(config),
    aliases: new Map(
      Object.entries(objectAt(config, 'aliases')).map(([name, list]) => [
        name,
        Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [],
      ]),
    ),
    neverInject: selectorsAt(config, 'neverInjectSelector'),
    alwaysInject: selectorsAt(config, 'alwaysInjectSelector'),
    injectedAnnotations: textsOf(fieldOf(config, 'injectedAnnotations')),
    values: {},
    hasNoValues: false,
  };
}

function selectorsAt(config: JsonObject, key: string): readonly LabelSelector[] {
  return listAt(config, key).map((item) => parseLabelSelector(item) ?? {});
}

function templatesOf(config: JsonValue): ReadonlyMap<string, string> {
  return new Map(Object.entries(textsOf(fieldOf(config, 'templates'))));
}

function withValues(settings: InjectorSettings, text: string): Result<InjectorSettings> {
  const values = parsePlainYaml(text);
  if (!values.ok) return failed(`could not parse configuration values: ${values.fault.message}`);
  if (values.value !== null && !isObject(values.value))
    return failed('could not parse configuration values: not a mapping');
  const hasNoValues = values.value === null;
  return { ok: true, value: { ...settings, values: values.value ?? {}, hasNoValues } };
}

function failed(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
