import type { StringMap } from '@/lib/core/kube/object-types';
import type { ProxyImage } from './parse-injector-config';

const PROXY_IMAGE_ANNOTATION = 'sidecar.istio.io/proxyImage';
const PROXY_IMAGE_TYPE_ANNOTATION = 'sidecar.istio.io/proxyImageType';
const PROXY_OVERRIDES_ANNOTATION = 'proxy.istio.io/overrides';

const TYPE_SUFFIX = /-(distroless|debug)$/;

/**
 * The image that the injector would give the proxy of a pod now.
 *
 * Output: undefined where the pod brings its own image (annotation with a path, or an override), or where the injector's hub is not known.
 * Source: Istio, pkg/kube/inject/inject.go, ProxyImage.
 */
export function expectedProxyImage(annotations: StringMap, image: ProxyImage | undefined): string | undefined {
  if (image === undefined || image.tag === '') return undefined;
  if ((annotations[PROXY_IMAGE_ANNOTATION] ?? '').includes('/')) return undefined;
  if ((annotations[PROXY_OVERRIDES_ANNOTATION] ?? '').includes('"image":')) return undefined;
  if (image.name.includes('/')) return image.name;
  const type = annotations[PROXY_IMAGE_TYPE_ANNOTATION] ?? image.variant;
  return `${image.hub}/${image.name}:${withType(image.tag, type)}`;
}

/**
 * Whether two images are of the same build: equal, or only of another type (`distroless`, `debug`).
 *
 * The type may also come from the mesh's settings, which are not read here, so it alone never makes a proxy outdated.
 */
export function isSameBuild(running: string, expected: string): boolean {
  return running.replace(TYPE_SUFFIX, '') === expected.replace(TYPE_SUFFIX, '');
}

/** The tag of an image, or its digest; empty when it has neither. */
export function imageTag(image: string): string {
  const digest = image.indexOf('@');
  if (digest >= 0) return image.slice(digest + 1);
  const lastPart = image.slice(image.lastIndexOf('/') + 1);
  const colon = lastPart.indexOf(':');
  return colon < 0 ? '' : lastPart.slice(colon + 1);
}

function withType(tag: string, type: string): string {
  if (type === '') return tag;
  const plain = tag.replace(TYPE_SUFFIX, '');
  return type === 'default' ? plain : `${plain}-${type}`;
}
