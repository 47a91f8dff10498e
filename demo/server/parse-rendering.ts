import { ApiError, badRequest } from './api-error';
import type { KindRow } from './kind-row';
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
import type { Form, Rendering } from './render-objects';

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
