import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import type { AnyNode } from '@/lib/core/gotemplate/syntax/nodes';
import { printNode } from '@/lib/core/gotemplate/syntax/print-node';
import { type ExecErrorClass, TemplateError } from '@/lib/core/gotemplate/template-error';
import type { MissingKey } from '@/lib/core/gotemplate/template-options';
import { type ByteString, fromByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { Value } from '@/lib/core/gotemplate/values/go-value';
import type { Budget } from './limits';

/** What a finished statement says about the loop around it. */
export type Signal = 'next' | 'break' | 'continue';
export type Run = (state: ExecState, dot: Value) => Signal;

export interface Source {
  /** The name that was parsed; it stands in every message. */
  readonly name: ByteString;
  readonly text: ByteString;
  readonly missingKey: MissingKey;
  /** Filled once all templates of the text are compiled. */
  readonly templates: ReadonlyMap<ByteString, Run>;
}

/** One execution. Source: Go, text/template, exec.go, state. */
export class ExecState {
  readonly source: Source;
  readonly budget: Budget;
  readonly root: Value;
  out: ByteString = '';
  /** The node visited last, which errors point at. */
  node: AnyNode | undefined;
  templateName: ByteString;
  depth: number;
  #names: ByteString[] = ['$'];
  #values: Value[];

  constructor(source: Source, budget: Budget, root: Value, templateName: ByteString, depth: number) {
    this.source = source;
    this.budget = budget;
    this.root = root;
    this.templateName = templateName;
    this.depth = depth;
    this.#values = [root];
  }

  write(text: ByteString): void {
    this.out += text;
    this.budget.checkLength(this.out.length);
  }

  /** Height of the stack of variables. */
  get mark(): number {
    return this.#names.length;
  }

  popTo(mark: number): void {
    this.#names.length = mark;
    this.#values.length = mark;
  }

  declare(name: ByteString, value: Value): void {
    this.#names.push(name);
    this.#values.push(value);
  }

  assign(name: ByteString, value: Value): void {
    this.#values[this.#find(name)] = value;
  }

  /** Overwrites the variable that is `back` below the top, 1 for the top. */
  setTop(back: number, value: Value): void {
    this.#values[this.#values.length - back] = value;
  }

  read(name: ByteString): Value {
    const value = this.#values[this.#find(name)];
    return value ?? { kind: 'none' };
  }

  #find(name: ByteString): number {
    const index = this.#names.lastIndexOf(name);
    return index >= 0 ? index : this.fail('undefined-variable', `undefined variable: ${name}`);
  }

  /** Runs another template with a stack of its own. */
  enter(templateName: ByteString, dot: Value, run: Run): void {
    const [names, values, outer] = [this.#names, this.#values, this.templateName];
    this.#names = ['$'];
    this.#values = [dot];
    this.templateName = templateName;
    this.depth += 1;
    run(this, dot);
    this.depth -= 1;
    this.templateName = outer;
    this.#names = names;
    this.#values = values;
  }

  /** Throws at the node visited last, in Go's words. */
  fail(errorClass: ExecErrorClass, message: ByteString): never {
    const { node, source } = this;
    const base = { phase: 'exec', class: errorClass, templateName: fromByteString(this.templateName) } as const;
    const partial = fromByteString(this.out);
    if (node === undefined) {
      const text = fromByteString(`template: ${this.templateName}: ${message}`);
      throw new TemplateError({ ...base, message: text, partial });
    }
    const before = source.text.slice(0, node.at);
    const column = node.at - (before.lastIndexOf('\n') + 1);
    const line = before.split('\n').length;
    const where = `executing ${quoteBytes(this.templateName)} at <${printNode(node)}>`;
    const text = fromByteString(`template: ${source.name}:${line}:${column}: ${where}: ${message}`);
    throw new TemplateError({ ...base, message: text, line, column, partial });
  }
}
