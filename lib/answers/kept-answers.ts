import 'server-only';
import type { ClusterSession } from '@/lib/cluster/session';
import { modelOf } from './injection-model';

const MOST_KEPT = 32;

/**
 * Answers that are given again, the very same object, for as long as nothing in the cluster changed.
 *
 * Ten browsers that hear of one change ask the same question in the same moment: it is answered once.
 */
export class KeptAnswers<Answer extends object> {
  readonly #bySession = new WeakMap<ClusterSession, { version: string; answers: Map<string, Promise<Answer>> }>();

  /** `question` names everything that `build` depends on beside the cluster. */
  get(session: ClusterSession, question: string, build: () => Promise<Answer>): Promise<Answer> {
    const version = `${session.store.version}/${modelOf(session).version}`;
    const known = this.#bySession.get(session);
    const kept = known?.version === version ? known : { version, answers: new Map<string, Promise<Answer>>() };
    this.#bySession.set(session, kept);
    const found = kept.answers.get(question);
    if (found !== undefined) return found;
    if (kept.answers.size >= MOST_KEPT) kept.answers.clear();
    const answer = build();
    kept.answers.set(question, answer);
    answer.catch(() => kept.answers.delete(question));
    return answer;
  }
}
