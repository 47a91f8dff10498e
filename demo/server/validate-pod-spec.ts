import type { StatusCause } from './api-error';
import {
  duplicate,
  forbiddenField,
  notFoundValue,
  portNameProblems,
  portOrNameProblems,
  portProblems,
  unsupported,
} from './field-problems';
import { isRecord, recordAt, recordsAt, stringAt, valueAt } from './json-access';
import type { JsonObject } from './object-types';
import { nanosOf } from './quantity-text';
import { invalidValue, nameProblems, required } from './validate-names';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];

export interface PodSpecRules {
  /** Policies that the kind allows; all of them for a pod. */
  readonly restartPolicies?: readonly string[];
  /** A pod itself, not a template. */
  readonly isPod: boolean;
}

/** What the real server finds wrong with a pod spec: the rules that people meet, not all of them. */
export function podSpecProblems(
  field: string,
  spec: JsonObject,
  { restartPolicies, isPod }: PodSpecRules,
): StatusCause[] {
  const volumeNames = new Set(recordsAt(spec, 'volumes').map((volume) => stringAt(volume, 'name') ?? ''));
  const containers = recordsAt(spec, 'containers');
  const seen = new Set<string>();
  const each = (list: string) =>
    recordsAt(spec, list).flatMap((container, index) => {
      const at = `${field}.${list}[${index}]`;
      return [
        ...containerProblems(at, container, seen, volumeNames),
        ...(list === 'initContainers' ? initProblems(at, container) : []),
      ];
    });
  return [
    ...volumeProblems(field, spec),
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...each('containers'),
    ...each('initContainers'),
    ...restartProblems(field, spec, restartPolicies),
    ...dnsProblems(field, spec),
    ...(isPod ? imageProblems(field, containers) : []),
  ];
}

function restartProblems(
  field: string,
  { restartPolicy }: JsonObject,
  allowed: readonly string[] | undefined,
): StatusCause[] {
  const at = `${field}.restartPolicy`;
  if (!RESTART_POLICIES.includes(String(restartPolicy)))
    return [unsupported(at, restartPolicy, RESTART_POLICIES, true)];
  return allowed === undefined || allowed.includes(String(restartPolicy))
    ? []
    : [unsupported(at, restartPolicy, allowed)];
}

function dnsProblems(field: string, { dnsPolicy, dnsConfig }: JsonObject): StatusCause[] {
  if (dnsPolicy !== undefined && !DNS_POLICIES.includes(String(dnsPolicy))) {
    return [unsupported(`${field}.dnsPolicy`, dnsPolicy, DNS_POLICIES)];
  }
  if (dnsPolicy !== 'None' || isRecord(dnsConfig)) return [];
  return [required(`${field}.dnsConfig`, 'must provide `dnsConfig` when `dnsPolicy` is None')];
}

function imageProblems(field: string, containers: readonly JsonObject[]): StatusCause[] {
  return containers.flatMap(({ image }, index) =>
    typeof image === 'string' && image !== image.trim()
      ? [invalidValue(`${field}.containers[${index}].image`, image, 'must not have leading or trailing whitespace')]
      : [],
  );
}

