import type { Phrase } from '@/lib/core/phrase';
import { saySwitch } from './say-switch';

/**
 * Kinds whose pod template may be changed after they were made, with where it stands.
 *
 * Source: Kubernetes, pkg/apis/apps/validation and pkg/apis/batch/validation: a Job's template is immutable.
 */
export const TEMPLATE_KINDS = {
  Deployment: { resource: 'deployments', group: 'apps', path: ['spec', 'template'] },
  StatefulSet: { resource: 'statefulsets', group: 'apps', path: ['spec', 'template'] },
  DaemonSet: { resource: 'daemonsets', group: 'apps', path: ['spec', 'template'] },
  ReplicaSet: { resource: 'replicasets', group: 'apps', path: ['spec', 'template'] },
  ReplicationController: { resource: 'replicationcontrollers', group: '', path: ['spec', 'template'] },
  CronJob: { resource: 'cronjobs', group: 'batch', path: ['spec', 'jobTemplate', 'spec', 'template'] },
} as const;

export type TemplateKind = keyof typeof TEMPLATE_KINDS;

/** Whether the pod template of this kind can be edited, with effect on pods to come. */
export function isTemplateKind(kind: string): kind is TemplateKind {
  return Object.hasOwn(TEMPLATE_KINDS, kind);
}

/** Why a workload of this kind cannot be switched; undefined where it can. */
export function whyNotSwitchable(kind: string): Phrase | undefined {
  if (isTemplateKind(kind)) return undefined;
  if (kind === 'Job') return saySwitch('unsupported-job');
  return kind === 'Pod' ? saySwitch('unsupported-pod') : saySwitch('unsupported-kind', { kind });
}

interface NamedTemplate {
  readonly kind: TemplateKind;
  readonly namespace: string;
  readonly name: string;
}

/** A merge patch that sets one field of a pod template; null removes it. */
export function templatePatch(
  kind: TemplateKind,
  path: readonly string[],
  value: string | null,
): Readonly<Record<string, unknown>> {
  return nest([...TEMPLATE_KINDS[kind].path, ...path], value);
}

/** The kubectl command that applies such a patch. */
export function templatePatchCommand(
  { kind, namespace, name }: NamedTemplate,
  path: readonly string[],
  value: string | null,
): string {
  const patch = JSON.stringify(templatePatch(kind, path, value));
  return `kubectl -n ${namespace} patch ${kind.toLowerCase()} ${name} --type merge -p '${patch}'`;
}

function nest(path: readonly string[], value: string | null): Readonly<Record<string, unknown>> {
  const [key = '', ...rest] = path;
  return { [key]: rest.length === 0 ? value : nest(rest, value) };
}
