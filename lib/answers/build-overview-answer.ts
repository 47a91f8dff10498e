import 'server-only';
import type { OverviewAnswer } from '@/lib/api/overview';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildOverview } from '@/lib/core/injection/build-overview';
import type { Problem } from '@/lib/core/injection/list-problems';
import { listRecentChanges } from '@/lib/core/injection/list-recent-changes';
import { answerMeta } from './answer-meta';
import { modelOf } from './injection-model';
import { KeptAnswers } from './kept-answers';

const MOST_OBJECTS = 5;

/** How old the list of the last hour may be when nothing happened since. */
const RECENT_KEPT_MS = 10_000;
const answers = new KeptAnswers<OverviewAnswer>();

/** The whole cluster in five numbers, its worst causes, upgrade progress and the last hour. */
export function buildOverviewAnswer(session: ClusterSession): Promise<OverviewAnswer> {
  return answers.get(session, String(Math.floor(Date.now() / RECENT_KEPT_MS)), () => sumUp(session));
}

async function sumUp(session: ClusterSession): Promise<OverviewAnswer> {
  const model = modelOf(session);
  await model.warm();
  const namespaces = model.all();
  const { bar, causes, progress, ...sums } = buildOverview(namespaces, model.controlPlanes());
  const recent = listRecentChanges(namespaces, session.store.list('events'), new Date().toISOString());
  return {
    ...sums,
    bar: [...bar],
    causes: causes.map(toProblem),
    progress: progress.map((row) => ({ ...row, tags: [...row.tags] })),
    recent: [...recent],
    cluster: { name: session.contextName, server: session.server },
    meta: answerMeta(session),
  };
}

function toProblem({ objects, remedies, ...problem }: Problem): OverviewAnswer['causes'][number] {
  return {
    ...problem,
    objects: objects.slice(0, MOST_OBJECTS),
    objectCount: objects.length,
    remedies: [...remedies],
  };
}
