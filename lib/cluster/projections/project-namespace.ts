import 'server-only';
import { type Json, objectAt, objectsAt, textAt } from '@/lib/cluster/json-fields';
import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { LabelChange, NamespaceRecord } from '@/lib/core/kube/records';
import { findGitopsTool } from './find-gitops-tool';
import type { Interner } from './interner';
import { projectMetadata } from './project-metadata';

const INJECTION_FIELDS = [`f:${INJECTION_LABEL}`, `f:${REVISION_LABEL}`];
/** A namespace with who last wrote its injection labels and which GitOps tool would write them again. */
export function projectNamespace(object: Json, interner: Interner): NamespaceRecord {
  const metadata = objectAt(object, 'metadata');
  const fields = objectsAt(metadata, 'managedFields');
  const labelsChanged = lastLabelChange(fields);
  const managedBy = findGitopsTool(metadata);
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
