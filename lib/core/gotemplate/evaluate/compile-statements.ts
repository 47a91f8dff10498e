import { quoteBytes } from '@/lib/core/gotemplate/format/quote';
import type { ActionNode, BranchNode, ListNode, StatementNode, TemplateNode } from '@/lib/core/gotemplate/syntax/nodes';
import { isTrue, NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import type { PipeCompiler } from './compile-pipe';
import { compileRange } from './compile-range';
import { printValue } from './print-value';
import type { Run } from './state';

/** Go gives up at this depth; ours is lower and says the same. */
const GO_MAX_DEPTH = 100_000;

function compileAction(node: ActionNode, pipes: PipeCompiler): Run {
  const evaluate = pipes.compile(node.pipe);
  if (node.pipe.variables.length > 0) {
    return (state, dot) => {
      state.node = node;
      evaluate(state, dot);
      return 'next';
    };
  }
  return (state, dot) => {
    state.node = node;
    const value = evaluate(state, dot);
    state.node = node;
    printValue(state, node, value);
    return 'next';
  };
}

function compileBranch(node: BranchNode, pipes: PipeCompiler): Run {
  const evaluate = pipes.compile(node.pipe);
  const body = compileList(node.body, pipes);
  const otherwise = node.otherwise === undefined ? undefined : compileList(node.otherwise, pipes);
  const isWith = node.kind === 'with';
  return (state, dot) => {
    state.node = node;
    const { mark } = state;
    const value = evaluate(state, dot);
    const signal = isTrue(value) ? body(state, isWith ? value : dot) : (otherwise?.(state, dot) ?? 'next');
    state.popTo(mark);
    return signal;
  };
}

function compileTemplate(node: TemplateNode, pipes: PipeCompiler): Run {
  const evaluate = node.pipe === undefined ? () => NONE : pipes.compile(node.pipe);
  return (state, dot) => {
    state.node = node;
    const run = state.source.templates.get(node.name);
    if (run === undefined) return state.fail('template-not-defined', `template ${quoteBytes(node.name)} not defined`);
    if (state.depth >= state.budget.limits.maxDepth) {
      return state.fail('depth-exceeded', `exceeded maximum template depth (${GO_MAX_DEPTH})`);
    }
    const argument: Value = evaluate(state, dot);
    state.enter(node.name, argument, run);
    return 'next';
  };
}

function compileStatement(node: StatementNode, pipes: PipeCompiler): Run {
  switch (node.kind) {
    case 'text':
      return (state) => {
        state.node = node;
        state.write(node.text);
        return 'next';
      };
    case 'action':
      return compileAction(node, pipes);
    case 'if':
    case 'with':
      return compileBranch(node, pipes);
    case 'range': {
      const body = compileList(node.body, pipes);
      const otherwise = node.otherwise === undefined ? undefined : compileList(node.otherwise, pipes);
      return compileRange(node, pipes.compile(node.pipe), body, otherwise);
    }
    case 'template':
      return compileTemplate(node, pipes);
    case 'break':
    case 'continue':
      return (state) => {
        state.node = node;
        return node.kind;
      };
  }
}

/** Turns a list of nodes into one closure. Source: Go, text/template, exec.go, walk. */
export function compileList(list: ListNode, pipes: PipeCompiler): Run {
  const runs = list.nodes.map((node) => compileStatement(node, pipes));
  return (state, dot) => {
    state.node = list;
    for (const run of runs) {
      state.budget.spend(1);
      const signal = run(state, dot);
      if (signal !== 'next') return signal;
    }
    return 'next';
  };
}
