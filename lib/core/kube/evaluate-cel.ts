import { type CelNode, CelSyntaxError, parseCel } from './parse-cel';

/** An expression without a value: in cel-go's words, or because it asks for what is not known here. */
class CelError extends Error {
  readonly isUnknown: boolean;
  constructor(message: string, isUnknown = false) {
    super(message);
    this.isUnknown = isUnknown;
  }
}

/**
 * A map of which only some keys are known: what is said of any other has no answer, rather than a wrong one.
 * A key that is known to be absent is given as undefined.
 */
export class PartialMap {
  readonly known: Readonly<Record<string, unknown>>;
  constructor(known: Readonly<Record<string, unknown>>) {
    this.known = known;
  }
}

export type CelVariables = Readonly<Record<string, unknown>>;

/** What became of an expression: `unknown` where it asks for what a `PartialMap` does not say, or for a function that is not understood. */
export type CelResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

const trees = new Map<string, CelNode>();
const MOST_TREES = 500;

/**
 * The value of an expression of CEL over JSON values: what match conditions of webhooks commonly say.
 *
 * Understood: operators, `?:`, `in`, `has`, `size`, text functions, the macros over lists and maps, `.?` with `orValue`, conversions.
 * Not: types, time, quantities, the authorizer. Never throws. Source: the CEL language definition.
 */
export function evaluateCel(expression: string, variables: CelVariables): CelResult {
  try {
    return { kind: 'value', value: evaluate(treeOf(expression), variables) };
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return { kind: error.isUnknown ? 'unknown' : 'error', message: error.message };
  }
}

type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  if (value instanceof PartialMap || value instanceof Optional) return false;
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entry of a map; `NOTHING` where it has none. */
function lookUp(map: JsonRecord | PartialMap, key: string): unknown {
  const entries = map instanceof PartialMap ? map.known : map;
  if (Object.hasOwn(entries, key)) return entries[key] === undefined ? NOTHING : entries[key];
  if (map instanceof PartialMap) throw new CelError(`"${key}" is not known here`, true);
  return NOTHING;
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left instanceof PartialMap || right instanceof PartialMap)
    throw new CelError('not all of it is known here', true);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isEqual(left[key], right[key]));
}

function treeOf(expression: string): CelNode {
  const known = trees.get(expression);
  if (known !== undefined) return known;
  try {
    const tree = parseCel(expression);
    if (trees.size >= MOST_TREES) trees.clear();
    trees.set(expression, tree);
    return tree;
  } catch (error) {
    if (error instanceof CelSyntaxError) throw new CelError(`Syntax error: ${error.message}`);
    throw error;
  }
}

/** A value that may be missing: what `.?` and `[?]` give. */
class Optional {
  readonly value: unknown;
  readonly isThere: boolean;
  constructor(value: unknown, isThere: boolean) {
    this.value = value;
    this.isThere = isThere;
  }
}

const NOTHING = new Optional(undefined, false);

function evaluate(node: CelNode, variables: CelVariables): unknown {
  switch (node.kind) {
    case 'value':
      return node.value;
    case 'name':
      if (!Object.hasOwn(variables, node.name)) {
        throw new CelError(`undeclared reference to '${node.name}'`, node.name === 'authorizer');
      }
      return variables[node.name];
    case 'member':
      return access(evaluate(node.of, variables), node.name, node.isOptional);
    case 'index':
      return access(evaluate(node.of, variables), evaluate(node.at, variables), node.isOptional);
    case 'list':
      return node.items.map((item) => evaluate(item, variables));
    case 'map':
      return Object.fromEntries(
        node.entries.map(([key, value]) => [String(evaluate(key, variables)), evaluate(value, variables)]),
      );
    case 'not':
      return !asBoolean(evaluate(node.of, variables));
    case 'minus':
      return -asNumber(evaluate(node.of, variables));
    case 'choice':
      return asBoolean(evaluate(node.condition, variables))
        ? evaluate(node.then, variables)
        : evaluate(node.otherwise, variables);
    case 'binary':
      return binary(node.operator, node.left, node.right, variables);
    case 'call':
      return callFunction(node, variables);
  }
}

