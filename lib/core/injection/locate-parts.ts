/** Lines of a text, counted from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Keys by which items of a pod's lists are named, the likely ones first. */
const ITEM_KEYS = ['name', 'containerPort', 'mountPath', 'devicePath', 'ip', 'topologyKey', 'uid'];
const SEGMENT = /\.?([^.[\]]+)|\[([^\]]*)\]/g;

interface Block {
  /** Of the first line and of the one behind the last, from 0. */
  readonly from: number;
  readonly to: number;
  readonly indent: number;
}

/**
 * Finds the lines of parts of a pod in its YAML.
 *
 * Input: YAML in block style as `cleanPodForDisplay` writes it; paths as `explainOrigins` names them, e.g.
 * `spec.containers[istio-proxy].env[POD_NAME]`.
 * Output: a range by path; a part that the text does not show is absent.
 */
export function locateParts(yaml: string, paths: Iterable<string>): ReadonlyMap<string, LineRange> {
  const lines = yaml.trimEnd().split('\n');
  const whole: Block = { from: 0, to: lines.length, indent: 0 };
  const known = new Map<string, Block | undefined>();
  const find = (path: string): Block | undefined => {
    if (path === '') return whole;
    if (known.has(path)) return known.get(path);
    const { parent, key } = splitLast(path);
    const outer = find(parent);
    const found = outer && (findKey(lines, outer, key, parent === '') ?? findItem(lines, outer, key));
    known.set(path, found);
    return found;
  };
  const ranges = new Map<string, LineRange>();
  for (const path of paths) {
    const block = find(path);
    if (block !== undefined) ranges.set(path, { first: block.from + 1, last: block.to });
  }
  return ranges;
}

function splitLast(path: string): { readonly parent: string; readonly key: string } {
  const last = [...path.matchAll(SEGMENT)].at(-1);
  return { parent: path.slice(0, last?.index ?? 0), key: last?.[1] ?? last?.[2] ?? path };
}

/** The entry of a mapping; `isTop` where the block is the whole text and no key stands above it. */
function findKey(lines: readonly string[], outer: Block, key: string, isTop: boolean): Block | undefined {
  const begin = isTop || isItem(lines[outer.from], outer.indent) ? outer.from : outer.from + 1;
  const indent = isTop ? 0 : childIndent(lines, outer);
  for (let at = begin; at < outer.to; at += 1) {
    const line = lines[at] ?? '';
    const isHere = indentOf(line) === indent || (at === outer.from && isItem(line, outer.indent));
    if (isHere && keyOf(line) === key) return { from: at, to: endOf(lines, at, outer.to, indent), indent };
  }
  return undefined;
}

/** The item of a list whose name, port or path it is. */
function findItem(lines: readonly string[], outer: Block, name: string): Block | undefined {
  const indent = childIndent(lines, outer);
  for (let at = outer.from + 1; at < outer.to; at += 1) {
    if (!isItem(lines[at], indent)) continue;
    const item = { from: at, to: endOf(lines, at, outer.to, indent), indent };
    if (isNamed(lines, item, name)) return item;
  }
  return undefined;
}

function isNamed(lines: readonly string[], item: Block, name: string): boolean {
  const own = lines.slice(item.from, item.to).filter((line, at) => at === 0 || indentOf(line) === item.indent + 2);
  const first = ITEM_KEYS.map((key) => own.find((line) => keyOf(line) === key)).find((line) => line !== undefined);
  const named = own.filter((line) => ITEM_KEYS.includes(keyOf(line) ?? ''));
  return (first !== undefined && scalarOf(first) === name) || named.some((line) => scalarOf(line) === name);
}

function childIndent(lines: readonly string[], { from, to, indent }: Block): number {
  if (isItem(lines[from], indent)) return indent + 2;
  const inner = lines.slice(from + 1, to).find((line) => line.trim() !== '');
  return inner === undefined ? indent + 2 : indentOf(inner);
}

/** Behind the last line that is further in; an empty line belongs to a text that goes on. */
function endOf(lines: readonly string[], at: number, limit: number, indent: number): number {
  let end = at + 1;
  while (end < limit && (lines[end]?.trim() === '' || indentOf(lines[end] ?? '') > indent)) end += 1;
  return end;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
const isItem = (line: string | undefined, indent: number): boolean =>
  line !== undefined && indentOf(line) === indent && line.trimStart().startsWith('- ');

function keyOf(line: string): string | undefined {
  const [, quoted, double, plain] = /^\s*(?:- )?(?:'([^']*)'|"([^"]*)"|([^\s'"#][^:]*?))\s*:(?:\s|$)/.exec(line) ?? [];
  return quoted ?? double ?? plain;
}

function scalarOf(line: string): string {
  const text = line.replace(/^\s*(?:- )?[^:]*:\s*/, '').trim();
  return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : text;
}
