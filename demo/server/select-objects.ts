import { matchesRequirements, parseLabelSelector } from '@/lib/core/kube/parse-selector';
import { badRequest } from './api-error';
import { valueAt } from './json-access';
import type { KindRow } from './kind-row';
import type { KubeObject } from './object-types';

export interface Selection {
  readonly matches: (object: KubeObject) => boolean;
  readonly isEverything: boolean;
}

interface FieldTerm {
  readonly path: readonly string[];
  readonly value: string;
  readonly isEqual: boolean;
}

/**
 * Reads `labelSelector` and `fieldSelector`; 400 for one that cannot be read. The selection itself comes when it is asked
 * for, with a 400 for a field that cannot be selected by: the real server looks at those last.
 */
export function parseSelection(row: KindRow, query: URLSearchParams): () => Selection {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  if (!labels.ok) throw badRequest(labels.message);
  const terms = parseFieldSelector(query.get('fieldSelector') ?? '');
  return () => {
    const fields = terms.map(({ field, ...term }) => ({ ...term, path: pathOf(row, field) }));
    if (labels.value.length === 0 && fields.length === 0) return { matches: () => true, isEverything: true };
    return {
      isEverything: false,
      matches: (object) =>
        fields.every((term) => matchesField(object, term)) && matchesRequirements(labels.value, object.metadata.labels),
    };
  };
}

/** The name that a field selector asks for, if it asks for one: such a request is one for that object. */
export function selectedName(query: URLSearchParams): string | undefined {
  const terms = (query.get('fieldSelector') ?? '').split(',');
  const name = terms.map((term) => /^metadata\.name==?([^=/%\\]+)$/.exec(term)?.[1]).find((one) => one !== undefined);
  return name === '.' || name === '..' ? undefined : name;
}

// Source: k8s.io/apimachinery, pkg/fields/selector.go, ParseSelector.
function parseFieldSelector(
  text: string,
): { readonly field: string; readonly value: string; readonly isEqual: boolean }[] {
  return text
    .split(/(?<!\\),/)
    .filter((term) => term !== '')
    .map((term) => {
      const [, field = '', operator = '', value = ''] = /^(.*?)(!=|==|=)(.*)$/.exec(term) ?? [];
      if (operator === '') throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
      return { field, value: unescapeValue(value), isEqual: operator !== '!=' };
    });
}

function unescapeValue(text: string): string {
  return text.replace(/\\(.?)|=/gs, (part, escaped: string | undefined) => {
    if (part === '=') throw badRequest(`invalid field selector: unescaped character in value: ${'='.charCodeAt(0)}`);
    if (!escaped || !['\\', ',', '='].includes(escaped)) {
      throw badRequest(`invalid field selector: invalid escape sequence: ${part}`);
    }
    return escaped;
  });
}

/** Kinds whose refusal of a field differs from that of all others. */
const NAMES_ITSELF: ReadonlySet<string> = new Set(['Job']);

function pathOf(row: KindRow, field: string): readonly string[] {
  const hasOwnFields = row.isCustom || Object.keys(row.selectableFields).length > 0;
  if (field === 'metadata.name') return ['metadata', 'name'];
  if (field === 'metadata.namespace' && (row.namespaced || !hasOwnFields)) return ['metadata', 'namespace'];
  const path = row.selectableFields[field];
  if (path !== undefined) return path;
  if (NAMES_ITSELF.has(row.kind)) throw badRequest(`field label "${field}" not supported for ${row.kind}`);
  if (hasOwnFields) throw badRequest(`field label not supported: ${field}`);
  throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
}

// A field that is missing equals the empty text, `false` and 0, which is what a decoded object would hold.
function matchesField(object: KubeObject, { path, value, isEqual }: FieldTerm): boolean {
  const found = valueAt(object, ...path);
  const text = found === undefined || found === null ? '' : String(found);
  const equal = text === value || (text === '' && (value === 'false' || value === '0'));
  return equal === isEqual;
}
