import type { BoolNode, NilNode, NumberNode, OperandNode, StringNode } from '@/lib/core/gotemplate/syntax/nodes';
import { printNode } from '@/lib/core/gotemplate/syntax/print-node';
import type { GoType } from '@/lib/core/gotemplate/values/go-type';
import { canBeNil, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goBool, goComplex, goFloat, goInt, goString, goUint, zeroOf } from '@/lib/core/gotemplate/values/make-values';
import type { ExecState } from './state';

type LiteralNode = BoolNode | NilNode | NumberNode | StringNode;

/** A number where nothing dictates its type. Source: Go, exec.go, idealConstant. */
function naturalNumber(state: ExecState, { text, isCharacter, literal }: NumberNode): Value {
  if (literal.complex !== undefined) return goComplex(literal.complex.real, literal.complex.imaginary);
  const isHex = /^0[xX]./.test(text) && !/[pP]/.test(text);
  if (literal.float !== undefined && !isHex && !isCharacter && /[.eEpP]/.test(text)) return goFloat(literal.float);
  return literal.int !== undefined ? goInt(literal.int) : state.fail('number-overflow', `${text} overflows int`);
}

/** A constant in its natural type. */
export function naturalValue(state: ExecState, node: LiteralNode): Value {
  switch (node.kind) {
    case 'bool':
      return goBool(node.bool);
    case 'string':
      return goString(node.text);
    case 'number':
      return naturalNumber(state, node);
    case 'nil':
      return { kind: 'none' };
  }
}

const EXPECTED: Readonly<Partial<Record<GoType['kind'], string>>> = {
  bool: 'bool',
  string: 'string',
  int: 'integer',
  uint: 'unsigned integer',
  float: 'float',
  complex: 'complex',
};

function typedValue(node: LiteralNode, type: GoType): Value | undefined {
  if (type.kind === 'bool') return node.kind === 'bool' ? goBool(node.bool, type) : undefined;
  if (type.kind === 'string') return node.kind === 'string' ? goString(node.text, type) : undefined;
  if (node.kind !== 'number') return undefined;
  const { int, uint, float, complex } = node.literal;
  if (type.kind === 'int') return int === undefined ? undefined : goInt(int, type);
  if (type.kind === 'uint') return uint === undefined ? undefined : goUint(uint, type);
  if (type.kind === 'float') return float === undefined ? undefined : goFloat(float, type);
  return complex === undefined ? undefined : goComplex(complex.real, complex.imaginary);
}

/** A constant as an argument for a parameter. Source: Go, exec.go, evalArg and the functions it calls. */
export function literalArgument(state: ExecState, node: LiteralNode, type: GoType): Value {
  if (node.kind === 'nil') {
    return canBeNil(type) ? zeroOf(type) : state.fail('wrong-type', `cannot assign nil to ${type.name}`);
  }
  if (type.kind === 'value' || (type.kind === 'interface' && !type.hasMethods)) return naturalValue(state, node);
  const expected = EXPECTED[type.kind];
  const printed = printNode(node);
  if (expected === undefined) {
    return state.fail('wrong-type', `can't handle ${printed} for arg of type ${type.name}`);
  }
  return typedValue(node, type) ?? state.fail('wrong-type', `expected ${expected}; found ${printed}`);
}

/** Whether an operand is a constant. */
export function isLiteral(node: OperandNode): node is LiteralNode {
  return node.kind === 'bool' || node.kind === 'nil' || node.kind === 'number' || node.kind === 'string';
}
