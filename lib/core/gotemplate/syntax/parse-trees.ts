import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { eachRune } from '@/lib/core/gotemplate/values/byte-string';
import { isUnicodeSpace } from '@/lib/core/gotemplate/values/rune-classes';
import { Lexer } from './lexer';
import type { BranchNode, ListNode, StatementNode } from './nodes';
import { PipelineParser } from './parse-pipeline';
import type { Token } from './token';
import { TokenStream } from './token-stream';

export interface ParseOptions {
  readonly left: ByteString;
  readonly right: ByteString;
  readonly hasFunction: (name: ByteString) => boolean;
}

type ListEnd = 'end' | 'else';

interface ParsedList {
  readonly list: ListNode;
  readonly end: ListEnd;
  /** Where the else or end stands. */
  readonly endAt: number;
}

type Parsed =
  | { readonly kind: 'statement'; readonly node: StatementNode }
  | { readonly kind: ListEnd; readonly at: number };

function isEmptyList(list: ListNode): boolean {
  return list.nodes.every((node) => {
    if (node.kind !== 'text') return false;
    for (const { rune } of eachRune(node.text)) if (!isUnicodeSpace(rune)) return false;
    return true;
  });
}

/** Parses one body: the top-level text, or that of a define or block. Source: Go, text/template/parse, parse.go. */
class BodyParser {
  readonly #tokens: TokenStream;
  readonly #options: ParseOptions;
  readonly #trees: Map<ByteString, ListNode>;
  readonly #pipes: PipelineParser;
  #rangeDepth = 0;

  constructor(tokens: TokenStream, options: ParseOptions, trees: Map<ByteString, ListNode>) {
    this.#tokens = tokens;
    this.#options = options;
    this.#trees = trees;
    this.#pipes = new PipelineParser(tokens, options.hasFunction);
  }

  parseTop(name: ByteString): void {
    const nodes: StatementNode[] = [];
    const { at } = this.#tokens.peek();
    while (this.#tokens.peek().kind !== 'eof') {
      if (this.#tokens.peek().kind === 'left-delim') {
        const delim = this.#tokens.next();
        if (this.#tokens.nextNonSpace().kind === 'define') {
          this.#nested().#define();
          continue;
        }
        this.#tokens.backUpTwo(delim);
      }
      const parsed = this.#textOrAction();
      if (parsed.kind === 'statement') nodes.push(parsed.node);
      else this.#tokens.fail('unexpected-token', `unexpected {{${parsed.kind}}}`);
    }
    this.#add(name, { kind: 'list', at, nodes });
  }

  #nested(): BodyParser {
    return new BodyParser(this.#tokens, this.#options, this.#trees);
  }

