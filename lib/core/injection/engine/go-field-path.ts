import type { KubeStruct } from './kube-schema';

/** Structs that Go embeds: their fields are read as the outer struct's own, but errors name the way. */
const BY_REFERENCE = { name: 'LocalObjectReference', holds: (field: string) => field === 'name' };
const HANDLERS: ReadonlySet<string> = new Set(['exec', 'httpGet', 'tcpSocket', 'grpc']);
const EMBEDDED: ReadonlyMap<string, { readonly name: string; readonly holds: (field: string) => boolean }> = new Map([
  ['Volume', { name: 'VolumeSource', holds: (field) => field !== 'name' }],
  ['Probe', { name: 'ProbeHandler', holds: (field) => HANDLERS.has(field) }],
  ['EphemeralContainer', { name: 'EphemeralContainerCommon', holds: (field) => field !== 'targetContainerName' }],
  ['ConfigMapVolumeSource', BY_REFERENCE],
  ['ConfigMapProjection', BY_REFERENCE],
  ['ConfigMapKeySelector', BY_REFERENCE],
  ['ConfigMapEnvSource', BY_REFERENCE],
  ['SecretProjection', BY_REFERENCE],
  ['SecretKeySelector', BY_REFERENCE],
  ['SecretEnvSource', BY_REFERENCE],
]);
const OF_TYPE: ReadonlySet<string> = new Set(['kind', 'apiVersion']);

/**
 * The step from a struct to one of its fields as Go's JSON errors spell it.
 *
 * Source: Go 1.26, encoding/json, object; Kubernetes, the structs' `json:",inline"`.
 */
export function goStep(struct: KubeStruct, field: string): readonly string[] {
  const embedded = EMBEDDED.get(struct.name);
  if (embedded?.holds(field) === true) return [embedded.name, field];
  return OF_TYPE.has(field) && struct.byName.has('metadata') ? ['TypeMeta', field] : [field];
}
