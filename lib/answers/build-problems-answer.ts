import 'server-only';
import type { ProblemGroup, ProblemRow, ProblemsAnswer, ProblemsQuery } from '@/lib/api/problems';
import type { ClusterSession } from '@/lib/cluster/session';
import type { Problem } from '@/lib/core/injection/list-problems';
import { answerMeta } from './answer-meta';
import { modelOf } from './injection-model';
import { KeptAnswers } from './kept-answers';
import { type ProblemBook, problemBookOf } from './list-problem-rows';

const answers = new KeptAnswers<ProblemsAnswer>();

/** What is not as it should be in the whole cluster, by cause: the groups, and one page of the objects concerned. */
export function buildProblemsAnswer(session: ClusterSession, query: ProblemsQuery): Promise<ProblemsAnswer> {
  return answers.get(session, JSON.stringify(query), async () => {
    await modelOf(session).warm();
    const book = problemBookOf(session);
    const found = findRows(book, query);
    const rows = found.filter(({ cause }) => query.cause === undefined || cause === query.cause).sort(comparing(query));
    const from = query.continue === undefined ? 0 : Number(query.continue);
    const next = from + query.limit;
    return {
      groups: book.problems.flatMap((problem) => toGroup(problem, found)),
      items: rows.slice(from, next),
      list: {
        total: rows.length,
        all: book.rows.length,
        ...(next < rows.length ? { continue: String(next) } : {}),
      },
      summary: book.summary,
      checked: book.checked,
      meta: answerMeta(session),
    };
  });
}

/** Every row that matches, for a file. */
export async function listMatchingProblems(
  session: ClusterSession,
  query: ProblemsQuery,
): Promise<Pick<ProblemBook, 'problems' | 'rows'>> {
  await modelOf(session).warm();
  const book = problemBookOf(session);
  const rows = findRows(book, query).filter(({ cause }) => query.cause === undefined || cause === query.cause);
  return { problems: book.problems, rows: rows.sort(comparing(query)) };
}

function findRows({ rows }: ProblemBook, query: ProblemsQuery): ProblemRow[] {
  const search = query.search.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (query.severity === undefined || row.severity === query.severity) &&
      (query.namespace === undefined || row.namespace === query.namespace) &&
      (search === '' ||
        [row.name, row.namespace, row.cause, row.kind].some((text) => text.toLowerCase().includes(search))),
  );
}

function toGroup({ cause, severity, title, remedies }: Problem, found: readonly ProblemRow[]): ProblemGroup[] {
  const rows = found.filter((row) => row.cause === cause);
  if (rows.length === 0) return [];
  return [
    {
      cause,
      severity,
      title,
      pods: rows.reduce((sum, { pods }) => sum + pods, 0),
      objects: rows.length,
      namespaces: new Set(rows.map(({ namespace }) => namespace)).size,
      remedies: [...remedies],
    },
  ];
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

type Compare = (a: ProblemRow, b: ProblemRow) => number;

const byPlace: Compare = (a, b) => byText(a.namespace, b.namespace) || byText(a.name, b.name) || byText(a.kind, b.kind);

const SEVERITIES = ['error', 'warning', 'notice'];
const bySeverity: Compare = (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);

const COMPARE: Readonly<Record<string, Compare>> = {
  cause: (a, b) => byText(a.cause, b.cause),
  kind: (a, b) => byText(a.kind, b.kind),
  namespace: (a, b) => byText(a.namespace, b.namespace),
  name: (a, b) => byText(a.name, b.name),
  pods: (a, b) => a.pods - b.pods,
};

function comparing({ sort }: ProblemsQuery): Compare {
  const isDescending = sort.startsWith('-');
  const column = isDescending ? sort.slice(1) : sort;
  const compare = COMPARE[column] ?? bySeverity;
  // Rows of one severity stand cause by cause already, and sorting leaves the order of what is equal.
  const thenBy: Compare = compare === bySeverity ? () => 0 : byPlace;
  return (a, b) => (isDescending ? compare(b, a) : compare(a, b)) || thenBy(a, b);
}
