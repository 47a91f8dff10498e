import 'server-only';
import { toAction } from '@/lib/answers/build-injection-plan';
import { modelOf } from '@/lib/answers/injection-model';
import { requireNamespace } from '@/lib/answers/require-namespace';
import type { PreviewQuery } from '@/lib/api/preview';
import type { ClusterSession } from '@/lib/cluster/session';
import { changeNamespaceLabels } from '@/lib/core/injection/change-namespace-labels';
import type { ControlPlane } from '@/lib/core/injection/list-control-planes';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import { contextAfter } from '@/lib/core/injection/plan-injection-change';
import { draftWorkload, needsRendering, type WorkloadDraft } from '@/lib/core/injection/preview/draft-workload';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';

/** A namespace as judged now and as it would be, at one moment. */
export interface PreviewSetting {
  readonly summary: NamespaceSummary;
  /** With the labels that the preview assumes. */
  readonly after: NamespaceContext;
  readonly planes: readonly ControlPlane[];
}

/** Throws ClusterError `not-found`. */
export function readPreviewSetting(session: ClusterSession, name: string, query: PreviewQuery): PreviewSetting {
  const model = modelOf(session);
  const summary = requireNamespace(session, name);
  return { summary, after: contextFor(summary.context, query), planes: model.controlPlanes() };
}

export function contextFor(context: NamespaceContext, { action, revision }: PreviewQuery): NamespaceContext {
  if (action === undefined) return context;
  const change = toAction(revision === undefined ? { action } : { action, revision });
  return contextAfter(context, changeNamespaceLabels(context.name, context.labels ?? {}, change).patch);
}

export function draftAll({ summary, after, planes }: PreviewSetting): readonly WorkloadDraft[] {
  return summary.workloads.map((verdict) => draftWorkload(verdict, after, planes));
}

/** The revisions whose injectors are asked for these drafts. */
export function revisionsOf(drafts: readonly WorkloadDraft[]): readonly string[] {
  return [...new Set(drafts.filter(needsRendering).flatMap(({ answer }) => answer?.servedBy?.revision ?? []))];
}
