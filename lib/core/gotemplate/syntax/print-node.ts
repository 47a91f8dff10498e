import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import type { AnyNode, BranchNode, CommandNode, OperandNode, PipeNode } from './nodes';

const inParens = (node: OperandNode) => (node.kind === 'pipe' ? `(${printNode(node)})` : printNode(node));

function printPipe(pipe: PipeNode): ByteString {
  const names = pipe.variables.map(printNode).join(', ');
  const declaration = names === '' ? '' : `${names} ${pipe.isAssign ? '=' : ':='} `;
  return declaration + pipe.commands.map(printNode).join(' | ');
}

function printCommand(command: CommandNode): ByteString {
  return [command.first, ...command.args].map(inParens).join(' ');
}

function printBranch(branch: BranchNode): ByteString {
  const otherwise = branch.otherwise === undefined ? '' : `{{else}}${printNode(branch.otherwise)}`;
  return `{{${branch.kind} ${printPipe(branch.pipe)}}}${printNode(branch.body)}${otherwise}{{end}}`;
}

/** Prints a node as Go's error messages show it. Source: Go, text/template/parse, node.go. */
export function printNode(node: AnyNode): ByteString {
  switch (node.kind) {
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return [node.name, ...node.fields].join('.');
    case 'chain':
      return [inParens(node.start), ...node.fields].join('.');
    case 'identifier':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.bool);
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
    case 'pipe':
      return printPipe(node);
    case 'command':
      return printCommand(node);
    case 'text':
      return node.text;
    case 'action':
      return `{{${printPipe(node.pipe)}}}`;
    case 'if':
    case 'with':
    case 'range':
      return printBranch(node);
    case 'template':
      return `{{template ${quoteBytes(node.name)}${node.pipe === undefined ? '' : ` ${printPipe(node.pipe)}`}}}`;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'list':
      return node.nodes.map(printNode).join('');
  }
}
