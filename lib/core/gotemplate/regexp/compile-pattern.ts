import { type AssertionKind, BadPattern, type PatternNode, type RuneTest } from './pattern-nodes';

export type Instruction =
  | { readonly kind: 'rune'; readonly test: RuneTest }
  | { readonly kind: 'assert'; readonly assertion: AssertionKind }
  | { readonly kind: 'save'; readonly slot: number }
  /** Goes on at both places, the first with priority. */
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'match' };

const MAX_INSTRUCTIONS = 20_000;

class PatternCompiler {
  readonly program: Instruction[] = [];
  readonly #pattern: string;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  #add(instruction: Instruction): number {
    if (this.program.length >= MAX_INSTRUCTIONS) throw new BadPattern('expression too large', this.#pattern);
    this.program.push(instruction);
    return this.program.length - 1;
  }

  add(node: PatternNode): void {
    switch (node.kind) {
      case 'rune':
      case 'assert':
        this.#add(node);
        break;
      case 'group':
        this.#add({ kind: 'save', slot: node.index * 2 });
        this.add(node.body);
        this.#add({ kind: 'save', slot: node.index * 2 + 1 });
        break;
      case 'sequence':
        for (const part of node.parts) this.add(part);
        break;
      case 'choice':
        this.#choice(node.parts);
        break;
      case 'repeat':
        this.#repeat(node);
        break;
    }
  }

  finish(): void {
    this.#add({ kind: 'match' });
  }

  #choice(parts: readonly PatternNode[]): void {
    const jumps: Extract<Instruction, { kind: 'jump' }>[] = [];
    for (const [index, part] of parts.entries()) {
      if (index === parts.length - 1) {
        this.add(part);
        break;
      }
      const split: Extract<Instruction, { kind: 'split' }> = { kind: 'split', first: 0, second: 0 };
      split.first = this.#add(split) + 1;
      this.add(part);
      const jump: Extract<Instruction, { kind: 'jump' }> = { kind: 'jump', to: 0 };
      this.#add(jump);
      jumps.push(jump);
      split.second = this.program.length;
    }
    for (const jump of jumps) jump.to = this.program.length;
  }

  #repeat({ body, least, most, isGreedy }: Extract<PatternNode, { kind: 'repeat' }>): void {
    for (let count = 0; count < least; count++) this.add(body);
    if (most === undefined) {
      const start = this.program.length;
      const split = this.#split();
      this.add(body);
      this.#add({ kind: 'jump', to: start });
      this.#aim(split, start + 1, this.program.length, isGreedy);
      return;
    }
    const splits: (readonly [Extract<Instruction, { kind: 'split' }>, number])[] = [];
    for (let count = least; count < most; count++) {
      const split = this.#split();
      splits.push([split, this.program.length]);
      this.add(body);
    }
    for (const [split, inside] of splits) this.#aim(split, inside, this.program.length, isGreedy);
  }

  #split(): Extract<Instruction, { kind: 'split' }> {
    const split: Extract<Instruction, { kind: 'split' }> = { kind: 'split', first: 0, second: 0 };
    this.#add(split);
    return split;
  }

  #aim(split: Extract<Instruction, { kind: 'split' }>, inside: number, after: number, isGreedy: boolean): void {
    split.first = isGreedy ? inside : after;
    split.second = isGreedy ? after : inside;
  }
}

/** Turns a pattern's tree into instructions for the matcher. */
export function compilePattern(pattern: string, node: PatternNode): readonly Instruction[] {
  const compiler = new PatternCompiler(pattern);
  compiler.add(node);
  compiler.finish();
  return compiler.program;
}
