import { createHash } from 'node:crypto';
import { REVIEWS } from './access-reviews';
import type { KindRow } from './kind-row';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** Custom resources list theirs in another order. */
const CUSTOM_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
export const SCALE_KIND = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

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

export interface Served {
  readonly group: string;
  readonly version: string;
  readonly isCustom: boolean;
  readonly resources: readonly ServedResource[];
}

export interface ServedResource {
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
export function servedVersions(kinds: readonly KindRow[]): Served[] {
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
