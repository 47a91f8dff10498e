import { decodeKube } from './decode-struct';
import { InjectionFault } from './injection-refusal';
import type { JsonObject } from './json-types';
import { MergeError } from './merge-lists';
import type { Release } from './release';
import { mergeStrategic } from './strategic-merge';

const POD = 'Pod';

/**
 * Lays a patch over a pod and sends the result through the Pod type.
 *
 * Fails with the real program's words, `context` before them.
 * Source: Istio, pkg/kube/inject, applyOverlay.
 */
export function overlay(pod: JsonObject, patch: JsonObject, release: Release, context: string): JsonObject {
  const decoded = decodeKube(POD, merge(pod, patch, context), {
    dropsRestartPolicy: !release.switches.containerRestartPolicy,
  });
  if (decoded.ok) return decoded.value;
  const [first, ...rest] = decoded.faults.map((fault) => ({
    code: 'result-invalid' as const,
    values: { field: fault.path, found: fault.found, wanted: fault.wanted },
    text: `${context}unmarshal patched pod: ${fault.text}`,
  }));
  throw first === undefined ? new Error('no fault') : new InjectionFault(first, ...rest);
}

function merge(pod: JsonObject, patch: JsonObject, context: string): JsonObject {
  try {
    return mergeStrategic(pod, patch, POD);
  } catch (error) {
    if (!(error instanceof MergeError)) throw error;
    throw new InjectionFault({
      code: 'merge-failed',
      values: { detail: error.message },
      text: `${context}strategic merge: ${error.message}`,
    });
  }
}