function access(value: unknown, key: unknown, isOptional: boolean): unknown {
  if (value instanceof Optional) return value.isThere ? toOptional(access(value.value, key, true)) : NOTHING;
  const found = Array.isArray(value) && typeof key === 'number' ? value[key] : entryOf(value, String(key));
  if (isOptional) return found === undefined ? NOTHING : new Optional(found, true);
  if (found !== undefined) return found;
  if (Array.isArray(value) && typeof key === 'number') throw new CelError(`index out of bounds: ${key}`);
  if (isRecord(value)) throw new CelError(`no such key: ${String(key)}`);
  throw new CelError('no such overload');
}

function entryOf(value: unknown, key: string): unknown {
  if (!isRecord(value) && !(value instanceof PartialMap)) return undefined;
  const found = lookUp(value, key);
  return found === NOTHING ? undefined : found;
}

const toOptional = (value: unknown) => (value instanceof Optional ? value : new Optional(value, true));

function asBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new CelError('no such overload');
  return value;
}

function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw new CelError('no such overload');
  return value;
}

function binary(operator: string, left: CelNode, right: CelNode, variables: CelVariables): unknown {
  if (operator === '&&' || operator === '||') return logical(operator === '||', left, right, variables);
  const [a, b] = [evaluate(left, variables), evaluate(right, variables)];
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case 'in':
      if (Array.isArray(b)) return b.some((item) => isEqual(item, a));
      if (isRecord(b) || b instanceof PartialMap) return lookUp(b, String(a)) !== NOTHING;
      throw new CelError('no such overload');
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b;
      if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
      return asNumber(a) + asNumber(b);
    case '-':
      return asNumber(a) - asNumber(b);
    case '*':
      return asNumber(a) * asNumber(b);
    case '/':
    case '%':
      return divide(operator, asNumber(a), asNumber(b));
    default:
      return compare(operator, a, b);
  }
}

function divide(operator: '/' | '%', a: number, b: number): number {
  if (b === 0) throw new CelError(operator === '/' ? 'division by zero' : 'modulus by zero');
  return operator === '/' ? Math.trunc(a / b) : a % b;
}

