import type { Answer } from './http-exchange';
import { apiVersionOf, type KindRow } from './kind-row';
import { isJson, isYaml, notAccepted, parseAccept } from './negotiate-media';
import type { JsonObject } from './object-types';
import { SCALE_KIND, type Served, type ServedResource, servedVersions } from './served-versions';

const DISCOVERY = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

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
