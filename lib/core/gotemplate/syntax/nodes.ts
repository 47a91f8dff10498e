import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { NumberLiteral } from './number-literal';

interface NodeBase {
  /** Byte offset in the template text that error messages point at. */
  readonly at: number;
}

export interface FieldNode extends NodeBase {
  readonly kind: 'field';
  readonly names: readonly ByteString[];
}
export interface VariableNode extends NodeBase {
  readonly kind: 'variable';
  /** With its `$`. */
  readonly name: ByteString;
  readonly fields: readonly ByteString[];
}
export interface ChainNode extends NodeBase {
  readonly kind: 'chain';
  readonly start: OperandNode;
  readonly fields: readonly ByteString[];
}
export interface IdentifierNode extends NodeBase {
  readonly kind: 'identifier';
  readonly name: ByteString;
}
export interface DotNode extends NodeBase {
  readonly kind: 'dot';
}
export interface NilNode extends NodeBase {
  readonly kind: 'nil';
}
export interface BoolNode extends NodeBase {
  readonly kind: 'bool';
  readonly bool: boolean;
}
export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly text: ByteString;
  readonly isCharacter: boolean;
  readonly literal: NumberLiteral;
}
export interface StringNode extends NodeBase {
  readonly kind: 'string';
  readonly quoted: ByteString;
  readonly text: ByteString;
}
export interface PipeNode extends NodeBase {
  readonly kind: 'pipe';
  readonly isAssign: boolean;
  readonly variables: readonly VariableNode[];
  readonly commands: readonly CommandNode[];
}
export interface CommandNode extends NodeBase {
  readonly kind: 'command';
  readonly first: OperandNode;
  readonly args: readonly OperandNode[];
}

export type OperandNode =
  | FieldNode
  | VariableNode
  | ChainNode
  | IdentifierNode
  | DotNode
  | NilNode
  | BoolNode
  | NumberNode
  | StringNode
  | PipeNode;

export interface TextNode extends NodeBase {
  readonly kind: 'text';
  readonly text: ByteString;
}
export interface ActionNode extends NodeBase {
  readonly kind: 'action';
  readonly pipe: PipeNode;
}
export interface BranchNode extends NodeBase {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly body: ListNode;
  readonly otherwise?: ListNode;
}
export interface TemplateNode extends NodeBase {
  readonly kind: 'template';
  readonly name: ByteString;
  readonly pipe?: PipeNode;
}
export interface JumpNode extends NodeBase {
  readonly kind: 'break' | 'continue';
}
export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly nodes: readonly StatementNode[];
}

export type StatementNode = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode;
export type AnyNode = OperandNode | CommandNode | StatementNode | ListNode;
