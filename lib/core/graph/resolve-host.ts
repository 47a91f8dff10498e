const DEFAULT_DOMAIN = 'cluster.local';

/** A Service's full name. */
export const serviceHost = (name: string, namespace: string, domain: string = DEFAULT_DOMAIN): string =>
  `${name}.${namespace}.svc.${domain}`;

/**
 * The full name that Istio reads in a host field of a VirtualService or DestinationRule.
 *
 * Input: the text of the field and the namespace of the object that holds it.
 * Output: a short name gains namespace and domain. Any name with a dot is taken as it is, so `reviews.shop` stays
 * `reviews.shop` and names no Service.
 * Source: Istio, pilot/pkg/model/virtualservice.go, ResolveShortnameToFQDN.
 */
export function resolveHost(host: string, namespace: string, domain: string = DEFAULT_DOMAIN): string {
  const isAsWritten = host === '' || host === '*' || host.includes('.') || host.includes(':');
  return isAsWritten ? host : serviceHost(host, namespace, domain);
}

/**
 * `namespace/name` of the gateway that a VirtualService names.
 *
 * Output: undefined for `mesh`. A dotted name is the legacy form `name.namespace.svc…`.
 * Source: Istio, pilot/pkg/model/virtualservice.go, resolveGatewayName.
 */
export function resolveGatewayName(gateway: string, namespace: string): string | undefined {
  if (gateway === 'mesh') return undefined;
  if (gateway.startsWith('./')) return `${namespace}/${gateway.slice(2)}`;
  if (gateway.includes('/')) return gateway;
  const [name = '', legacyNamespace] = gateway.split('.');
  return `${legacyNamespace ?? namespace}/${name}`;
}

/** Whether a host pattern (`*`, `*.example.com`, a name) covers a name. */
export const coversHost = (pattern: string, host: string): boolean =>
  pattern === '*' || pattern === host || (pattern.startsWith('*') && host.endsWith(pattern.slice(1)));

/** Whether two host patterns share at least one name. */
export const shareHost = (left: string, right: string): boolean => coversHost(left, right) || coversHost(right, left);
