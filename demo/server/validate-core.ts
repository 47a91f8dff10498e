import type { StatusCause } from './api-error';
import { duplicate, forbiddenField, portOrNameProblems, portProblems, unsupported } from './field-problems';
import { jsonEqual, recordAt, recordsAt, stringAt } from './json-access';
import type { KubeObject, NewObject } from './object-types';
import { invalidValue, nameProblems, required } from './validate-names';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const SERVICE_TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

/** Source: k8s.io/kubernetes, pkg/apis/core/validation, ValidateService. */
export function serviceProblems(service: NewObject): StatusCause[] {
  const spec = recordAt(service, 'spec');
  const ports = recordsAt(spec, 'ports');
  const isPortless = spec.type === 'ExternalName' || spec.clusterIP === 'None';
  const seen = new Set<string>();
  return [
    ...(ports.length === 0 && !isPortless ? [required('spec.ports')] : []),
    ...(spec.type === 'ExternalName' && (stringAt(spec, 'externalName') ?? '') === ''
      ? [required('spec.externalName')]
      : []),
    ...ports.flatMap((port, index) => {
      const at = `spec.ports[${index}]`;
      const name = stringAt(port, 'name') ?? '';
      const isKnown = seen.has(name);
      seen.add(name);
      const naming =
        name === ''
          ? ports.length > 1
            ? [required(`${at}.name`)]
            : []
          : isKnown
            ? [duplicate(`${at}.name`, name)]
            : nameProblems(`${at}.name`, name, 'label');
      return [
        ...naming,
        ...portProblems(`${at}.port`, port.port),
        ...(PROTOCOLS.includes(String(port.protocol)) ? [] : [unsupported(`${at}.protocol`, port.protocol, PROTOCOLS)]),
        ...portOrNameProblems(`${at}.targetPort`, port.targetPort),
      ];
    }),
    ...(SERVICE_TYPES.includes(String(spec.type)) ? [] : [unsupported('spec.type', spec.type, SERVICE_TYPES)]),
  ];
}

const DATA_KEY_RULE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** Keys of a ConfigMap's or Secret's data. */
export function dataProblems(object: NewObject): StatusCause[] {
  return Object.keys(recordAt(object, 'data'))
    .filter((key) => !/^[-._a-zA-Z0-9]+$/.test(key))
    .map((key) => invalidValue(`data[${key}]`, key, DATA_KEY_RULE));
}

/** What may not change once `immutable` is set. */
export function immutableProblems(object: NewObject, current: KubeObject): StatusCause[] {
  if (current.immutable !== true) return [];
  const why = 'field is immutable when `immutable` is set';
  return ['immutable', 'data', 'binaryData']
    .filter((field) => !jsonEqual(object[field], current[field]))
    .map((field) => forbiddenField(field, why));
}

export function clusterIpProblems(object: NewObject, current: KubeObject): StatusCause[] {
  const [before, after] = [recordAt(current, 'spec').clusterIPs, recordAt(object, 'spec').clusterIPs];
  const isSet = Array.isArray(before) && before.length > 0;
  return !isSet || jsonEqual(before, after)
    ? []
    : [invalidValue('spec.clusterIPs[0]', after, 'may not change once set')];
}
