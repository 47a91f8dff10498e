import { ApiError, badRequest } from './api-error';
import { DEFAULT_COLUMNS } from './columns';
import { apiVersionOf, type KindRow } from './kind-row';
import {
  isJson,
  isYaml,
  type MediaRange,
  notAccepted,
  notRepresented,
  parseAccept,
  prefersYaml,
  streamNotAccepted,
} from './negotiate-media';
import type { JsonObject, KubeObject } from './object-types';

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

const FORMS: Readonly<Record<string, Form>> = {
  Table: 'table',
  PartialObjectMetadata: 'metadata',
  PartialObjectMetadataList: 'metadata',
};
const INCLUDED = ['', 'Metadata', 'Object', 'None'];

/** The first media type of an Accept header that this server can answer with; 406 when there is none. */
export function parseRendering(
  accept: string | undefined,
  query: URLSearchParams,
  now: number,
  verb: string,
): Rendering {
  const ranges = parseAccept(accept).filter((range) => isJson(range) || isYaml(range));
  if (ranges.length === 0) throw notRepresented(verb === 'list' || verb === 'watch');
  const rendering = ranges.map((range) => renderingOf(range, query, now)).find((one) => one !== undefined);
  if (rendering === undefined) throw notAccepted();
  if (verb === 'watch' && prefersYaml(accept)) throw streamNotAccepted();
  if (rendering.form === 'table' && !INCLUDED.includes(query.get('includeObject') ?? '')) {
    const given = JSON.stringify(query.get('includeObject'));
    throw badRequest(
      `Unable to convert to Table as requested: includeObject: Invalid value: ${given}: must be 'Metadata', 'Object', 'None', or empty`,
    );
  }
  return rendering;
}

function renderingOf({ parameters }: MediaRange, query: URLSearchParams, now: number): Rendering | undefined {
  const { as = '', g = '', v = '' } = parameters;
  const asked = query.get('includeObject') ?? '';
  const includeObject = asked === '' ? 'Metadata' : asked;
  const rest = { metaVersion: `meta.k8s.io/${v === '' ? 'v1' : v}`, isList: as.endsWith('List'), includeObject, now };
  if (as === '') return { ...rest, form: 'plain' };
  const form = FORMS[as];
  const isServed = g === 'meta.k8s.io' && (v === 'v1' || v === 'v1beta1');
  return form === undefined || !isServed ? undefined : { ...rest, form };
}

/** 406 for metadata of one object where a list was found, or the other way round. */
export function requireForm(row: KindRow, rendering: Rendering, isList: boolean): void {
  if (rendering.form !== 'metadata' || rendering.isList === isList) return;
  const listed = isList ? 'List' : '';
  const packageName = row.group === '' ? 'core' : row.group.split('.')[0];
  const type = row.isCustom ? `unstructured.Unstructured${listed}` : `${packageName}.${row.kind}${listed}`;
  const wanted = `you requested PartialObjectMetadata${isList ? '' : 'List'}`;
  const text = `${wanted}, but the requested object is ${isList ? 'a list' : 'not a list'} (*${type})`;
  throw new ApiError('NotAcceptable', text);
}

/** An object as one version of its kind, key order as the real server has it. */
export function asVersion(row: KindRow, version: string, object: KubeObject): JsonObject {
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
