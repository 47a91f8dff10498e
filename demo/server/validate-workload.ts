import { matchesLabelSelector } from '@/lib/core/kube/label-selector';
import type { StatusCause } from './api-error';
import { aboveHundredPercent, countOrPercentProblems, forbiddenField, negative, unsupported } from './field-problems';
import { isRecord, recordAt, recordsAt, stringAt, stringMapAt, valueAt } from './json-access';
import { toLabelSelector } from './match-webhook';
import type { JsonObject, NewObject } from './object-types';
import { invalidValue, labelProblems, required } from './validate-names';

type Check = (object: NewObject) => StatusCause[];

/** What is wrong with a workload beside its metadata and its pod template. Source: k8s.io/kubernetes, pkg/apis, validation of each group. */
export const WORKLOAD_CHECKS: Readonly<Record<string, { readonly before?: Check; readonly after?: Check }>> = {
  'deployments.apps': {
    before: (object) => [
      ...negative('spec.replicas', valueAt(object, 'spec', 'replicas')),
      ...selectorProblems(object, 'deployment'),
    ],
    after: deploymentProblems,
  },
  'replicasets.apps': {
    before: (object) => [
      ...negative('spec.replicas', valueAt(object, 'spec', 'replicas')),
      ...selectorProblems(object, 'deployment'),
    ],
  },
  'statefulsets.apps': { before: statefulSetProblems },
  'daemonsets.apps': { before: (object) => selectorProblems(object, 'daemonset'), after: daemonSetProblems },
  'jobs.batch': {
    before: (object) => jobProblems(recordAt(object, 'spec'), 'spec'),
    after: (object) => jobRestartProblems(recordAt(object, 'spec'), 'spec'),
  },
  'cronjobs.batch': {
    before: cronJobProblems,
    after: (object) => jobRestartProblems(recordAt(object, 'spec', 'jobTemplate', 'spec'), 'spec.jobTemplate.spec'),
  },
};

/** The selector of a workload and the labels of its template, which it has to pick. */
function selectorProblems(object: NewObject, kind: string): StatusCause[] {
  const selector = valueAt(object, 'spec', 'selector');
  const labels = valueAt(object, 'spec', 'template', 'metadata', 'labels');
  const isMatch =
    isRecord(selector) && matchesLabelSelector(toLabelSelector(selector), stringMapAt({ labels }, 'labels'));
  const why = '`selector` does not match template `labels`';
  const mismatch = invalidValue('spec.template.metadata.labels', labels ?? null, why);
  const ofLabels = labelProblems('spec.template.metadata.labels', labels);
  if (!isRecord(selector)) return [required('spec.selector'), mismatch, ...ofLabels];
  const terms = Object.keys(recordAt(selector, 'matchLabels')).length + recordsAt(selector, 'matchExpressions').length;
  if (terms === 0)
    return [invalidValue('spec.selector', selector, `empty selector is invalid for ${kind}`), ...ofLabels];
  return [...(isMatch ? [] : [mismatch]), ...ofLabels];
}

const STRATEGIES = ['Recreate', 'RollingUpdate'];

