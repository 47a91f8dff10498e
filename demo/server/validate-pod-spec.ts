import type { StatusCause } from './api-error';
import { recordsAt, stringAt } from './json-access';
import type { JsonObject } from './object-types';
import { invalidValue, nameProblems, required } from './validate-names';

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];
const HIGHEST_PORT = 65_535;

const quotedList = (values: readonly string[]) =>
  [...values]
    .sort()
    .map((value) => `"${value}"`)
    .join(', ');

function unsupported(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${quotedList(supported)}`;
  return { reason: 'FieldValueNotSupported', message, field };
}

function duplicate(field: string, value: unknown): StatusCause {
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(value)}`, field };
}

/** What the real server finds wrong with a pod spec: the rules that people meet, not all of them. */
export function podSpecProblems(
  field: string,
  spec: JsonObject,
  restartPolicies: readonly string[] = RESTART_POLICIES,
): StatusCause[] {
  const problems: StatusCause[] = [];
  const volumes = recordsAt(spec, 'volumes');
  const volumeNames = new Set(volumes.map((volume) => stringAt(volume, 'name') ?? ''));
  const seenVolumes = new Set<string>();
  for (const [index, volume] of volumes.entries()) {
    const name = stringAt(volume, 'name') ?? '';
    const at = `${field}.volumes[${index}].name`;
    if (name === '') problems.push(required(at));
    else if (seenVolumes.has(name)) problems.push(duplicate(at, name));
    else problems.push(...nameProblems(at, name, 'label'));
    seenVolumes.add(name);
  }
  const containers = recordsAt(spec, 'containers');
  if (containers.length === 0) problems.push(required(`${field}.containers`));
  const seen = new Set<string>();
  for (const list of ['containers', 'initContainers']) {
    for (const [index, container] of recordsAt(spec, list).entries()) {
      problems.push(...containerProblems(`${field}.${list}[${index}]`, container, seen, volumeNames));
    }
  }
  const policy = spec.restartPolicy;
  if (policy !== undefined && !restartPolicies.includes(String(policy))) {
    problems.push(unsupported(`${field}.restartPolicy`, policy, restartPolicies));
  }
  return problems;
}

function containerProblems(
  field: string,
  container: JsonObject,
  seen: Set<string>,
  volumeNames: ReadonlySet<string>,
): StatusCause[] {
  const problems: StatusCause[] = [];
  const name = stringAt(container, 'name') ?? '';
  if (name === '') problems.push(required(`${field}.name`));
  else if (seen.has(name)) problems.push(duplicate(`${field}.name`, name));
  else problems.push(...nameProblems(`${field}.name`, name, 'label'));
  seen.add(name);
  if ((stringAt(container, 'image') ?? '') === '') problems.push(required(`${field}.image`));
  for (const [index, port] of recordsAt(container, 'ports').entries()) {
    const at = `${field}.ports[${index}].containerPort`;
    const { containerPort } = port;
    if (containerPort === undefined) problems.push(required(at));
    else if (typeof containerPort !== 'number' || containerPort < 1 || containerPort > HIGHEST_PORT) {
      problems.push(invalidValue(at, containerPort, 'must be between 1 and 65535, inclusive'));
    }
  }
  const paths = new Set<string>();
  for (const [index, mount] of recordsAt(container, 'volumeMounts').entries()) {
    const at = `${field}.volumeMounts[${index}]`;
    const [volume, path] = [stringAt(mount, 'name') ?? '', stringAt(mount, 'mountPath') ?? ''];
    if (volume === '') problems.push(required(`${at}.name`));
    else if (!volumeNames.has(volume)) {
      problems.push({
        reason: 'FieldValueNotFound',
        message: `Not found: ${JSON.stringify(volume)}`,
        field: `${at}.name`,
      });
    }
    if (path === '') problems.push(required(`${at}.mountPath`));
    else if (paths.has(path)) problems.push(invalidValue(`${at}.mountPath`, path, 'must be unique'));
    paths.add(path);
  }
  for (const [index, variable] of recordsAt(container, 'env').entries()) {
    if ((stringAt(variable, 'name') ?? '') === '') problems.push(required(`${field}.env[${index}].name`));
  }
  return problems;
}
