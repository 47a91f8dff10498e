import { apiVersionOf, type KindRow } from './kind-row';
import type { JsonObject } from './object-types';

/** `api/v1`, `apis/apps/v1`: how the index names a group and version. */
function pathOf(group: string, version: string): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function groupVersions(kinds: readonly KindRow[]): ReadonlyMap<string, readonly { row: KindRow; version: string }[]> {
  const found = new Map<string, { row: KindRow; version: string }[]>();
  for (const row of kinds) {
    for (const version of row.versions) {
      const path = pathOf(row.group, version);
      found.set(path, [...(found.get(path) ?? []), { row, version }]);
    }
  }
  return found;
}

/** The index at `/openapi/v3`. */
export function openApiIndex(kinds: readonly KindRow[]): JsonObject {
  const paths = [...groupVersions(kinds).keys()].map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}` }]);
  return { paths: Object.fromEntries(paths) };
}

const query = (name: string) => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } });
const WRITE_PARAMETERS = [query('dryRun'), query('fieldManager'), query('fieldValidation')];

/**
 * The document of one group and version: its paths and, per write, the parameters that clients look for.
 *
 * kubectl asks here whether the server validates fields itself (`fieldValidation`). There are no schemas, and patches
 * announce no media types, so that kubectl uses the ones it was built with.
 */
export function openApiDocument(kinds: readonly KindRow[], path: string): JsonObject | undefined {
  const rows = groupVersions(kinds).get(path);
  if (rows === undefined) return undefined;
  const paths: Record<string, JsonObject> = {};
  for (const { row, version } of rows) {
    const gvk = { group: row.group, version, kind: row.kind };
    const root = row.namespaced ? `/${path}/namespaces/{namespace}/${row.plural}` : `/${path}/${row.plural}`;
    const operation = (action: string, parameters: readonly JsonObject[]) => ({
      tags: [path.replaceAll('/', '_')],
      parameters,
      responses: { 200: { description: 'OK' } },
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': gvk,
    });
    paths[root] = { get: operation('list', []), post: operation('post', WRITE_PARAMETERS) };
    paths[`${root}/{name}`] = {
      get: operation('get', []),
      put: operation('put', WRITE_PARAMETERS),
      patch: operation('patch', [...WRITE_PARAMETERS, query('force')]),
      delete: operation('delete', [query('dryRun')]),
    };
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Demo cluster', version: apiVersionOf({ group: '' }, 'v1') },
    paths,
    components: { schemas: {} },
  };
}
