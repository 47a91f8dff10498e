import { REVIEWS } from './access-reviews';
import { apiVersionOf, type KindRow } from './kind-row';
import type { JsonObject } from './object-types';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SCALE_KIND = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

interface Served {
  readonly group: string;
  readonly version: string;
  readonly resources: readonly ServedResource[];
}

interface ServedResource {
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly {
    readonly name: string;
    readonly kind: JsonObject;
    readonly verbs: readonly string[];
  }[];
}

/** Every group and version this server answers, in the order their kinds are declared. */
function servedVersions(kinds: readonly KindRow[]): Served[] {
  const groups = [...new Set(kinds.map((row) => row.group))];
  const served = groups.flatMap((group) => {
    const rows = kinds.filter((row) => row.group === group);
    const versions = [...new Set(rows.flatMap((row) => row.versions))];
    return versions.map((version) => ({
      group,
      version,
      resources: rows.filter((row) => row.versions.includes(version)).map((row) => toServed(row, version)),
    }));
  });
  return [...served, ...reviewVersions()];
}

function toServed(row: KindRow, version: string): ServedResource {
  const own = { group: row.group, version, kind: row.kind };
  return {
    ...row,
    verbs: VERBS,
    subresources: row.subresources.map((name) => ({
      name,
      kind: name === 'scale' ? SCALE_KIND : own,
      verbs: name === 'log' ? ['get'] : ['get', 'patch', 'update'],
    })),
  };
}

function reviewVersions(): Served[] {
  const groups = new Map<string, ServedResource[]>();
  for (const [id, { kind, namespaced }] of Object.entries(REVIEWS)) {
    const [plural = '', ...group] = id.split('.');
    const resources = groups.get(group.join('.')) ?? [];
    groups.set(group.join('.'), [
      ...resources,
      {
        plural,
        singular: kind.toLowerCase(),
        kind,
        namespaced,
        verbs: ['create'],
        shortNames: [],
        categories: [],
        subresources: [],
      },
    ]);
  }
  return [...groups].map(([group, resources]) => ({ group, version: 'v1', resources }));
}

function groupDocument(group: string, served: readonly Served[]): JsonObject {
  const versions = served
    .filter((one) => one.group === group)
    .map(({ version }) => ({ groupVersion: apiVersionOf({ group }, version), version }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function resourceList(one: Served): JsonObject {
  const resources = one.resources.flatMap((resource) => [
    {
      name: resource.plural,
      singularName: resource.singular,
      namespaced: resource.namespaced,
      kind: resource.kind,
      verbs: resource.verbs,
      ...(resource.shortNames.length === 0 ? {} : { shortNames: resource.shortNames }),
      ...(resource.categories.length === 0 ? {} : { categories: resource.categories }),
    },
    ...resource.subresources.map(({ name, kind, verbs }) => ({
      name: `${resource.plural}/${name}`,
      singularName: '',
      namespaced: resource.namespaced,
      ...(kind === SCALE_KIND ? { group: SCALE_KIND.group, version: SCALE_KIND.version } : {}),
      kind: kind.kind,
      verbs,
    })),
  ]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersionOf(one, one.version), resources };
}

function aggregatedItem(group: string, served: readonly Served[]): JsonObject {
  const versions = served
    .filter((one) => one.group === group)
    .map((one) => ({
      version: one.version,
      resources: one.resources.map((resource) => ({
        resource: resource.plural,
        responseKind: { group: one.group, version: one.version, kind: resource.kind },
        scope: resource.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: resource.singular,
        verbs: resource.verbs,
        ...(resource.shortNames.length === 0 ? {} : { shortNames: resource.shortNames }),
        ...(resource.categories.length === 0 ? {} : { categories: resource.categories }),
        ...(resource.subresources.length === 0
          ? {}
          : {
              subresources: resource.subresources.map(({ name, kind, verbs }) => ({
                subresource: name,
                responseKind: kind,
                verbs,
              })),
            }),
      })),
      freshness: 'Current',
    }));
  return { metadata: { name: group === '' ? null : group, creationTimestamp: null }, versions };
}

export interface Discovery {
  readonly body: JsonObject;
  readonly contentType: string;
}

/** The document of a discovery path, or undefined when nothing is served there. */
export function discover(kinds: readonly KindRow[], path: string, accept: string): Discovery | undefined {
  const served = servedVersions(kinds);
  const [root, group = '', version] = path.split('/').filter((part) => part !== '');
  const isRoot = path.split('/').filter((part) => part !== '').length === 1;
  if (isRoot && accept.includes('as=APIGroupDiscoveryList')) return aggregated(served, root === 'api', accept);
  const plain = (body: JsonObject | undefined) =>
    body === undefined ? undefined : { body, contentType: 'application/json' };
  if (root === 'api') {
    if (isRoot) return plain(coreVersions());
    return plain(findList(served, '', group));
  }
  if (isRoot) return plain(groupList(served));
  if (!served.some((one) => one.group === group && group !== '')) return undefined;
  if (version === undefined) return plain({ kind: 'APIGroup', apiVersion: 'v1', ...groupDocument(group, served) });
  return plain(findList(served, group, version));
}

function findList(served: readonly Served[], group: string, version: string): JsonObject | undefined {
  const found = served.find((one) => one.group === group && one.version === version);
  return found === undefined ? undefined : resourceList(found);
}

function coreVersions(): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1' }],
  };
}

const namedGroups = (served: readonly Served[]) => [
  ...new Set(served.map((one) => one.group).filter((group) => group !== '')),
];

function groupList(served: readonly Served[]): JsonObject {
  const groups = namedGroups(served).map((group) => groupDocument(group, served));
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

function aggregated(served: readonly Served[], isCore: boolean, accept: string): Discovery {
  const version = /v=v2(;|,|$)/.test(accept) ? 'v2' : 'v2beta1';
  const groups = isCore ? [''] : namedGroups(served);
  const items = groups.map((group) => aggregatedItem(group, served));
  return {
    contentType: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
    body: { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items },
  };
}
