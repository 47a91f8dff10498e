/** An expression of CEL, the language of match conditions, as a tree. */
export type CelNode =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: CelNode; readonly name: string; readonly isOptional: boolean }
  | { readonly kind: 'index'; readonly of: CelNode; readonly at: CelNode; readonly isOptional: boolean }
  | {
      readonly kind: 'call';
      readonly target: CelNode | undefined;
      readonly name: string;
      readonly args: readonly CelNode[];
    }
  | { readonly kind: 'list'; readonly items: readonly CelNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [CelNode, CelNode])[] }
  | { readonly kind: 'not' | 'minus'; readonly of: CelNode }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: CelNode; readonly right: CelNode }
  | { readonly kind: 'choice'; readonly condition: CelNode; readonly then: CelNode; readonly otherwise: CelNode };

/** A text that is no expression. */
export class CelSyntaxError extends Error {}

const TOKEN =
  /\s*(?:([a-zA-Z_]\w*)|(\d+\.\d+(?:[eE][+-]?\d+)?|0x[0-9a-fA-F]+|\d+)u?|((?:[rR]?)(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))|(\.\?|\[\?|&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()[\]{}]))/y;

interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'end';
  readonly text: string;
}

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match === null) throw new CelSyntaxError(`token recognition error in '${text}'`);
    const [, name, number, quoted, sign] = match;
    if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: unquote(quoted) });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return [...tokens, { kind: 'end', text: '' }];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function unquote(text: string): string {
  const isRaw = /^[rR]/.test(text);
  const inner = text.slice(isRaw ? 2 : 1, -1);
  if (isRaw) return inner;
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_whole, code: string | undefined, one: string) =>
    code === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Operators from the loosest to the tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** Reads an expression. Fails with `CelSyntaxError`. */
export function parseCel(text: string): CelNode {
  const tokens = readTokens(text);
  let at = 0;
  const peek = () => tokens[at] ?? { kind: 'end', text: '' };
  const isNext = (sign: string) => peek().text === sign && (peek().kind === 'sign' || peek().kind === 'name');
  const take = (sign: string) => {
    if (!isNext(sign)) return false;
    at += 1;
    return true;
  };
  const expectSign = (sign: string) => {
    if (!take(sign)) throw new CelSyntaxError(`mismatched input '${peek().text || '<EOF>'}' expecting '${sign}'`);
  };

  const readChoice = (): CelNode => {
    const condition = readLevel(0);
    if (!take('?')) return condition;
    const then = readLevel(0);
    expectSign(':');
    return { kind: 'choice', condition, then, otherwise: readChoice() };
  };

  const readLevel = (level: number): CelNode => {
    const operators = LEVELS[level];
    if (operators === undefined) return readUnary();
    let left = readLevel(level + 1);
    for (let found = operators.find(isNext); found !== undefined; found = operators.find(isNext)) {
      at += 1;
      left = { kind: 'binary', operator: found, left, right: readLevel(level + 1) };
    }
    return left;
  };

  const readUnary = (): CelNode => {
    if (take('!')) return { kind: 'not', of: readUnary() };
    if (take('-')) return { kind: 'minus', of: readUnary() };
    return readMembers(readPrimary());
  };

  const readMembers = (start: CelNode): CelNode => {
    let node = start;
    for (;;) {
      const isOptional = isNext('.?') || isNext('[?');
      if (take('.') || take('.?')) {
        const { kind, text: name } = peek();
        if (kind !== 'name') throw new CelSyntaxError(`mismatched input '${name}' expecting IDENTIFIER`);
        at += 1;
        node = take('(')
          ? { kind: 'call', target: node, name, args: readList(')') }
          : { kind: 'member', of: node, name, isOptional };
      } else if (take('[') || take('[?')) {
        const index = readChoice();
        expectSign(']');
        node = { kind: 'index', of: node, at: index, isOptional };
      } else return node;
    }
  };

  const readList = (end: string): CelNode[] => {
    const items: CelNode[] = [];
    while (!isNext(end)) {
      items.push(readChoice());
      if (!take(',')) break;
    }
    expectSign(end);
    return items;
  };

  const readMap = (): CelNode => {
    const entries: [CelNode, CelNode][] = [];
    while (!isNext('}')) {
      const key = readChoice();
      expectSign(':');
      entries.push([key, readChoice()]);
      if (!take(',')) break;
    }
    expectSign('}');
    return { kind: 'map', entries };
  };

  const readPrimary = (): CelNode => {
    const token = peek();
    at += 1;
    if (token.kind === 'number') return { kind: 'value', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'value', value: token.text };
    if (token.kind === 'name') {
      if (Object.hasOwn(WORDS, token.text)) return { kind: 'value', value: WORDS[token.text] };
      return take('(')
        ? { kind: 'call', target: undefined, name: token.text, args: readList(')') }
        : { kind: 'name', name: token.text };
    }
    if (token.text === '[') return { kind: 'list', items: readList(']') };
    if (token.text === '{') return readMap();
    if (token.text === '(') {
      const inner = readChoice();
      expectSign(')');
      return inner;
    }
    throw new CelSyntaxError(`mismatched input '${token.text || '<EOF>'}'`);
  };

  const tree = readChoice();
  if (peek().kind !== 'end') throw new CelSyntaxError(`extraneous input '${peek().text}' expecting <EOF>`);
  return tree;
}
