import { itemStep } from './compare-typed';
import { isRecord } from './json-access';
import type { KindRow } from './kind-row';
import { schemaOfKind, type TypeSchema } from './object-schema';
import type { JsonObject } from './object-types';
import { stepText } from './path-set';

/**
 * What keeps an applied configuration from its type: unknown fields, values of other types, items with one key.
 * Source: sigs.k8s.io/structured-merge-diff, typed/validate.go; the real server reports all in one text, mostly there is one.
 */
export function applyProblem(row: KindRow, config: JsonObject): string | undefined {
  const { apiVersion: _version, kind: _kind, ...parts } = config;
  const problems = problemsOf(schemaOfKind(row), parts, '');
  if (problems.length < 2) return problems[0];
  return `errors:\n${problems.map((problem) => `  ${problem}`).join('\n')}`;
}

const LEAF_TYPES: Readonly<Record<string, readonly [go: string, is: (value: unknown) => boolean]>> = {
  s: ['string', (value) => typeof value === 'string'],
  y: ['string', (value) => typeof value === 'string'],
  i: ['numeric (int or float)', (value) => typeof value === 'number'],
  int64: ['numeric (int or float)', (value) => typeof value === 'number'],
  d: ['numeric (int or float)', (value) => typeof value === 'number'],
  b: ['boolean', (value) => typeof value === 'boolean'],
};

function problemsOf(schema: TypeSchema, value: unknown, path: string): string[] {
  if (value === null || value === undefined) return [];
  switch (schema.kind) {
    case 'free':
      return [];
    case 'leaf': {
      const [type, isType] = LEAF_TYPES[schema.type] ?? ['', () => true];
      return isType(value) ? [] : [`${path}: expected ${type}, got ${goValue(value)}`];
    }
    case 'list':
      return Array.isArray(value)
        ? listProblems(schema, value, path)
        : [`${path}: expected list, got ${goValue(value)}`];
    default:
      return isRecord(value) ? memberProblems(schema, value, path) : [`${path}: expected map, got ${goValue(value)}`];
  }
}

const goValue = (value: unknown) => `&value.valueUnstructured{Value:${JSON.stringify(value)}}`;

function memberProblems(schema: TypeSchema, value: JsonObject, path: string): string[] {
  return Object.entries(value).flatMap(([name, item]) => {
    const inner = `${path}.${name}`;
    if (schema.kind === 'map') return problemsOf(schema.of, item, inner);
    if (schema.kind !== 'struct') return [];
    const field = schema.fields.get(name)?.type ?? schema.rest;
    return field === undefined ? [`${inner}: field not declared in schema`] : problemsOf(field, item, inner);
  });
}

function listProblems(
  schema: Extract<TypeSchema, { kind: 'list' }>,
  items: readonly unknown[],
  path: string,
): string[] {
  const isAtomic = schema.keys.length === 0 && !schema.isSet;
  const seen = new Set<string>();
  return items.flatMap((item, at) => {
    if (isAtomic) return problemsOf(schema.of, item, `${path}[${at}]`);
    const step = itemStep(schema, item);
    const problems = problemsOf(schema.of, item, `${path}${stepText(step)}`);
    if (seen.has(step)) problems.push(`${path}: duplicate entries for key ${stepText(step)}`);
    seen.add(step);
    return problems;
  });
}
