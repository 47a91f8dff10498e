import { AND, CALL, describeCallee, OR } from '@/lib/core/gotemplate/functions/special-functions';
import type {
  ChainNode,
  CommandNode,
  IdentifierNode,
  OperandNode,
  PipeNode,
  VariableNode,
} from '@/lib/core/gotemplate/syntax/nodes';
import { printNode } from '@/lib/core/gotemplate/syntax/print-node';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { validate } from './assign';
import { type CompiledArgument, callFunction, callShortCircuit } from './call-function';
import { isLiteral, literalArgument, naturalValue } from './compile-argument';
import type { FunctionMap } from './go-function';
import { readChain } from './read-field';
import type { ExecState } from './state';

type Evaluate = (state: ExecState, dot: Value) => Value;
type EvaluateCommand = (state: ExecState, dot: Value, final: Value | undefined) => Value;

/** Turns pipelines into closures. Source: Go, text/template, exec.go, evalPipeline to evalArg. */
export class PipeCompiler {
  readonly #functions: FunctionMap;

  constructor(functions: FunctionMap) {
    this.#functions = functions;
  }

  compile(pipe: PipeNode): Evaluate {
    const commands = pipe.commands.map((command) => this.#command(command));
    const names = pipe.variables.map((variable) => variable.name);
    return (state, dot) => {
      state.node = pipe;
      let value: Value | undefined;
      for (const command of commands) {
        state.budget.spend(1);
        value = command(state, dot, value);
        if (value.kind === 'interface' && !value.type.hasMethods) value = value.inner ?? NONE;
      }
      const result = value ?? NONE;
      for (const name of names) {
        if (pipe.isAssign) state.assign(name, result);
        else state.declare(name, result);
      }
      return result;
    };
  }

  #command(command: CommandNode): EvaluateCommand {
    const { first } = command;
    const nodes = command.args.map((arg) => this.#argument(arg));
    switch (first.kind) {
      case 'field':
        return (state, dot, final) => {
          state.node = first;
          return readChain(state, dot, dot, first, first.names, { nodes, final });
        };
      case 'chain':
        return this.#chain(first, nodes);
      case 'identifier':
        return this.#function(first, command, nodes, command.args);
      case 'variable':
        return this.#variable(first, nodes);
      case 'pipe': {
        const inner = this.compile(first);
        return (state, dot, final) => {
          refuseArguments(state, first, nodes, final);
          return inner(state, dot);
        };
      }
      case 'dot':
        return (state, dot, final) => {
          state.node = first;
          refuseArguments(state, first, nodes, final);
          return dot;
        };
      default:
        return (state, _dot, final) => {
          state.node = first;
          refuseArguments(state, first, nodes, final);
          if (first.kind === 'nil') return state.fail('nil-pointer', 'nil is not a command');
          return naturalValue(state, first);
        };
    }
  }

  #variable(node: VariableNode, nodes: readonly CompiledArgument[]): EvaluateCommand {
    return (state, dot, final) => {
      state.node = node;
      const value = state.read(node.name);
      if (node.fields.length > 0) return readChain(state, dot, value, node, node.fields, { nodes, final });
      refuseArguments(state, node, nodes, final);
      return value;
    };
  }

  #chain(node: ChainNode, nodes: readonly CompiledArgument[]): EvaluateCommand {
    const { start } = node;
    if (start.kind === 'nil') {
      return (state) => {
        state.node = node;
        return state.fail('nil-pointer', `indirection through explicit nil in ${printNode(node)}`);
      };
    }
    const first = this.#untyped(start);
    return (state, dot, final) => {
      state.node = node;
      const value = first(state, dot);
      return readChain(state, dot, value, node, node.fields, { nodes, final });
    };
  }

  /** The start of a chain: a parenthesised pipeline or a function. */
  #untyped(start: OperandNode): Evaluate {
    if (start.kind === 'pipe') {
      const inner = this.compile(start);
      return (state, dot) => {
        state.node = start;
        return inner(state, dot);
      };
    }
    if (start.kind !== 'identifier') return () => NONE;
    const call = this.#function(start, start, [], []);
    return (state, dot) => call(state, dot, undefined);
  }

  #function(
    node: IdentifierNode,
    command: CommandNode | IdentifierNode,
    nodes: readonly CompiledArgument[],
    args: readonly OperandNode[],
  ): EvaluateCommand {
    const { name } = node;
    const callee = this.#functions.get(name);
    if (callee === undefined) {
      return (state) => {
        state.node = node;
        return state.fail('function-error', `"${name}" is not a defined function`);
      };
    }
    if (callee === AND || callee === OR) {
      const kind = callee === AND ? 'and' : 'or';
      return (state, dot, final) => {
        state.node = node;
        return callShortCircuit(state, dot, callee, kind, { nodes, final });
      };
    }
    const firstText: ByteString | undefined = args[0] === undefined ? undefined : printNode(args[0]);
    return (state, dot, final) => {
      state.node = node;
      const target = callee === CALL ? describeCallee(firstText ?? reflectText(final)) : callee;
      return callFunction(state, dot, target, command, name, { nodes, final });
    };
  }

  /** Source: Go, exec.go, evalArg. */
  #argument(node: OperandNode): CompiledArgument {
    if (isLiteral(node)) {
      return (state, _dot, type) => {
        state.node = node;
        return literalArgument(state, node, type);
      };
    }
    if (node.kind === 'dot') {
      return (state, dot, type) => {
        state.node = node;
        return validate(state, dot, type);
      };
    }
    const evaluate = this.#operand(node);
    return (state, dot, type) => {
      state.node = node;
      return validate(state, evaluate(state, dot), type);
    };
  }

  #operand(node: Exclude<OperandNode, { kind: 'dot' | 'bool' | 'nil' | 'number' | 'string' }>): Evaluate {
    switch (node.kind) {
      case 'field':
        return (state, dot) => readChain(state, dot, dot, node, node.names, { nodes: [], final: undefined });
      case 'variable': {
        const read = this.#variable(node, []);
        return (state, dot) => read(state, dot, undefined);
      }
      case 'chain': {
        const read = this.#chain(node, []);
        return (state, dot) => read(state, dot, undefined);
      }
      case 'identifier': {
        const call = this.#function(node, node, [], []);
        return (state, dot) => call(state, dot, undefined);
      }
      case 'pipe':
        return this.compile(node);
    }
  }
}

/** What reflect.Value.String says of a piped value: a string's text, else its type. */
function reflectText(value: Value | undefined): ByteString {
  if (value === undefined || value.kind === 'none') return '<invalid Value>';
  return value.kind === 'string' ? value.text : `<${value.type.name} Value>`;
}

function refuseArguments(
  state: ExecState,
  node: OperandNode,
  nodes: readonly CompiledArgument[],
  final: Value | undefined,
): void {
  if (nodes.length === 0 && final === undefined) return;
  state.fail('not-a-function', `can't give argument to non-function ${printNode(node)}`);
}