function volumeProblems(field: string, spec: JsonObject): StatusCause[] {
  const seen = new Set<string>();
  return recordsAt(spec, 'volumes').flatMap((volume, index) => {
    const name = stringAt(volume, 'name') ?? '';
    const at = `${field}.volumes[${index}].name`;
    const isKnown = seen.has(name);
    seen.add(name);
    if (name === '') return [required(at)];
    return isKnown ? [duplicate(at, name)] : nameProblems(at, name, 'label');
  });
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

function containerProblems(
  field: string,
  container: JsonObject,
  seen: Set<string>,
  volumeNames: ReadonlySet<string>,
): StatusCause[] {
  const name = stringAt(container, 'name') ?? '';
  const isKnown = seen.has(name);
  seen.add(name);
  const naming =
    name === ''
      ? [required(`${field}.name`)]
      : isKnown
        ? [duplicate(`${field}.name`, name)]
        : nameProblems(`${field}.name`, name, 'label');
  const { image, imagePullPolicy } = container;
  return [
    ...naming,
    ...(image === undefined || image === '' ? [required(`${field}.image`)] : []),
    ...recordsAt(container, 'ports').flatMap((port, index) => containerPortProblems(`${field}.ports[${index}]`, port)),
    ...recordsAt(container, 'env').flatMap((variable, index) => envProblems(`${field}.env[${index}].name`, variable)),
    ...mountProblems(field, container, volumeNames),
    ...(imagePullPolicy === undefined || PULL_POLICIES.includes(String(imagePullPolicy))
      ? []
      : [unsupported(`${field}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES)]),
    ...resourceProblems(field, container),
    ...lifecycleProblems(field, container),
    ...probeProblems(field, container),
  ];
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function containerPortProblems(field: string, { name, containerPort, protocol }: JsonObject): StatusCause[] {
  return [
    ...(typeof name === 'string' && name !== '' ? portNameProblems(`${field}.name`, name) : []),
    ...(containerPort === undefined || containerPort === 0
      ? [required(`${field}.containerPort`)]
      : portProblems(`${field}.containerPort`, containerPort)),
    ...(protocol === undefined || PROTOCOLS.includes(String(protocol))
      ? []
      : [unsupported(`${field}.protocol`, protocol, PROTOCOLS)]),
  ];
}

function envProblems(field: string, variable: JsonObject): StatusCause[] {
  const name = stringAt(variable, 'name') ?? '';
  if (name === '') return [required(field)];
  if (/^[\x20-\x3c\x3e-\x7e]+$/.test(name)) return [];
  const why = "a valid environment variable name must consist only of printable ASCII characters other than '='";
  return [invalidValue(field, name, why)];
}

function mountProblems(field: string, container: JsonObject, volumeNames: ReadonlySet<string>): StatusCause[] {
  const paths = new Set<string>();
  return recordsAt(container, 'volumeMounts').flatMap((mount, index) => {
    const at = `${field}.volumeMounts[${index}]`;
    const [volume, path] = [stringAt(mount, 'name') ?? '', stringAt(mount, 'mountPath') ?? ''];
    const isKnown = paths.has(path);
    paths.add(path);
    return [
      ...(volume === ''
        ? [required(`${at}.name`)]
        : volumeNames.has(volume)
          ? []
          : [notFoundValue(`${at}.name`, volume)]),
      ...(path === ''
        ? [required(`${at}.mountPath`)]
        : isKnown
          ? [invalidValue(`${at}.mountPath`, path, 'must be unique')]
          : []),
    ];
  });
}

function resourceProblems(field: string, container: JsonObject): StatusCause[] {
  const limits = recordAt(container, 'resources', 'limits');
  return Object.entries(recordAt(container, 'resources', 'requests')).flatMap(([name, request]) => {
    const limit = limits[name];
    const isAbove = limit !== undefined && (nanosOf(String(request)) ?? 0n) > (nanosOf(String(limit)) ?? 0n);
    const why = `must be less than or equal to ${name} limit of ${String(limit)}`;
    return isAbove ? [invalidValue(`${field}.resources.requests`, request, why)] : [];
  });
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];

function handlerProblems(field: string, handler: JsonObject): StatusCause[] {
  if (!HANDLERS.some((kind) => isRecord(handler[kind]))) return [required(field, 'must specify a handler type')];
  return ['httpGet', 'tcpSocket'].flatMap((kind) =>
    isRecord(handler[kind]) ? portOrNameProblems(`${field}.${kind}.port`, valueAt(handler, kind, 'port')) : [],
  );
}

function lifecycleProblems(field: string, container: JsonObject): StatusCause[] {
  return ['postStart', 'preStop'].flatMap((hook) => {
    const handler = valueAt(container, 'lifecycle', hook);
    return isRecord(handler) ? handlerProblems(`${field}.lifecycle.${hook}`, handler) : [];
  });
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

function probeProblems(field: string, container: JsonObject): StatusCause[] {
  return PROBES.flatMap((name) => {
    const probe = container[name];
    return isRecord(probe) ? handlerProblems(`${field}.${name}`, probe) : [];
  });
}

/** Probes and hooks are for containers that stay. */
function initProblems(field: string, container: JsonObject): StatusCause[] {
  if (container.restartPolicy === 'Always') return [];
  const why = 'may not be set for init containers without restartPolicy=Always';
  return ['lifecycle', ...PROBES]
    .filter((name) => isRecord(container[name]))
    .map((name) => forbiddenField(`${field}.${name}`, why));
}
