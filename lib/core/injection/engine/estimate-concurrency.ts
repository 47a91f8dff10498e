import { parseQuantity } from '@/lib/core/kube/parse-quantity';
import { plainText } from './injector-values';
import { fieldOf, type JsonObject, objectAt } from './json-types';
import type { ProxyConfig } from './mesh-config';

const DEFAULT_CONCURRENCY = 2;

/** The number of workers that templates of 1.11 to 1.17 wrote into the proxy's arguments. Source: Istio 1.17, estimateConcurrency. */
export function estimateConcurrency(
  proxyConfig: ProxyConfig,
  annotations: Readonly<Record<string, string>>,
  values: JsonObject,
): number {
  const given = fieldOf(proxyConfig, 'concurrency');
  if (typeof given === 'number' && given > 0) return given;
  if (given === undefined) return DEFAULT_CONCURRENCY;
  const resources = objectAt(objectAt(objectAt(values, 'global'), 'proxy'), 'resources');
  const amounts = [
    annotations['sidecar.istio.io/proxyCPULimit'],
    annotations['sidecar.istio.io/proxyCPU'],
    plainText(objectAt(resources, 'limits').cpu) || undefined,
    plainText(objectAt(resources, 'requests').cpu) || undefined,
  ];
  const cores = parseQuantity(amounts.find((amount) => amount !== undefined));
  return cores === undefined ? DEFAULT_CONCURRENCY : Math.ceil(cores);
}
