import type { Rule } from './rule-types';

/** A target's options by name. */
export function optionsOf(rule: Rule): ReadonlyMap<string, string> {
  return new Map(rule.targetOptions.map(({ option, value }) => [option, value]));
}

/** Whether a target has no option but those that are understood. */
export function hasOnly(options: ReadonlyMap<string, string>, ...allowed: string[]): boolean {
  return [...options.keys()].every((option) => allowed.includes(option));
}
