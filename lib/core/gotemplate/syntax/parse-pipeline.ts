import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { CommandNode, OperandNode, PipeNode, VariableNode } from './nodes';
import { readNumberLiteral } from './number-literal';
import { printNode } from './print-node';
import type { Token, TokenKind } from './token';
import type { TokenStream } from './token-stream';
import { unquoteString } from './unquote';

export type PipeContext =
  | 'command'
  | 'if'
  | 'range'
  | 'with'
  | 'parenthesized pipeline'
  | 'block clause'
  | 'template clause';

const MAX_PAREN_DEPTH = 10_000;
const OPERAND_STARTS: ReadonlySet<TokenKind> = new Set([
  'bool',
  'char-constant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw-string',
  'string',
  'variable',
  'left-paren',
]);
const NOT_EXECUTABLE: ReadonlySet<OperandNode['kind']> = new Set(['bool', 'dot', 'nil', 'number', 'string']);

/** Parses pipelines of one template body; knows which variables are declared. Source: Go, parse.go, pipeline to term. */
export class PipelineParser {
  readonly #tokens: TokenStream;
  readonly #hasFunction: (name: ByteString) => boolean;
  readonly #variables: ByteString[] = ['$'];
  #parenDepth = 0;

  constructor(tokens: TokenStream, hasFunction: (name: ByteString) => boolean) {
    this.#tokens = tokens;
    this.#hasFunction = hasFunction;
  }

  get variableCount(): number {
    return this.#variables.length;
  }

  /** Forgets the variables declared since there were `count`. */
  popVariables(count: number): void {
    this.#variables.length = count;
  }

  parse(context: PipeContext, end: 'right-delim' | 'right-paren'): PipeNode {
    const { at } = this.#tokens.peekNonSpace();
    const { variables, isAssign } = this.#declarations(context);
    const commands: CommandNode[] = [];
    for (;;) {
      const token = this.#tokens.nextNonSpace();
      if (token.kind === end) break;
      if (!OPERAND_STARTS.has(token.kind)) this.#tokens.unexpected(token, context);
      this.#tokens.backUp();
      commands.push(this.#command());
    }
    this.#check(commands, context);
    return { kind: 'pipe', at, isAssign, variables, commands };
  }

  #declarations(context: PipeContext): Pick<PipeNode, 'variables' | 'isAssign'> {
    const variables: VariableNode[] = [];
    for (;;) {
      const token = this.#tokens.peekNonSpace();
      if (token.kind !== 'variable') return { variables, isAssign: false };
      this.#tokens.next();
      const after = this.#tokens.peek();
      const next = this.#tokens.peekNonSpace();
      if (next.kind === 'assign' || next.kind === 'declare') {
        this.#tokens.nextNonSpace();
        variables.push(this.#declare(token));
        return { variables, isAssign: next.kind === 'assign' };
      }
      if (next.kind !== 'char' || next.text !== ',') {
        if (after.kind === 'space') this.#tokens.backUpThree(token, after);
        else this.#tokens.backUpTwo(token);
        return { variables, isAssign: false };
      }
      this.#tokens.nextNonSpace();
      variables.push(this.#declare(token));
      this.#checkComma(context, variables.length);
    }
  }

  #declare(token: Token): VariableNode {
    this.#variables.push(token.text);
    return { kind: 'variable', at: token.at, name: token.text, fields: [] };
  }

  #checkComma(context: PipeContext, count: number): void {
    if (context !== 'range' || count >= 2) {
      this.#tokens.fail('too-many-declarations', `too many declarations in ${context}`);
    }
    if (!['variable', 'right-delim', 'right-paren'].includes(this.#tokens.peekNonSpace().kind)) {
      this.#tokens.fail('too-many-declarations', 'range can only initialize variables');
    }
  }

  #check(commands: readonly CommandNode[], context: PipeContext): void {
    if (commands.length === 0) this.#tokens.fail('missing-value', `missing value for ${context}`);
    const stage = commands.findIndex((command, index) => index > 0 && NOT_EXECUTABLE.has(command.first.kind));
    if (stage > 0) {
      this.#tokens.fail('non-executable-stage', `non executable command in pipeline stage ${stage + 1}`);
    }
  }

