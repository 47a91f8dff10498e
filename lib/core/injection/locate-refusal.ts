import { load, YAMLException } from 'js-yaml';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Refusal } from './engine/injection-refusal';
import { relaxIndentation } from './engine/relax-indentation';

export interface TextPlace {
  /** Both counted from 1. */
  readonly line: number;
  readonly column?: number;
}

/** Beyond this a place is worth less than the time that it takes to find. */
const MOST_SEARCHED = 1024 * 1024;

/**
 * Finds the place in a file that a refusal speaks of.
 *
 * Input: the text of the document from its first line on, and that line's number in the file.
 * Output: the place of the field or annotation, else of the fault that stops YAML; the document's first line where neither is found.
 * Never throws.
 */
export function locateRefusal(document: string, firstLine: number, refusal: Refusal): TextPlace {
  if (document.length > MOST_SEARCHED) return { line: lineOf(refusal) ?? firstLine };
  const found = findPlace(document, refusal);
  if (found === undefined) return { line: lineOf(refusal) ?? firstLine };
  return { ...found, line: firstLine + found.line - 1 };
}

function findPlace(document: string, { code, values }: Refusal): TextPlace | undefined {
  switch (code) {
    case 'yaml-invalid':
      return findSyntaxFault(document);
    case 'annotation-invalid':
    case 'overrides-invalid':
      return findText(document, String(values.annotation ?? ''), String(values.value ?? ''));
    case 'template-unknown':
      return findText(document, 'inject.istio.io/templates', String(values.template ?? ''));
    case 'object-invalid':
    case 'template-required':
      return findField(document, String(values.field ?? ''));
    default:
      return undefined;
  }
}

function lineOf({ code, values }: Refusal): number | undefined {
  return code === 'yaml-invalid' && typeof values.line === 'number' ? values.line : undefined;
}

function findSyntaxFault(document: string): TextPlace | undefined {
  try {
    load(relaxIndentation(document), { json: true });
    return undefined;
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark : undefined;
    return mark === undefined || mark === null ? undefined : { line: mark.line + 1, column: mark.column + 1 };
  }
}

/** The line that has both, else the first with the key. */
function findText(document: string, key: string, value: string): TextPlace | undefined {
  if (key === '') return undefined;
  const lines = document.split('\n');
  const exact = lines.findIndex((line) => line.includes(key) && line.includes(value));
  const index = exact >= 0 ? exact : lines.findIndex((line) => line.includes(key));
  const line = lines[index];
  return line === undefined ? undefined : { line: index + 1, column: line.indexOf(key) + 1 };
}

/** The deepest part of a path such as `spec.template.spec.containers[0].image` that the text has. */
function findField(document: string, path: string): TextPlace | undefined {
  const counter = new LineCounter();
  const parsed = parseDocument(document, { lineCounter: counter, logLevel: 'silent', uniqueKeys: false });
  let node: unknown = parsed.contents;
  let offset: number | undefined;
  for (const part of path.split(/[.[\]]+/).filter((each) => each !== '')) {
    const next = step(node, part);
    if (next === undefined) break;
    offset = next.offset ?? offset;
    node = next.node;
  }
  if (offset === undefined) return undefined;
  const { line, col } = counter.linePos(offset);
  return { line, column: col };
}

function step(
  node: unknown,
  part: string,
): { readonly node: unknown; readonly offset: number | undefined } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return item === undefined ? undefined : { node: item, offset: isNode(item) ? item.range?.[0] : undefined };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
  return pair === undefined
    ? undefined
    : { node: pair.value, offset: isNode(pair.key) ? pair.key.range?.[0] : undefined };
}
