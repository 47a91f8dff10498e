import { sprintOne } from '@/lib/core/gotemplate/format/printf';
import { keyValue, sortedEntries } from '@/lib/core/gotemplate/format/sort-keys';
import type { BranchNode } from '@/lib/core/gotemplate/syntax/nodes';
import { asAddressable, follow, NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goInt, goUint } from '@/lib/core/gotemplate/values/make-values';
import type { ExecState, Run } from './state';

type Pair = readonly [key: Value, element: Value];

function* countTo(value: Extract<Value, { kind: 'int' | 'uint' }>): Generator<Pair> {
  for (let count = 0n; count < value.int; count++) {
    yield [NONE, value.kind === 'int' ? goInt(count, value.type) : goUint(count, value.type)];
  }
}

function* itemsOf(items: readonly Value[]): Generator<Pair> {
  for (const [index, item] of items.entries()) {
    yield [goInt(index), item.kind === 'none' ? item : asAddressable(item)];
  }
}

/** The pairs that a value is ranged over. */
function pairsOf(state: ExecState, value: Value, variableCount: number): Iterable<Pair> {
  switch (value.kind) {
    case 'none':
      return [];
    case 'int':
    case 'uint':
      if (variableCount > 1) {
        state.fail('not-iterable', `can't use ${value.int} to iterate over more than one variable`);
      }
      return countTo(value);
    case 'slice':
      return itemsOf(value.items ?? []);
    case 'map':
      return sortedEntries(value).map(([key, element]) => [keyValue(key, value.type.key), element]);
    default:
      return state.fail('not-iterable', `range can't iterate over ${sprintOne(state.budget, value)}`);
  }
}

/** Binds the variables of one round. With one variable it gets the element. */
function bindVariables(state: ExecState, { pipe }: BranchNode, key: Value, element: Value): void {
  const [first, second] = pipe.variables;
  if (first === undefined) return;
  if (pipe.isAssign) {
    state.assign(first.name, second === undefined ? element : key);
    if (second !== undefined) state.assign(second.name, element);
    return;
  }
  state.setTop(1, element);
  if (second !== undefined) state.setTop(2, key);
}

/** Source: Go, text/template, exec.go, walkRange. */
export function compileRange(
  node: BranchNode,
  evaluate: (state: ExecState, dot: Value) => Value,
  body: Run,
  otherwise: Run | undefined,
): Run {
  return (state, dot) => {
    state.node = node;
    const outer = state.mark;
    const { value } = follow(evaluate(state, dot));
    const inner = state.mark;
    let isEmpty = true;
    let signal: ReturnType<Run> = 'next';
    for (const [key, element] of pairsOf(state, value, node.pipe.variables.length)) {
      isEmpty = false;
      state.budget.spend(1);
      bindVariables(state, node, key, element);
      const round = body(state, element);
      state.popTo(inner);
      if (round === 'break') break;
    }
    // Go's range takes a break in its else part for its own; a continue goes on to the loop around it.
    if (isEmpty && otherwise?.(state, dot) === 'continue') signal = 'continue';
    state.popTo(outer);
    return signal;
  };
}
