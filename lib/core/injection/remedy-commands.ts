import { INJECT_KEY } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import { isRolloutKind } from '@/lib/core/kube/rollout-kinds';
import { changeNamespaceLabels } from './change-namespace-labels';
import type { EnableTarget } from './list-enable-targets';
import type { ProblemObject } from './list-problems';
import type { Remedy } from './list-remedies';
import { changeTemplateSwitch, type WorkloadAction } from './workload-switch/change-template-switch';
import { isTemplateKind, templatePatchCommand } from './workload-switch/template-kinds';

interface CommandSources {
  /** Of the object's namespace; undefined where they may not be read. */
  readonly labels: StringMap | undefined;
  /** What a namespace can be switched to, the one to prefer first. */
  readonly targets: readonly EnableTarget[];
}

const SWITCHES: Readonly<Partial<Record<Remedy['action'], WorkloadAction>>> = {
  'set-pod-label': 'enable',
  'remove-pod-label': 'unset',
};

/**
 * The kubectl line that carries out a remedy on one object.
 *
 * Output: undefined where a person has to decide or write something first; never a line that deletes anything.
 * Never throws.
 */
export function remedyCommand(
  { action, text }: Remedy,
  { kind, namespace, name }: Pick<ProblemObject, 'kind' | 'namespace' | 'name'>,
  { labels, targets }: CommandSources,
): string | undefined {
  switch (action) {
    case 'restart-workload':
      return isRolloutKind(kind) ? `kubectl -n ${namespace} rollout restart ${kind.toLowerCase()}/${name}` : undefined;
    case 'enable-namespace':
    case 'fix-namespace-label': {
      const [target] = targets;
      if (target === undefined || labels === undefined) return undefined;
      const { revision } = target;
      const change = { kind: 'enable' as const, ...(revision === undefined ? {} : { revision }) };
      return changeNamespaceLabels(namespace, labels, change).kubectl;
    }
    case 'remove-namespace-label':
      return `kubectl label namespace ${namespace} ${keyOf(text.values?.label)}-`;
    case 'set-pod-label':
    case 'remove-pod-label': {
      const change = SWITCHES[action];
      if (!isTemplateKind(kind) || change === undefined || keyOf(text.values?.label) !== INJECT_KEY) return undefined;
      return changeTemplateSwitch({ kind, namespace, name, labels: {} }, change).kubectl;
    }
    case 'remove-annotation': {
      if (!isTemplateKind(kind)) return undefined;
      const annotation = String(text.values?.annotation ?? '');
      return templatePatchCommand({ kind, namespace, name }, ['metadata', 'annotations', annotation], null);
    }
    default:
      return undefined;
  }
}

const keyOf = (label: string | number | undefined): string => String(label ?? '').split('=')[0] ?? '';