  #add(name: ByteString, list: ListNode): void {
    const known = this.#trees.get(name);
    if (known === undefined || isEmptyList(known)) this.#trees.set(name, list);
    else if (!isEmptyList(list)) {
      const message = `template: multiple definition of template ${quoteBytes(name)}`;
      this.#tokens.fail('multiple-definition', message);
    }
  }

  #define(): void {
    const context = 'define clause';
    const name = this.#pipes.unquote(this.#tokens.expect(['string', 'raw-string'], context));
    this.#tokens.expect(['right-delim'], context);
    this.#body(name, context);
  }

  #body(name: ByteString, context: string): void {
    const { list, end } = this.#itemList();
    if (end !== 'end') this.#tokens.fail('unexpected-token', `unexpected {{else}} in ${context}`);
    this.#add(name, list);
  }

  #itemList(): ParsedList {
    const { at } = this.#tokens.peekNonSpace();
    const nodes: StatementNode[] = [];
    while (this.#tokens.peekNonSpace().kind !== 'eof') {
      const parsed = this.#textOrAction();
      if (parsed.kind !== 'statement') return { list: { kind: 'list', at, nodes }, end: parsed.kind, endAt: parsed.at };
      nodes.push(parsed.node);
    }
    return this.#tokens.fail('unexpected-eof', 'unexpected EOF');
  }

  #textOrAction(): Parsed {
    const token = this.#tokens.nextNonSpace();
    if (token.kind === 'text') return { kind: 'statement', node: { kind: 'text', at: token.at, text: token.text } };
    if (token.kind !== 'left-delim') return this.#tokens.unexpected(token, 'input');
    this.#tokens.actionLine = token.line;
    const parsed = this.#action();
    this.#tokens.actionLine = 0;
    return parsed;
  }

  #action(): Parsed {
    const token = this.#tokens.nextNonSpace();
    switch (token.kind) {
      case 'end':
        return { kind: 'end', at: this.#tokens.expect(['right-delim'], 'end').at };
      case 'else':
        return this.#else();
      case 'if':
      case 'with':
      case 'range':
        return { kind: 'statement', node: this.#branch(token.kind) };
      case 'break':
      case 'continue':
        return { kind: 'statement', node: this.#jump(token.kind, token) };
      case 'template':
        return { kind: 'statement', node: this.#template() };
      case 'block':
        return { kind: 'statement', node: this.#block() };
      default:
        break;
    }
    this.#tokens.backUp();
    const { at } = this.#tokens.peek();
    return { kind: 'statement', node: { kind: 'action', at, pipe: this.#pipes.parse('command', 'right-delim') } };
  }

  #else(): Parsed {
    const next = this.#tokens.peekNonSpace();
    if (next.kind === 'if' || next.kind === 'with') return { kind: 'else', at: next.at };
    return { kind: 'else', at: this.#tokens.expect(['right-delim'], 'else').at };
  }

  #branch(kind: BranchNode['kind']): BranchNode {
    const declared = this.#pipes.variableCount;
    const pipe = this.#pipes.parse(kind, 'right-delim');
    if (kind === 'range') this.#rangeDepth += 1;
    const { list: body, end, endAt } = this.#itemList();
    if (kind === 'range') this.#rangeDepth -= 1;
    const otherwise = end === 'else' ? this.#elsePart(kind, endAt) : undefined;
    this.#pipes.popVariables(declared);
    const node = { kind, at: pipe.at, pipe, body };
    return otherwise === undefined ? node : { ...node, otherwise };
  }

  /** `else if` and `else with` share the end of the branch they belong to. */
  #elsePart(kind: BranchNode['kind'], at: number): ListNode {
    if (kind !== 'range' && this.#tokens.peek().kind === kind) {
      this.#tokens.next();
      return { kind: 'list', at, nodes: [this.#branch(kind)] };
    }
    const { list, end } = this.#itemList();
    if (end !== 'end') this.#tokens.fail('unexpected-token', 'expected end; found {{else}}');
    return list;
  }

  #jump(kind: 'break' | 'continue', { at }: Token): StatementNode {
    const token = this.#tokens.nextNonSpace();
    if (token.kind !== 'right-delim') this.#tokens.unexpected(token, `{{${kind}}}`);
    if (this.#rangeDepth === 0) this.#tokens.fail('break-outside-range', `{{${kind}}} outside {{range}}`);
    return { kind, at };
  }

  #templateName(context: string): { readonly name: ByteString; readonly at: number } {
    const token = this.#tokens.nextNonSpace();
    if (token.kind !== 'string' && token.kind !== 'raw-string') this.#tokens.unexpected(token, context);
    return { name: this.#pipes.unquote(token), at: token.at };
  }

  #template(): StatementNode {
    const { name, at } = this.#templateName('template clause');
    if (this.#tokens.nextNonSpace().kind === 'right-delim') return { kind: 'template', at, name };
    this.#tokens.backUp();
    return { kind: 'template', at, name, pipe: this.#pipes.parse('template clause', 'right-delim') };
  }

  #block(): StatementNode {
    const { name, at } = this.#templateName('block clause');
    const pipe = this.#pipes.parse('block clause', 'right-delim');
    this.#nested().#body(name, 'block clause');
    return { kind: 'template', at, name, pipe };
  }
}

/**
 * Parses a template and the templates that it defines.
 *
 * Input: name and text as byte strings.
 * Output: the tree of every template by its name; the text itself under `name`.
 * Fails with a TemplateError of phase `parse`.
 */
export function parseTrees(name: ByteString, text: ByteString, options: ParseOptions): Map<ByteString, ListNode> {
  const lexer = new Lexer(text, {
    left: options.left === '' ? '{{' : options.left,
    right: options.right === '' ? '}}' : options.right,
    isBreakKeyword: !options.hasFunction('break'),
    isContinueKeyword: !options.hasFunction('continue'),
  });
  const tokens = new TokenStream(name, lexer);
  const trees = new Map<ByteString, ListNode>();
  try {
    new BodyParser(tokens, options, trees).parseTop(name);
  } catch (error) {
    if (error instanceof RangeError) tokens.fail('too-deep', 'max expression depth exceeded');
    throw error;
  }
  return trees;
}
