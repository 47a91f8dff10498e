import 'server-only';
import { ClusterError, isClusterError } from '@/lib/cluster/cluster-error';
import { buildPreviewRow, type CountedRow, type RenderingEnd } from '@/lib/core/injection/preview/build-preview-row';
import { needsRendering, type WorkloadDraft } from '@/lib/core/injection/preview/draft-workload';
import { tell } from '@/lib/core/injection/preview/preview-types';
import type { PreviewedPod } from '@/lib/worker/render-job';
import type { PreviewInjectors } from './preview-injectors';
import type { ReadSubject, SubjectReader } from './preview-subjects';

/** The first rows come soon, the rest in jobs that leave others their turn in the thread. */
const FIRST_BATCH = 5;
const BATCH = 25;

/** Renders drafts batch by batch and gives their rows in order. */
export async function* renderDrafts(
  drafts: readonly WorkloadDraft[],
  subjects: SubjectReader,
  injectors: PreviewInjectors,
): AsyncGenerator<CountedRow> {
  for (let at = 0; at < drafts.length; ) {
    const batch = drafts.slice(at, at + (at === 0 ? FIRST_BATCH : BATCH));
    const ends = await renderBatch(batch, subjects, injectors);
    for (const draft of batch) yield buildPreviewRow(draft, ends.get(draft));
    at += batch.length;
  }
}

async function renderBatch(
  batch: readonly WorkloadDraft[],
  subjects: SubjectReader,
  injectors: PreviewInjectors,
): Promise<ReadonlyMap<WorkloadDraft, RenderingEnd>> {
  const ends = new Map<WorkloadDraft, RenderingEnd>();
  const byRevision = new Map<string, { draft: WorkloadDraft; read: Extract<ReadSubject, { revision: string }> }[]>();
  for (const draft of batch.filter(needsRendering)) {
    const read = await subjects(draft);
    if ('problem' in read) ends.set(draft, read);
    else byRevision.set(read.revision, [...(byRevision.get(read.revision) ?? []), { draft, read }]);
  }
  for (const [revision, entries] of byRevision) {
    const rendered = await injectors
      .render(
        revision,
        entries.map(({ read }) => read.subject),
        false,
      )
      .catch((error: unknown) => {
        throw withPlace(error, entries[0]?.draft, entries.at(-1)?.draft);
      });
    entries.forEach(({ draft }, index) => {
      ends.set(draft, 'problem' in rendered ? rendered : toEnd(draft, rendered.pods[index]));
    });
  }
  return ends;
}

/** How a previewed pod ends in its row. */
export function toEnd({ verdict }: WorkloadDraft, pod: PreviewedPod | undefined): RenderingEnd {
  if (pod !== undefined && 'forecast' in pod) return pod;
  const { kind, name } = verdict.workload;
  return { problem: tell('no-template', { kind, name, detail: pod?.failure ?? '' }) };
}

/** A job that was stopped says which workloads were in it. */
function withPlace(error: unknown, first: WorkloadDraft | undefined, last: WorkloadDraft | undefined): unknown {
  if (!isClusterError(error) || error.code !== 'timeout' || hasTemplate(error.details)) return error;
  const place = [first, last].flatMap((draft) => (draft === undefined ? [] : [nameOf(draft)])).join(' to ');
  return new ClusterError(error.code, `${error.message} It was at ${place}.`, { cause: error });
}

function hasTemplate(details: unknown): boolean {
  return typeof details === 'object' && details !== null && 'template' in details;
}

function nameOf({ verdict: { workload } }: WorkloadDraft): string {
  return `${workload.kind} "${workload.name}"`;
}
