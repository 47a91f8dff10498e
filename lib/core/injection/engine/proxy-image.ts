import { plainText } from './injector-values';
import { fieldOf, type JsonObject, objectAt, textAt } from './json-types';
import type { ProxyConfig } from './mesh-config';
import type { Release } from './release';

const IMAGE_TYPE_ANNOTATION = 'sidecar.istio.io/proxyImageType';
const DEFAULT_IMAGE = 'proxyv2';
const TYPE_SUFFIX = /-(distroless|debug)$/;
const DEFAULT_TYPE = 'default';

export interface ProxyImages {
  readonly proxy: string;
  readonly init: string;
}

/**
 * The images of the proxy and of its init container.
 *
 * Source: Istio, pkg/kube/inject, ProxyImage.
 */
export function toProxyImages(
  values: JsonObject,
  proxyConfig: ProxyConfig,
  annotations: Readonly<Record<string, string>>,
  release: Release,
): ProxyImages {
  const global = objectAt(values, 'global');
  const tag = plainText(global.tag);
  const hub = plainText(global.hub);
  const type = annotations[IMAGE_TYPE_ANNOTATION] ?? configuredType(global, proxyConfig, release);
  const initType = annotations[IMAGE_TYPE_ANNOTATION] ?? (release.minor >= 22 ? plainText(global.variant) : '');
  const image = (key: string, imageType: string) =>
    `${hub}/${textAt(objectAt(global, key), 'image') || DEFAULT_IMAGE}:${withType(tag, imageType)}`;
  return { proxy: image('proxy', type), init: image('proxy_init', initType) };
}

function configuredType(global: JsonObject, proxyConfig: ProxyConfig, release: Release): string {
  const image = fieldOf(proxyConfig, 'image');
  const type = textAt(image, 'imageType');
  const isSettled = type !== '' || (release.minor <= 30 && image !== undefined);
  return isSettled || release.minor < 22 ? type : plainText(global.variant);
}

function withType(tag: string, type: string): string {
  if (type === '') return tag;
  const bare = tag.replace(TYPE_SUFFIX, '');
  return type === DEFAULT_TYPE ? bare : `${bare}-${type}`;
}
