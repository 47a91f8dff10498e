import { type DecodeFault, decodeKube } from './decode-struct';
import { InjectionFault, type Refusal } from './injection-refusal';
import type { JsonObject } from './json-types';
import type { Release } from './release';
import type { YamlValue } from './yaml-value';

/** Sends YAML through a Kubernetes type; fails with every place that does not fit. */
export function decodeOrRefuse(struct: string, value: YamlValue, release: Release): JsonObject {
  const dropsRestartPolicy = !release.switches.containerRestartPolicy;
  const decoded = decodeKube(struct, value, { isLoose: true, dropsRestartPolicy });
  if (decoded.ok) return decoded.value;
  throw new InjectionFault(...toReasons(decoded.faults, 'error unmarshaling JSON: while decoding JSON: '));
}

/** Places that do not fit their type, as reasons of a refusal. */
export function toReasons(
  [first, ...rest]: readonly [DecodeFault, ...DecodeFault[]],
  context = '',
): [Refusal, ...Refusal[]] {
  const toReason = ({ path, found, wanted, text }: DecodeFault): Refusal => ({
    code: 'object-invalid',
    values: { field: path, found, wanted },
    text: `${context}${text}`,
  });
  return [toReason(first), ...rest.map(toReason)];
}
