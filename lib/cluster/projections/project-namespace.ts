import 'server-only';
import { type Json, objectAt, objectsAt, textAt } from '@/lib/cluster/json-fields';
import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { LabelChange, NamespaceRecord } from '@/lib/core/kube/records';
import type { Interner } from './interner';
import { projectMetadata } from './project-metadata';

const INJECTION_FIELDS = [`f:${INJECTION_LABEL}`, `f:${REVISION_LABEL}`];
const GITOPS_MANAGER = /argocd|argo-cd|flux|kustomize-controller|helm-controller|gitops|fleet-?agent|config-?sync/i;
const GITOPS_LABELS: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/instance': 'argocd',
  'kustomize.toolkit.fluxcd.io/name': 'kustomize-controller',
  'helm.toolkit.fluxcd.io/name': 'helm-controller',
};
const GITOPS_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/** A namespace with who last wrote its injection labels and which GitOps tool would write them again. */
export function projectNamespace(object: Json, interner: Interner): NamespaceRecord {
  const metadata = objectAt(object, 'metadata');
  const fields = objectsAt(metadata, 'managedFields');
  const labelsChanged = lastLabelChange(fields);
  const managedBy = gitopsTool(metadata, fields);
  return {
    phase: interner.text(textAt(objectAt(object, 'status'), 'phase')),
    ...projectMetadata(object, 'Namespace', interner),
    ...(labelsChanged === undefined ? {} : { labelsChanged }),
    ...(managedBy === undefined ? {} : { managedBy }),
  };
}

// An entry's time is that of its manager's last write, so the newest owner of a label is the best there is.
function lastLabelChange(entries: readonly Json[]): LabelChange | undefined {
  let last: LabelChange | undefined;
  for (const entry of entries) {
    const labels = objectAt(objectAt(objectAt(entry, 'fieldsV1'), 'f:metadata'), 'f:labels');
    const at = textAt(entry, 'time');
    if (at === '' || !INJECTION_FIELDS.some((field) => field in labels)) continue;
    if (last === undefined || at > last.at) last = { at, manager: textAt(entry, 'manager') };
  }
  return last;
}

function gitopsTool(metadata: Json, entries: readonly Json[]): string | undefined {
  const manager = entries.map((entry) => textAt(entry, 'manager')).find((name) => GITOPS_MANAGER.test(name));
  if (manager !== undefined) return manager;
  const labels = objectAt(metadata, 'labels');
  for (const [label, tool] of Object.entries(GITOPS_LABELS)) if (label in labels) return tool;
  return GITOPS_ANNOTATION in objectAt(metadata, 'annotations') ? 'argocd' : undefined;
}
