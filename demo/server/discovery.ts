import { createHash } from 'node:crypto';
import { REVIEWS } from './access-reviews';
import type { Answer } from './http-exchange';
import { apiVersionOf, type KindRow } from './kind-row';
import { isJson, isYaml, notAccepted, parseAccept } from './negotiate-media';
import type { JsonObject } from './object-types';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** Custom resources list theirs in another order. */
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const SCALE_KIND = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
const DISCOVERY = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Groups in the real server's order; those of custom resources follow by name. */
const GROUP_ORDER = [
  '',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'policy',
  'rbac.authorization.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
];

interface Served {
  readonly group: string;
  readonly version: string;
  readonly isCustom: boolean;
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
  /** Tells clients whether two resources are one in the store; none for what is not stored. */
  readonly storageVersionHash: string | undefined;
  readonly subresources: readonly {
    readonly name: string;
    readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
    readonly verbs: readonly string[];
  }[];
}

/** Every group and version this server answers; resources by name. */
function servedVersions(kinds: readonly KindRow[]): Served[] {
  const groups = [...new Set(kinds.map((row) => row.group))];
  const served = groups.flatMap((group) => {
    const rows = kinds.filter((row) => row.group === group);
    const versions = [...new Set(rows.flatMap((row) => row.versions))];
    return versions.map((version) => ({
      group,
      version,
      isCustom: rows.some((row) => row.isCustom),
      resources: rows.filter((row) => row.versions.includes(version)).map((row) => toServed(row, version)),
    }));
  });
  const rank = ({ group }: Served) => (GROUP_ORDER.includes(group) ? GROUP_ORDER.indexOf(group) : GROUP_ORDER.length);
  return [...served, ...reviewVersions()]
    .map((one) => ({ ...one, resources: [...one.resources].sort((a, b) => compare(a.plural, b.plural)) }))
    .sort((a, b) => rank(a) - rank(b) || compare(a.group, b.group));
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

// Source: k8s.io/apiserver, pkg/endpoints/discovery/storageversionhash.go.
function storageVersionHash({ group, versions, kind, storageVersion = versions[0] ?? '' }: KindRow): string {
  const digest = createHash('sha256').update(`${group}/${storageVersion}/${kind}`).digest();
  return digest.subarray(0, 8).toString('base64');
}

function toServed(row: KindRow, version: string): ServedResource {
  const own = { group: row.group, version, kind: row.kind };
  return {
    ...row,
    verbs: verbsOf(row),
    storageVersionHash: storageVersionHash(row),
    subresources: [...row.subresources].sort(compare).map((name) => ({
      name,
      kind: name === 'scale' ? SCALE_KIND : own,
      verbs: name === 'log' ? ['get'] : ['get', 'patch', 'update'],
    })),
  };
}

/** Namespaces go one by one. */
export function verbsOf(row: KindRow): readonly string[] {
  if (row.isCustom) return CUSTOM_VERBS;
  return row.deletion === 'namespace' ? VERBS.filter((verb) => verb !== 'deletecollection') : VERBS;
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
        storageVersionHash: undefined,
        subresources: [],
      },
    ]);
  }
  return [...groups].map(([group, resources]) => ({ group, version: 'v1', isCustom: false, resources }));
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
      ...(resource.storageVersionHash === undefined ? {} : { storageVersionHash: resource.storageVersionHash }),
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
  // The core group is older than the field.
  const apiVersion = one.group === '' ? {} : { apiVersion: 'v1' };
  return { kind: 'APIResourceList', ...apiVersion, groupVersion: apiVersionOf(one, one.version), resources };
}

function aggregatedItem(group: string, served: readonly Served[]): JsonObject {
  const versions = served
    .filter((one) => one.group === group)
    .map((one) => ({
      version: one.version,
      resources: one.resources.map((resource) => ({
        resource: resource.plural,
        responseKind: responseKind(one, { group: one.group, version: one.version, kind: resource.kind }),
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
                responseKind: responseKind(one, kind),
                verbs,
              })),
            }),
      })),
      freshness: 'Current',
    }));
  return { metadata: group === '' ? {} : { name: group }, versions };
}

/** Built-in kinds leave out the group and version that they share with the list they are in. */
function responseKind(one: Served, kind: ServedResource['subresources'][number]['kind']): JsonObject {
  const isOwn = !one.isCustom && kind.group === one.group && kind.version === one.version;
  return { ...kind, ...(isOwn ? { group: '', version: '' } : {}) };
}

/** The document of a discovery path, or undefined when nothing is served there. */
export function discover(
  kinds: readonly KindRow[],
  path: string,
  accept: string | undefined,
  address: string,
): Answer | undefined {
  const served = servedVersions(kinds);
  const [root, group, version] = path.split('/').filter((part) => part !== '');
  const ranges = parseAccept(accept).filter(
    (range) =>
      isYaml(range) || (isJson(range) && (range.parameters.as === undefined || isAggregated(range.parameters))),
  );
  if (ranges.length === 0) throw notAccepted();
  const plain = (body: JsonObject | undefined) => (body === undefined ? undefined : { status: 200, body });
  if (group === undefined) {
    if (isAggregated(ranges[0]?.parameters ?? {})) return aggregated(served, root === 'api');
    return plain(root === 'api' ? coreVersions(address) : groupList(served));
  }
  if (root === 'api') return plain(findList(served, '', group));
  if (!served.some((one) => one.group === group)) return undefined;
  if (version === undefined) return plain({ kind: 'APIGroup', apiVersion: 'v1', ...groupDocument(group, served) });
  return plain(findList(served, group, version));
}

function isAggregated({ as, g, v }: Readonly<Record<string, string>>): boolean {
  return as === 'APIGroupDiscoveryList' && g === 'apidiscovery.k8s.io' && v === 'v2';
}

function findList(served: readonly Served[], group: string, version: string): JsonObject | undefined {
  const found = served.find((one) => one.group === group && one.version === version);
  return found === undefined ? undefined : resourceList(found);
}

function coreVersions(address: string): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
  };
}

const namedGroups = (served: readonly Served[]) => [
  ...new Set(served.map((one) => one.group).filter((group) => group !== '')),
];

function groupList(served: readonly Served[]): JsonObject {
  const groups = namedGroups(served).map((group) => groupDocument(group, served));
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

function aggregated(served: readonly Served[], isCore: boolean): Answer {
  const groups = isCore ? [''] : namedGroups(served);
  const items = groups.map((group) => aggregatedItem(group, served));
  const head = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {} };
  return { status: 200, body: { ...head, items }, contentType: DISCOVERY };
}
