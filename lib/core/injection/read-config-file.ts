import type { Result } from '@/lib/core/result';
import { isObject, objectAt, textAt } from './engine/json-types';
import { parsePlainYaml } from './engine/kube-yaml';
import type { InjectionEngine } from './open-injector';

const CONFIG_MAP = 'ConfigMap';

export interface ConfigFile {
  readonly config: string;
  /** Absent where the text is no whole ConfigMap. */
  readonly values?: string;
}

/**
 * Reads an injector's configuration from what people have at hand: the whole ConfigMap as kubectl prints it, its key
 * `config`, or for kube-inject a bare template.
 *
 * Fails on a ConfigMap without the key `config`, and on text that is no configuration.
 */
export function readConfigFile(text: string, engine: InjectionEngine): Result<ConfigFile> {
  if (engine === 'kube-inject' && !text.includes(CONFIG_MAP)) return { ok: true, value: { config: text } };
  const parsed = parsePlainYaml(text);
  // A bare template is seldom YAML before it is rendered.
  if (!parsed.ok)
    return engine === 'kube-inject'
      ? { ok: true, value: { config: text } }
      : { ok: false, message: parsed.fault.message };
  if (!isObject(parsed.value) || textAt(parsed.value, 'kind') !== CONFIG_MAP)
    return { ok: true, value: { config: text } };
  const data = objectAt(parsed.value, 'data');
  const [config, values] = [textAt(data, 'config'), textAt(data, 'values')];
  if (config === '') return { ok: false, message: 'this ConfigMap has no key "config"; is it istio-sidecar-injector?' };
  return { ok: true, value: { config, ...(values === '' ? {} : { values }) } };
}

/** Reads the mesh's configuration: the whole ConfigMap, or its key `mesh`. */
export function readMeshFile(text: string): string {
  if (!text.includes(CONFIG_MAP)) return text;
  const parsed = parsePlainYaml(text);
  if (!parsed.ok || !isObject(parsed.value) || textAt(parsed.value, 'kind') !== CONFIG_MAP) return text;
  return textAt(objectAt(parsed.value, 'data'), 'mesh');
}