  #command(): CommandNode {
    const { at } = this.#tokens.peekNonSpace();
    const operands: OperandNode[] = [];
    for (;;) {
      this.#tokens.peekNonSpace();
      const operand = this.#operand();
      if (operand !== undefined) operands.push(operand);
      const token = this.#tokens.next();
      if (token.kind === 'space') continue;
      if (token.kind === 'right-delim' || token.kind === 'right-paren') this.#tokens.backUp();
      else if (token.kind !== 'pipe') this.#tokens.unexpected(token, 'operand');
      break;
    }
    const [first, ...args] = operands;
    if (first === undefined) return this.#tokens.fail('empty-command', 'empty command');
    return { kind: 'command', at, first, args };
  }

  #operand(): OperandNode | undefined {
    const term = this.#term();
    if (term === undefined) return undefined;
    const { kind, at } = this.#tokens.peek();
    if (kind !== 'field') return term;
    const fields: ByteString[] = [];
    while (this.#tokens.peek().kind === 'field') fields.push(this.#tokens.next().text.slice(1));
    switch (term.kind) {
      case 'field':
        return { kind: 'field', at, names: [...term.names, ...fields] };
      case 'variable':
        return { ...term, at, fields: [...term.fields, ...fields] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.#tokens.fail('field-on-literal', `unexpected . after term ${quoteBytes(printNode(term))}`);
      default:
        return { kind: 'chain', at, start: term, fields };
    }
  }

  #term(): OperandNode | undefined {
    const token = this.#tokens.nextNonSpace();
    const { at, text } = token;
    switch (token.kind) {
      case 'identifier':
        return this.#identifier(token);
      case 'dot':
        return { kind: 'dot', at };
      case 'nil':
        return { kind: 'nil', at };
      case 'variable':
        return this.#variable(token);
      case 'field':
        return { kind: 'field', at, names: [text.slice(1)] };
      case 'bool':
        return { kind: 'bool', at, bool: text === 'true' };
      case 'char-constant':
      case 'complex':
      case 'number':
        return this.#number(token);
      case 'left-paren':
        return this.#parenthesized();
      case 'string':
      case 'raw-string':
        return { kind: 'string', at, quoted: text, text: this.unquote(token) };
      default:
        this.#tokens.backUp();
        return undefined;
    }
  }

  #identifier({ at, text }: Token): OperandNode {
    if (!this.#hasFunction(text)) {
      this.#tokens.fail('undefined-function', `function ${quoteBytes(text)} not defined`);
    }
    return { kind: 'identifier', at, name: text };
  }

  #variable({ at, text }: Token): OperandNode {
    if (!this.#variables.includes(text)) {
      this.#tokens.fail('undefined-variable', `undefined variable ${quoteBytes(text)}`);
    }
    return { kind: 'variable', at, name: text, fields: [] };
  }

  #number(token: Token): OperandNode {
    const { kind, at, text } = token;
    const read = readNumberLiteral(token);
    if (!read.ok) return this.#tokens.fail(read.isBadCharacter ? 'bad-literal' : 'bad-number', read.message);
    return { kind: 'number', at, text, isCharacter: kind === 'char-constant', literal: read.value };
  }

  #parenthesized(): PipeNode {
    if (this.#parenDepth >= MAX_PAREN_DEPTH) this.#tokens.fail('too-deep', 'max expression depth exceeded');
    this.#parenDepth += 1;
    const pipe = this.parse('parenthesized pipeline', 'right-paren');
    this.#parenDepth -= 1;
    return pipe;
  }

  /** The text of a string token. */
  unquote(token: Token): ByteString {
    return unquoteString(token.text) ?? this.#tokens.fail('bad-literal', 'invalid syntax');
  }
}
