import type { Result } from '@/lib/core/result';
import { createInjector, type Injector } from './engine/create-injector';
import { parseInjectorSettings, parseKubeInjectSettings } from './engine/injector-settings';
import { objectAt, textAt } from './engine/json-types';
import { type ProxyConfigResource, parseMeshConfig } from './engine/mesh-config';
import { readVersion, toRelease } from './engine/release';

/** Everything that makes an injector, as texts and plain values: fit to be sent to a thread. */
export interface InjectorTexts {
  /** Key `config` of the injector's ConfigMap; for kube-inject also the bare text of a template. */
  readonly config: string;
  /** Key `values` of it. */
  readonly values: string;
  /** Key `mesh` of the mesh's ConfigMap; empty for none. */
  readonly mesh: string;
  readonly revision: string;
  readonly nativeSidecars: boolean;
  readonly istiodEnv?: Readonly<Record<string, string>>;
  readonly proxyConfigResources?: readonly ProxyConfigResource[];
  /** Istio's release; read from the values' image tag when absent, and the newest known when that names none. */
  readonly version?: string;
  /** kube-inject reads a config in its own way. */
  readonly engine: InjectionEngine;
}

export type InjectionEngine = 'webhook' | 'kube-inject';

/**
 * Makes the injector that these texts describe.
 *
 * Fails with the text that cannot be read and where, or with every template that does not parse.
 */
export function openInjector(texts: InjectorTexts): Result<Injector> {
  const parse = texts.engine === 'kube-inject' ? parseKubeInjectSettings : parseInjectorSettings;
  const settings = parse(texts.config, texts.values);
  if (!settings.ok) return settings;
  const tag = textAt(objectAt(settings.value.values, 'global'), 'tag');
  const release = toRelease(texts.version ?? readVersion(tag) ?? '');
  const meshConfig = parseMeshConfig(texts.mesh, release);
  if (!meshConfig.ok) return meshConfig;
  const made = createInjector({
    settings: settings.value,
    meshConfig: meshConfig.value,
    release,
    revision: texts.revision,
    nativeSidecars: texts.nativeSidecars,
    ...(texts.istiodEnv === undefined ? {} : { istiodEnv: texts.istiodEnv }),
    ...(texts.proxyConfigResources === undefined ? {} : { proxyConfigResources: texts.proxyConfigResources }),
  });
  if (made.ok) return { ok: true, value: made.injector };
  return { ok: false, message: made.faults.map(({ text }) => text).join('\n') };
}
