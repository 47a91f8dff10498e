import 'server-only';
import { type Json, objectAt, objectsAt, textAt } from '@/lib/cluster/json-fields';

const GITOPS_MANAGER = /argocd|argo-cd|flux|kustomize-controller|helm-controller|gitops|fleet-?agent|config-?sync/i;
const GITOPS_LABELS: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/instance': 'argocd',
  'kustomize.toolkit.fluxcd.io/name': 'kustomize-controller',
  'helm.toolkit.fluxcd.io/name': 'helm-controller',
};
const GITOPS_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** The tool that writes an object from somewhere else and would write it again, by its field manager or its own marks. */
export function findGitopsTool(metadata: Json): string | undefined {
  const managers = objectsAt(metadata, 'managedFields').map((entry) => textAt(entry, 'manager'));
  const manager = managers.find((name) => GITOPS_MANAGER.test(name));
  if (manager !== undefined) return manager;
  const labels = objectAt(metadata, 'labels');
  for (const [label, tool] of Object.entries(GITOPS_LABELS)) if (label in labels) return tool;
  return GITOPS_ANNOTATION in objectAt(metadata, 'annotations') ? 'argocd' : undefined;
}
