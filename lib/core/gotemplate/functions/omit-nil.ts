import type { Budget } from '@/lib/core/gotemplate/evaluate/limits';
import { ANY_LIST, ANY_MAP } from '@/lib/core/gotemplate/values/go-type';
import { type MapKey, NONE, unwrapInterface, type Value } from '@/lib/core/gotemplate/values/go-value';
import { goInterface, goList, goMap } from '@/lib/core/gotemplate/values/make-values';

function omitFromMap(budget: Budget, value: Extract<Value, { kind: 'map' }>): Value {
  let hasChanged = false;
  const kept = new Map<MapKey, Value>();
  for (const [key, slot] of value.entries ?? []) {
    const item = unwrapInterface(slot);
    const cleaned = omitNil(budget, item);
    if (cleaned !== item || cleaned.kind === 'none') hasChanged = true;
    if (cleaned.kind !== 'none') kept.set(key, goInterface(cleaned));
  }
  if (!hasChanged) return value;
  return kept.size === 0 ? NONE : goMap(ANY_MAP, kept);
}

function omitFromList(budget: Budget, value: Extract<Value, { kind: 'slice' }>): Value {
  let hasChanged = false;
  const kept: Value[] = [];
  for (const slot of value.items ?? []) {
    const item = unwrapInterface(slot);
    const cleaned = omitNil(budget, item);
    if (cleaned !== item || cleaned.kind === 'none') hasChanged = true;
    if (cleaned.kind !== 'none') kept.push(cleaned);
  }
  if (!hasChanged) return value;
  return kept.length === 0 ? NONE : goList(kept);
}

/**
 * Drops nils from JSON data, and containers that this empties; a value without nils is returned as it is.
 *
 * Source: Istio, pkg/kube/inject/template.go, omitNil.
 */
export function omitNil(budget: Budget, value: Value): Value {
  budget.spend(1);
  if (value.kind === 'map' && value.type === ANY_MAP) return omitFromMap(budget, value);
  return value.kind === 'slice' && value.type === ANY_LIST ? omitFromList(budget, value) : value;
}
