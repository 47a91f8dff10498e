import type { JsonValue } from './json-types';
import { loadExact, loadPlain, type YamlResult } from './library-yaml';
import { readQuickYaml } from './quick-yaml';
import { resolveScalar } from './yaml-scalars';
import { YamlNumber, type YamlValue } from './yaml-value';

const MAX_TEXT = 10 * 1024 * 1024;
const TOO_LARGE = { ok: false, fault: { message: 'yaml: the document is larger than 10 MiB' } } as const;

/**
 * Reads one YAML document as Kubernetes' programs do: YAML 1.1 flags and octal numbers, the last of two equal keys wins, times stay text.
 *
 * Input: one document. Output: JSON values; a number that JavaScript would print otherwise than Go is a `YamlNumber`.
 * Fails on text that is no YAML, on more than 10 MiB, 100 levels or 10,000 aliases.
 * Source: sigs.k8s.io/yaml with its copy of go-yaml v2, resolve.go.
 */
export function parseKubeYaml(text: string): YamlResult<YamlValue> {
  if (text.length > MAX_TEXT) return TOO_LARGE;
  const value = readQuickYaml(text, resolveExact);
  return value === undefined ? loadExact(text) : { ok: true, value };
}

/** The same, with every number as JavaScript has it. */
export function parsePlainYaml(text: string): YamlResult<JsonValue> {
  if (text.length > MAX_TEXT) return TOO_LARGE;
  const value = readQuickYaml(text, resolvePlain);
  return value === undefined ? loadPlain(text) : { ok: true, value };
}

const resolveExact = (source: string) => resolveScalar(source, true);
const resolvePlain = (source: string): JsonValue => {
  const value = resolveScalar(source, false);
  return value instanceof YamlNumber ? value.value : value;
};
