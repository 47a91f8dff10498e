import type { JsonObject } from './object-types';

/** Keeps which webhooks have to see an object again since a later one changed it. */
export interface Reinvocation {
  /** To be told of every call, in order. */
  note(webhook: JsonObject, isChanged: boolean): void;
  readonly isNeeded: boolean;
  isDue(webhook: JsonObject): boolean;
}

/** Source: k8s.io/apiserver, pkg/admission/plugin/webhook/mutating/reinvocationcontext.go. */
export function createReinvocation(): Reinvocation {
  const due = new Set<JsonObject>();
  let seen = new Set<JsonObject>();
  return {
    note(webhook, isChanged) {
      if (isChanged) {
        for (const earlier of seen) due.add(earlier);
        seen = new Set();
      }
      if (webhook.reinvocationPolicy === 'IfNeeded') seen.add(webhook);
    },
    get isNeeded() {
      return due.size > 0;
    },
    isDue: (webhook) => due.has(webhook),
  };
}
