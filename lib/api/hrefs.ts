/** Where an object's page is. */
export const namespaceHref = (name: string): string => `/namespaces/${encodeURIComponent(name)}`;

export const podHref = (namespace: string, name: string): string =>
  `${namespaceHref(namespace)}/pods/${encodeURIComponent(name)}`;

export const workloadHref = (namespace: string, kind: string, name: string): string =>
  kind === 'Pod'
    ? podHref(namespace, name)
    : `${namespaceHref(namespace)}/workloads/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`;
