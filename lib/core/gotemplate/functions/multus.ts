import { isJsonObject } from '@/lib/core/gotemplate/schema/decode-json';
import { type ByteString, fromByteString, toByteString } from '@/lib/core/gotemplate/values/byte-string';
import { trimSpace } from '@/lib/core/gotemplate/values/text-case';
import type { Args } from './define';

function parseNetworks(text: ByteString): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const json: unknown = JSON.parse(fromByteString(text));
    if (json === null) return [];
    if (!Array.isArray(json)) return undefined;
    const objects = json.map((item: unknown) => (item === null ? {} : item));
    return objects.every(isJsonObject) ? objects : undefined;
  } catch {
    return undefined;
  }
}

interface Network {
  readonly name: ByteString;
  readonly namespace: ByteString;
}

function splitName(text: ByteString, hasNamespaces: boolean): Network {
  const [first = '', second] = text.split('/');
  return hasNamespaces && second !== undefined
    ? { name: second, namespace: first }
    : { name: hasNamespaces ? first : text, namespace: '' };
}

function isSame(network: Readonly<Record<string, unknown>>, wanted: Network, hasNamespaces: boolean): boolean {
  const asBytes = (json: unknown) => (typeof json === 'string' ? toByteString(json) : json);
  if (asBytes(network.name) !== wanted.name) return false;
  return !hasNamespaces || asBytes(network.namespace ?? '') === wanted.namespace;
}

/**
 * Adds a network to the value of the annotation `k8s.v1.cni.cncf.io/networks`, which is a JSON list or names with commas.
 *
 * Source: Istio, pkg/kube/inject/template.go, appendMultusNetwork; before 1.23.6, 1.24.4 and 1.25.1 without namespaces.
 */
export function appendNetwork(args: Args, hasNamespaces: boolean): ByteString {
  const [existing, network] = [args.text(0), args.text(1)];
  if (existing === '') return network;
  const close = existing.lastIndexOf(']');
  if (close < 0) {
    const isKnown = existing.split(',').some((entry) => trimSpace(entry) === network);
    return isKnown ? existing : `${existing}, ${network}`;
  }
  const networks = parseNetworks(existing);
  const wanted = splitName(network, hasNamespaces);
  if (networks === undefined || networks.some((known) => isSame(known, wanted, hasNamespaces))) return existing;
  const namespace = wanted.namespace === '' ? '' : `, "namespace": "${wanted.namespace}"`;
  return `${existing.slice(0, close)}, {"name": "${wanted.name}"${namespace}}${existing.slice(close)}`;
}
