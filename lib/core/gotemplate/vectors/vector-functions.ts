import type { FunctionMap } from '@/lib/core/gotemplate/evaluate/go-function';
import { type FunctionContext, istioFunctions } from '@/lib/core/gotemplate/functions/istio-functions';
import { fixtureFunctions } from './fixture-functions';

const ERAS: Readonly<Record<string, FunctionContext>> = {
  istio: {},
  'istio-1.18': { minor: 18 },
  'istio-1.10': { minor: 10 },
  'istio-1.6': { minor: 6 },
};

/** The functions of a vector, by the name of its set. */
export function functionsOf(name: string, env: Readonly<Record<string, string>>): FunctionMap {
  const era = ERAS[name];
  if (era !== undefined) return istioFunctions({ ...era, env });
  if (name === 'builtin') return new Map();
  if (name === 'fixture') return fixtureFunctions();
  throw new Error(`unknown function set ${name}`);
}
