import { load } from 'js-yaml';
import { DEFAULT_REVISION, REVISION_LABEL } from '@/lib/core/kube/names';
import type { DocumentRecord } from '@/lib/core/kube/records';
import type { Result } from '@/lib/core/result';
import type { InjectorPolicy } from './decide-injection';
import { parseLabelSelector } from './parse-label-selector';
import { isJson, type Json, toJson, toList, toPlainText, toText, toTexts } from './read-json';

/** Which image a proxy gets when its pod says nothing; the parts from which a pod's own annotations make another. */
export interface ProxyImage {
  readonly hub: string;
  readonly name: string;
  readonly tag: string;
  readonly variant: string;
}

/** The injector's settings of one revision, as far as decisions need them. */
export interface InjectorConfig extends InjectorPolicy {
  readonly revision: string;
  readonly namespace: string;
  readonly configMap: string;
  readonly defaultTemplates: readonly string[];
  /** Names of templates and of aliases that the annotation `inject.istio.io/templates` may use. */
  readonly templateNames: readonly string[];
  readonly proxyImage: ProxyImage;
  readonly injectsByDefault: boolean;
}

const NAME_PREFIX = 'istio-sidecar-injector';
const DEFAULT_IMAGE_NAME = 'proxyv2';
const STRICT_SWITCH_SINCE_MINOR = 27;

/** Whether a ConfigMap is an injector's: by its name, as istiod looks it up. */
export function isInjectorConfigMap(name: string): boolean {
  return name === NAME_PREFIX || name.startsWith(`${NAME_PREFIX}-`);
}

/**
 * Reads the settings of an injector from its ConfigMap.
 *
 * Input: a record whose `body.data` has `config` (YAML) and `values` (JSON text).
 * Output: the settings; a missing policy stays empty, which means that nothing is injected, as istiod reads it.
 * Fails when a text does not parse, and names the key. Parsing takes about 10 ms, so callers keep the result per resourceVersion.
 * Source: Istio, pkg/kube/inject/inject.go, Config; manifests, istiod values.
 */
export function parseInjectorConfig(record: DocumentRecord): Result<InjectorConfig> {
  const data = toJson(toJson(record.body).data);
  const config = parseYaml(record.name, data);
  if (!config.ok) return config;
  const values = parseValues(record.name, data);
  if (!values.ok) return values;
  const global = toJson(values.value.global);
  const tag = toPlainText(global.tag);
  return {
    ok: true,
    value: {
      ...toPolicy(config.value),
      hasLooseSwitch: isBeforeStrictSwitch(tag),
      revision: toRevision(record, values.value),
      namespace: record.namespace,
      configMap: record.name,
      ...toTemplates(config.value),
      proxyImage: toProxyImage(global, tag),
      injectsByDefault: toJson(values.value.sidecarInjectorWebhook).enableNamespacesByDefault === true,
    },
  };
}

function parseYaml(name: string, data: Json): Result<Json> {
  const text = data.config;
  if (typeof text !== 'string') return { ok: false, message: `ConfigMap ${name} has no key "config"` };
  try {
    const parsed = load(text);
    if (isJson(parsed)) return { ok: true, value: parsed };
    return { ok: false, message: `ConfigMap ${name}, key "config": not a mapping` };
  } catch (error) {
    return { ok: false, message: `ConfigMap ${name}, key "config": ${firstLine(error)}` };
  }
}

function parseValues(name: string, data: Json): Result<Json> {
  const text = data.values;
  if (typeof text !== 'string') return { ok: true, value: {} };
  try {
    return { ok: true, value: toJson(JSON.parse(text)) };
  } catch (error) {
    return { ok: false, message: `ConfigMap ${name}, key "values": ${firstLine(error)}` };
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function toPolicy(config: Json): InjectorPolicy {
  const selectors = (key: string) => toList(config[key]).map((item) => parseLabelSelector(item) ?? {});
  return {
    policy: toText(config.policy),
    neverInject: selectors('neverInjectSelector'),
    alwaysInject: selectors('alwaysInjectSelector'),
  };
}

function toTemplates(config: Json): Pick<InjectorConfig, 'defaultTemplates' | 'templateNames'> {
  const defaults = toTexts(config.defaultTemplates);
  return {
    defaultTemplates: defaults.length > 0 ? defaults : ['sidecar'],
    templateNames: [...Object.keys(toJson(config.templates)), ...Object.keys(toJson(config.aliases))].sort(),
  };
}

function toProxyImage(global: Json, tag: string): ProxyImage {
  return {
    hub: toPlainText(global.hub),
    name: toText(toJson(global.proxy).image) || DEFAULT_IMAGE_NAME,
    tag,
    variant: toPlainText(global.variant),
  };
}

function toRevision(record: DocumentRecord, values: Json): string {
  const named = record.labels[REVISION_LABEL] || toPlainText(values.revision);
  return named || record.name.slice(NAME_PREFIX.length + 1) || DEFAULT_REVISION;
}

function isBeforeStrictSwitch(tag: string): boolean {
  const minor = /^1\.(\d+)/.exec(tag)?.[1];
  return minor !== undefined && Number(minor) < STRICT_SWITCH_SINCE_MINOR;
}
