import { namespaceHref, workloadHref } from '@/lib/api/hrefs';
import { isTemplateKind } from '@/lib/core/injection/workload-switch/template-kinds';
import { isRolloutKind } from '@/lib/core/kube/rollout-kinds';

interface RemedyObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Where a remedy is carried out, with the dialog that does it open; undefined where it is work outside of Sidelight. */
export function remedyHref(action: string, { kind, namespace, name }: RemedyObject): string | undefined {
  switch (action) {
    case 'restart-workload':
      return isRolloutKind(kind) ? `${workloadHref(namespace, kind, name)}?do=restart` : undefined;
    case 'set-pod-label':
      return isTemplateKind(kind) ? `${workloadHref(namespace, kind, name)}?do=enable` : undefined;
    case 'remove-pod-label':
      return isTemplateKind(kind) ? `${workloadHref(namespace, kind, name)}?do=unset` : undefined;
    case 'enable-namespace':
    case 'fix-namespace-label':
      return `${namespaceHref(namespace)}?do=enable`;
    case 'remove-namespace-label':
      return namespaceHref(namespace);
    case 'repair-control-plane':
    case 'edit-injector-policy':
      return '/control-planes';
    default:
      return undefined;
  }
}
