import 'server-only';
import { type PreviewLine, type PreviewQuery, previewRowSchema } from '@/lib/api/preview';
import { isClusterError } from '@/lib/cluster/cluster-error';
import type { ClusterSession } from '@/lib/cluster/session';
import { countRow, NOTHING_COUNTED, toTotals } from '@/lib/core/injection/preview/count-preview';
import { tell } from '@/lib/core/injection/preview/preview-types';
import { openPreviewInjectors } from './preview-injectors';
import { draftAll, readPreviewSetting, revisionsOf } from './preview-setting';
import { openSubjects } from './preview-subjects';
import { renderDrafts } from './render-drafts';

/**
 * Previews the next pods of every workload of a namespace, line by line.
 *
 * Output: `start`, a row for each workload, `end`; a failure on the way is the last line instead. Nothing is rendered ahead
 * of the reader by more than a batch, and an abort ends what is being rendered.
 * Throws a ClusterError before the first line only.
 */
export async function* streamInjectionPreview(
  session: ClusterSession,
  name: string,
  query: PreviewQuery,
  signal: AbortSignal,
): AsyncGenerator<PreviewLine> {
  const setting = readPreviewSetting(session, name, query);
  const drafts = draftAll(setting);
  const injectors = await openPreviewInjectors(session, setting.after, revisionsOf(drafts), signal);
  yield {
    type: 'start',
    namespace: name,
    resourceVersion: setting.summary.context.namespace?.resourceVersion ?? '',
    total: drafts.length,
    injectors: [...injectors.used],
    notes: [...injectors.notes, tell('quota-not-looked-at')],
  };
  let count = NOTHING_COUNTED;
  try {
    for await (const counted of renderDrafts(drafts, openSubjects(session, name, drafts, signal), injectors)) {
      count = countRow(count, counted);
      yield { type: 'row', row: previewRowSchema.parse(counted.row), totals: toTotals(count) };
    }
    yield { type: 'end', totals: toTotals(count) };
  } catch (error) {
    if (!isClusterError(error)) throw error;
    yield { type: 'failure', error: { code: error.code, message: error.message } };
  }
}
