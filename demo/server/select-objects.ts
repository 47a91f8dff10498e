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

/** Reads `labelSelector` and `fieldSelector`; 400 for one that cannot be read or names a field that is not selectable. */
export function parseSelection(row: KindRow, query: URLSearchParams): Selection {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  if (!labels.ok) throw badRequest(labels.message);
  const fields = parseFields(row, query.get('fieldSelector') ?? '');
  if (labels.value.length === 0 && fields.length === 0) return { matches: () => true, isEverything: true };
  return {
    isEverything: false,
    matches: (object) =>
      fields.every((term) => matchesField(object, term)) && matchesRequirements(labels.value, object.metadata.labels),
  };
}

function parseFields(row: KindRow, text: string): FieldTerm[] {
  return text
    .split(/(?<!\\),/)
    .filter((term) => term.trim() !== '')
    .map((term) => {
      const [, field = '', operator = '', value = ''] = /^(.*?)(!=|==|=)(.*)$/.exec(term) ?? [];
      if (operator === '') throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
      const path = pathOf(row, field);
      if (path === undefined) {
        throw badRequest(`field label not supported: ${field}`);
      }
      return { path, value: value.replace(/\\([\\,=])/g, '$1'), isEqual: operator !== '!=' };
    });
}

function pathOf(row: KindRow, field: string): readonly string[] | undefined {
  if (field === 'metadata.name') return ['metadata', 'name'];
  if (field === 'metadata.namespace' && row.namespaced) return ['metadata', 'namespace'];
  return row.selectableFields[field];
}

// A field that is missing equals the empty text, `false` and 0, which is what a decoded object would hold.
function matchesField(object: KubeObject, { path, value, isEqual }: FieldTerm): boolean {
  const found = valueAt(object, ...path);
  const text = found === undefined || found === null ? '' : String(found);
  const equal = text === value || (text === '' && (value === 'false' || value === '0'));
  return equal === isEqual;
}
