import { fieldOf, type JsonObject, type JsonValue, objectAt } from './json-types';

/** A text, number or flag in its plain spelling, as Helm values carry tags such as `1.1`. */
export function plainText(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Whether `values` switches the rewriting of probes on. */
export function rewritesProbes(values: JsonObject): boolean {
  return fieldOf(objectAt(values, 'sidecarInjectorWebhook'), 'rewriteAppHTTPProbe') === true;
}

/** Whether `values` lets applications wait for the proxy. */
export function holdsApplication(values: JsonObject): boolean {
  return fieldOf(objectAt(objectAt(values, 'global'), 'proxy'), 'holdApplicationUntilProxyStarts') === true;
}

export function clusterName(values: JsonObject): string {
  return plainText(objectAt(objectAt(values, 'global'), 'multiCluster').clusterName);
}

export function networkName(values: JsonObject): string {
  return plainText(objectAt(values, 'global').network);
}