function compare(operator: string, a: unknown, b: unknown): boolean {
  const isText = typeof a === 'string' && typeof b === 'string';
  if (!isText && !(typeof a === 'number' && typeof b === 'number')) throw new CelError('no such overload');
  const order = a < b ? -1 : a > b ? 1 : 0;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** One side that settles it is enough, even where the other has no value. */
function logical(settledBy: boolean, left: CelNode, right: CelNode, variables: CelVariables): boolean {
  let failure: CelError | undefined;
  for (const side of [left, right]) {
    try {
      if (asBoolean(evaluate(side, variables)) === settledBy) return settledBy;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      if (failure?.isUnknown !== true) failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return !settledBy;
}

type Call = Extract<CelNode, { kind: 'call' }>;

const MACROS: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'];

function callFunction(call: Call, variables: CelVariables): unknown {
  const { target, name, args } = call;
  const [first] = args;
  if (target === undefined) {
    if (name === 'has' && first !== undefined) return hasField(first, variables);
    return callGlobal(
      name,
      args.map((arg) => evaluate(arg, variables)),
    );
  }
  if (MACROS.includes(name)) return callMacro(call, evaluate(target, variables), variables);
  return callMethod(
    name,
    evaluate(target, variables),
    args.map((arg) => evaluate(arg, variables)),
  );
}

function hasField(node: CelNode, variables: CelVariables): boolean {
  if (node.kind !== 'member') throw new CelError('invalid argument to has() macro');
  const of = evaluate(node.of, variables);
  const value = of instanceof Optional ? of.value : of;
  if (of instanceof Optional && !of.isThere) return false;
  if (!isRecord(value) && !(value instanceof PartialMap)) {
    throw new CelError(value === null ? 'no such key' : 'no such overload');
  }
  return lookUp(value, node.name) !== NOTHING;
}

function sizeOf(value: unknown): number {
  if (value instanceof PartialMap) throw new CelError('not all of it is known here', true);
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (isRecord(value)) return Object.keys(value).length;
  throw new CelError('no such overload');
}

function callGlobal(name: string, [value]: readonly unknown[]): unknown {
  switch (name) {
    case 'size':
      return sizeOf(value);
    case 'string':
      return String(value);
    case 'int':
    case 'uint':
      return Math.trunc(Number(value));
    case 'double':
      return Number(value);
    case 'bool':
      return value === true || value === 'true';
    case 'dyn':
      return value;
    default:
      throw new CelError(`undeclared reference to '${name}'`, true);
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new CelError('no such overload');
  return value;
}

function toPattern(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch {
    throw new CelError(`error parsing regexp: ${text}`);
  }
}

function callMethod(name: string, target: unknown, args: readonly unknown[]): unknown {
  if (target instanceof Optional) return callOptional(name, target, args);
  const [first, second] = args;
  switch (name) {
    case 'size':
      return sizeOf(target);
    case 'startsWith':
      return textOf(target).startsWith(textOf(first));
    case 'endsWith':
      return textOf(target).endsWith(textOf(first));
    case 'contains':
      return textOf(target).includes(textOf(first));
    case 'matches':
      return toPattern(textOf(first)).test(textOf(target));
    case 'lowerAscii':
      return textOf(target).toLowerCase();
    case 'upperAscii':
      return textOf(target).toUpperCase();
    case 'trim':
      return textOf(target).trim();
    case 'split':
      return textOf(target).split(textOf(first));
    case 'replace':
      return textOf(target).replaceAll(textOf(first), textOf(second));
    case 'indexOf':
      return textOf(target).indexOf(textOf(first));
    case 'substring':
      return textOf(target).slice(asNumber(first), second === undefined ? undefined : asNumber(second));
    case 'join':
      if (!Array.isArray(target)) throw new CelError('no such overload');
      return target.map(textOf).join(first === undefined ? '' : textOf(first));
    default:
      // The language has more functions than are understood here, the authorizer's among them.
      throw new CelError(`undeclared reference to '${name}'`, true);
  }
}

function callOptional(name: string, target: Optional, [first]: readonly unknown[]): unknown {
  if (name === 'orValue') return target.isThere ? target.value : first;
  if (name === 'hasValue') return target.isThere;
  if (name === 'value' && target.isThere) return target.value;
  throw new CelError(name === 'value' ? 'optional.none() dereference' : `undeclared reference to '${name}'`);
}

/** `list.exists(x, condition)` and its like; of a map it goes through the keys. */
function callMacro({ name, args }: Call, target: unknown, variables: CelVariables): unknown {
  const [variable, body, transform] = args;
  if (variable?.kind !== 'name' || body === undefined) throw new CelError(`invalid argument to ${name}() macro`);
  if (target instanceof PartialMap) throw new CelError('not all of it is known here', true);
  const items = Array.isArray(target) ? target : isRecord(target) ? Object.keys(target) : undefined;
  if (items === undefined) throw new CelError('no such overload');
  const within = (item: unknown): CelVariables => ({ ...variables, [variable.name]: item });
  const holds = (item: unknown) => asBoolean(evaluate(body, within(item)));
  switch (name) {
    case 'filter':
      return items.filter(holds);
    case 'exists_one':
      return items.filter(holds).length === 1;
    case 'map':
      return transform === undefined
        ? items.map((item) => evaluate(body, within(item)))
        : items.filter(holds).map((item) => evaluate(transform, within(item)));
    default:
      return settle(items, holds, name === 'exists');
  }
}

/** One item that settles it is enough, even where others have no value. */
function settle(items: readonly unknown[], holds: (item: unknown) => boolean, settledBy: boolean): boolean {
  let failure: CelError | undefined;
  for (const item of items) {
    try {
      if (holds(item) === settledBy) return settledBy;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      if (failure?.isUnknown !== true) failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return !settledBy;
}
