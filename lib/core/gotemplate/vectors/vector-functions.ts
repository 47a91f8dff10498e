import type { FunctionMap } from '@/lib/core/gotemplate/evaluate/go-function';
import { fixtureFunctions } from './fixture-functions';

/** The functions of a vector, by the name of its set. */
export function functionsOf(name: string, _env: Readonly<Record<string, string>>): FunctionMap {
  switch (name) {
    case 'builtin':
      return new Map();
    case 'fixture':
      return fixtureFunctions();
    default:
      throw new Error(`unknown function set ${name}`);
  }
}