function deploymentProblems(object: NewObject): StatusCause[] {
  const spec = recordAt(object, 'spec');
  const problems = strategyProblems(recordAt(spec, 'strategy'));
  problems.push(
    ...negative('spec.minReadySeconds', spec.minReadySeconds),
    ...negative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  );
  const deadline = spec.progressDeadlineSeconds;
  problems.push(...negative('spec.progressDeadlineSeconds', deadline));
  if (
    typeof deadline === 'number' &&
    deadline <= (typeof spec.minReadySeconds === 'number' ? spec.minReadySeconds : 0)
  ) {
    problems.push(invalidValue('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
  }
  return problems;
}

function strategyProblems(strategy: JsonObject): StatusCause[] {
  const { type, rollingUpdate } = strategy;
  const at = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    return rollingUpdate === undefined
      ? []
      : [forbiddenField(at, "may not be specified when strategy `type` is 'Recreate'")];
  }
  if (!STRATEGIES.includes(String(type))) {
    return [unsupported('spec.strategy', { Type: type ?? '', RollingUpdate: rollingUpdate ?? null }, STRATEGIES)].map(
      inStructOrder,
    );
  }
  if (!isRecord(rollingUpdate)) return [required(at, 'this should be defaulted and never be nil')];
  const { maxSurge, maxUnavailable } = rollingUpdate;
  const problems = [
    ...countOrPercentProblems(`${at}.maxUnavailable`, maxUnavailable),
    ...countOrPercentProblems(`${at}.maxSurge`, maxSurge),
  ];
  if (isNone(maxUnavailable) && isNone(maxSurge)) {
    problems.push(invalidValue(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  return [...problems, ...aboveHundredPercent(`${at}.maxUnavailable`, maxUnavailable)];
}

const isNone = (value: unknown) => value === 0 || value === '0%';

// Go writes a struct in the order of its fields, not of their names.
function inStructOrder(cause: StatusCause): StatusCause {
  return {
    ...cause,
    message: cause.message.replace(/\{"RollingUpdate":(.*?),"Type":("[^"]*")\}/, '{"Type":$2,"RollingUpdate":$1}'),
  };
}

function statefulSetProblems(object: NewObject): StatusCause[] {
  const spec = recordAt(object, 'spec');
  const { podManagementPolicy, updateStrategy } = spec;
  const problems: StatusCause[] = [];
  if (podManagementPolicy !== 'OrderedReady' && podManagementPolicy !== 'Parallel') {
    problems.push(
      invalidValue('spec.podManagementPolicy', podManagementPolicy, "must be 'OrderedReady' or 'Parallel'"),
    );
  }
  const type = valueAt(updateStrategy, 'type');
  if (type !== 'RollingUpdate' && type !== 'OnDelete') {
    const shown = { Type: type ?? '', RollingUpdate: valueAt(updateStrategy, 'rollingUpdate') ?? null };
    problems.push(invalidValue('spec.updateStrategy', shown, "must be 'RollingUpdate' or 'OnDelete'"));
  }
  problems.push(...negative('spec.replicas', spec.replicas), ...negative('spec.minReadySeconds', spec.minReadySeconds));
  return [...problems, ...selectorProblems(object, 'statefulset')];
}

function daemonSetProblems(object: NewObject): StatusCause[] {
  const { activeDeadlineSeconds } = recordAt(object, 'spec', 'template', 'spec');
  const at = 'spec.template.spec.activeDeadlineSeconds';
  return activeDeadlineSeconds === undefined
    ? []
    : [forbiddenField(at, 'activeDeadlineSeconds in DaemonSet is not Supported')];
}

function jobProblems(spec: JsonObject, field: string): StatusCause[] {
  return ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].flatMap(
    (name) => negative(`${field}.${name}`, spec[name]),
  );
}

function jobRestartProblems(spec: JsonObject, field: string): StatusCause[] {
  const policy = valueAt(spec, 'template', 'spec', 'restartPolicy');
  if (policy === 'OnFailure' || policy === 'Never') return [];
  const at = `${field}.template.spec.restartPolicy`;
  if (policy === undefined || policy === 'Always') return [required(at, 'valid values: "OnFailure", "Never"')];
  return [unsupported(at, policy, ['OnFailure', 'Never'], true)];
}

const CONCURRENCY = ['Allow', 'Forbid', 'Replace'];
const LONGEST_CRON_NAME = 52;

function cronJobProblems(object: NewObject): StatusCause[] {
  const spec = recordAt(object, 'spec');
  const { concurrencyPolicy } = spec;
  const name = object.metadata.name ?? '';
  return [
    ...scheduleProblems(stringAt(spec, 'schedule') ?? ''),
    ...(CONCURRENCY.includes(String(concurrencyPolicy))
      ? []
      : [unsupported('spec.concurrencyPolicy', concurrencyPolicy, CONCURRENCY)]),
    ...jobProblems(recordAt(spec, 'jobTemplate', 'spec'), 'spec.jobTemplate.spec'),
    ...(name.length > LONGEST_CRON_NAME
      ? [invalidValue('metadata.name', name, `must be no more than ${LONGEST_CRON_NAME} characters`)]
      : []),
  ];
}

const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

function scheduleProblems(schedule: string): StatusCause[] {
  if (schedule === '') return [required('spec.schedule')];
  if (MACROS.includes(schedule) || schedule.startsWith('@every ')) return [];
  if (schedule.startsWith('@'))
    return [invalidValue('spec.schedule', schedule, `unrecognized descriptor: ${schedule}`)];
  const fields = schedule.split(/\s+/).filter((part) => part !== '');
  if (fields.length === 5) return [];
  return [
    invalidValue('spec.schedule', schedule, `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`),
  ];
}
