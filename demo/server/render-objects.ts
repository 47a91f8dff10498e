import { DEFAULT_COLUMNS } from './columns';
import { apiVersionOf, type KindRow } from './kind-row';
import type { JsonObject, KubeObject } from './object-types';
import { requireForm } from './parse-rendering';

export type Form = 'plain' | 'table' | 'metadata';

/** How a client wants its objects, from its Accept header: as they are, as a table, or their metadata only. */
export interface Rendering {
  readonly form: Form;
  /** Version of tables and metadata: `meta.k8s.io/v1`. */
  readonly metaVersion: string;
  /** Whether metadata was asked for by the name of its list. */
  readonly isList: boolean;
  /** Of a table's rows: `Metadata`, `Object` or `None`. */
  readonly includeObject: string;
  readonly now: number;
}

/** An object as one version of its kind, key order as the real server has it. */
function asVersion(row: KindRow, version: string, object: KubeObject): JsonObject {
  const { apiVersion: _version, kind: _kind, ...rest } = object;
  return { kind: row.kind, apiVersion: apiVersionOf(row, version), ...rest };
}

function asMetadata(object: KubeObject, { metaVersion }: Rendering): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: metaVersion, metadata: object.metadata };
}

function columnsOf(row: KindRow): JsonObject[] {
  return row.columns.map(({ name, type, format = '', description = '', priority = 0 }) => ({
    name,
    type,
    format,
    description,
    priority,
  }));
}

/** The default printer makes no list before it has a row. */
function rowsOf(row: KindRow, objects: readonly KubeObject[], print: (object: KubeObject) => JsonObject) {
  return objects.length === 0 && row.columns === DEFAULT_COLUMNS ? null : objects.map(print);
}

function tableOf(
  row: KindRow,
  version: string,
  objects: readonly KubeObject[],
  rendering: Rendering,
  metadata: JsonObject,
  hasColumns: boolean,
): JsonObject {
  return {
    kind: 'Table',
    apiVersion: rendering.metaVersion,
    metadata,
    columnDefinitions: hasColumns ? columnsOf(row) : null,
    rows: rowsOf(row, objects, (object) => ({
      cells: row.columns.map((column) => column.cell(object, rendering.now)),
      object:
        rendering.includeObject === 'None'
          ? null
          : rendering.includeObject === 'Object'
            ? asVersion(row, version, object)
            : asMetadata(object, rendering),
    })),
  };
}

/** An object without any content but a version: what a bookmark carries, in the form that was asked for. */
export function renderBookmark(
  row: KindRow,
  version: string,
  metadata: JsonObject & { readonly resourceVersion: string },
  rendering: Rendering,
  hasColumns: boolean,
): JsonObject {
  const apiVersion = apiVersionOf(row, version);
  const nothing: KubeObject = {
    apiVersion,
    kind: row.kind,
    metadata: { name: '', uid: '', creationTimestamp: '', resourceVersion: '' },
  };
  const object =
    rendering.form === 'plain' || (rendering.form === 'table' && rendering.includeObject === 'Object')
      ? { kind: row.kind, apiVersion, metadata }
      : { kind: 'PartialObjectMetadata', apiVersion: rendering.metaVersion, metadata };
  if (rendering.form !== 'table') return object;
  return {
    kind: 'Table',
    apiVersion: rendering.metaVersion,
    metadata: { resourceVersion: metadata.resourceVersion },
    columnDefinitions: hasColumns ? columnsOf(row) : null,
    rows: [
      {
        cells: row.columns.map((column) => column.cell(nothing, rendering.now)),
        object: rendering.includeObject === 'None' ? null : object,
      },
    ],
  };
}

export function renderObject(
  row: KindRow,
  version: string,
  object: KubeObject,
  rendering: Rendering,
  hasColumns = true,
): JsonObject {
  if (rendering.form === 'plain') return asVersion(row, version, object);
  if (rendering.form === 'metadata') return asMetadata(object, rendering);
  const metadata = { resourceVersion: object.metadata.resourceVersion };
  return tableOf(row, version, [object], rendering, metadata, hasColumns);
}

export function renderList(
  row: KindRow,
  version: string,
  objects: readonly KubeObject[],
  metadata: JsonObject,
  rendering: Rendering,
): JsonObject {
  requireForm(row, rendering, true);
  if (rendering.form === 'table') return tableOf(row, version, objects, rendering, metadata, true);
  if (rendering.form === 'metadata') {
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: rendering.metaVersion,
      metadata,
      items: objects.map((object) => asMetadata(object, rendering)),
    };
  }
  // Items of built-in kinds come without kind and apiVersion, custom ones with both, as on the real server.
  const items = row.isCustom
    ? objects.map((object) => asVersion(row, version, object))
    : objects.map(({ apiVersion: _version, kind: _kind, ...rest }) => rest);
  return { kind: `${row.kind}List`, apiVersion: apiVersionOf(row, version), metadata, items };
}
