import { AGE, NAME } from './columns';
import type { KindRow, ScalePaths } from './kind-row';

export const STANDARD_SCALE: ScalePaths = {
  replicas: ['spec', 'replicas'],
  statusReplicas: ['status', 'replicas'],
  selector: ['spec', 'selector', 'matchLabels'],
};

function pluralOf(singular: string): string {
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return singular.endsWith('s') ? `${singular}es` : `${singular}s`;
}

/** A row with the usual values: namespaced, no subresource, columns Name and Age. */
export function kindRow(
  group: string,
  versions: string | readonly string[],
  kind: string,
  row: Partial<KindRow> = {},
): KindRow {
  const singular = kind.toLowerCase();
  return {
    group,
    versions: typeof versions === 'string' ? [versions] : versions,
    kind,
    plural: pluralOf(singular),
    singular,
    shortNames: [],
    categories: [],
    namespaced: true,
    subresources: [],
    hasGeneration: false,
    columns: [NAME, AGE],
    selectableFields: {},
    isCustom: false,
    ...row,
  };
}
