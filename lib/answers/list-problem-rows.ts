import 'server-only';
import type { ProblemRow, ProblemsAnswer } from '@/lib/api/problems';
import type { ClusterSession } from '@/lib/cluster/session';
import { listEnableTargets } from '@/lib/core/injection/list-enable-targets';
import {
  type Finding,
  listFindings,
  listProblems,
  type Problem,
  type ProblemObject,
} from '@/lib/core/injection/list-problems';
import type { Remedy } from '@/lib/core/injection/list-remedies';
import type { InjectionFacts } from '@/lib/core/injection/namespace-context';
import { remedyCommand } from '@/lib/core/injection/remedy-commands';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import { modelOf } from './injection-model';

/** Every problem of a cluster in one of its states, made once however often it is asked for. */
export interface ProblemBook {
  readonly problems: readonly Problem[];
  /** Group by group, worst first. */
  readonly rows: readonly ProblemRow[];
  readonly summary: ProblemsAnswer['summary'];
  readonly checked: ProblemsAnswer['checked'];
}

const books = new WeakMap<ClusterSession, { readonly key: readonly unknown[]; readonly book: ProblemBook }>();

/** Call after the model is warm. The book is the same object until something changes. */
export function problemBookOf(session: ClusterSession): ProblemBook {
  const model = modelOf(session);
  const all = model.all();
  const planes = model.controlPlanes();
  const facts = model.facts();
  const key = [all, planes, facts];
  const known = books.get(session);
  if (known?.key.every((part, index) => part === key[index])) return known.book;
  const problems = listProblems(all, planes);
  const rows = toRows(problems, listFindings(all, planes), all, facts);
  const book = { problems, rows, summary: sumUp(problems, rows), checked: countChecked(all, planes.length, facts) };
  books.set(session, { key, book });
  return book;
}

function toRows(
  problems: readonly Problem[],
  findings: readonly Finding[],
  all: readonly NamespaceSummary[],
  facts: InjectionFacts,
): readonly ProblemRow[] {
  const targets = listEnableTargets(facts.configurations ?? []);
  const labelsOf = new Map(all.map(({ name, context }) => [name, context.labels]));
  return problems.flatMap(({ cause, severity }) =>
    findings
      .filter((finding) => finding.cause === cause)
      .map(({ object, remedies }) => {
        const sources = { labels: labelsOf.get(object.namespace), targets };
        return { cause, severity, ...object, remedies: remedies.map((remedy) => withCommand(remedy, object, sources)) };
      }),
  );
}

function withCommand(remedy: Remedy, object: ProblemObject, sources: Parameters<typeof remedyCommand>[2]) {
  const kubectl = remedyCommand(remedy, object, sources);
  return kubectl === undefined ? remedy : { ...remedy, kubectl };
}

function sumUp(problems: readonly Problem[], rows: readonly ProblemRow[]): ProblemBook['summary'] {
  const severities = { error: 0, warning: 0, notice: 0 };
  for (const { severity } of problems) severities[severity] += 1;
  return {
    causes: problems.length,
    objects: new Set(rows.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`)).size,
    pods: problems.reduce((sum, { pods }) => sum + pods, 0),
    severities,
    namespaces: [...new Set(rows.map(({ namespace }) => namespace))].filter((name) => name !== '').sort(),
  };
}

function countChecked(
  all: readonly NamespaceSummary[],
  controlPlanes: number,
  { configurations }: InjectionFacts,
): ProblemBook['checked'] {
  return {
    namespaces: all.length,
    workloads: all.reduce((sum, { workloads }) => sum + workloads.length, 0),
    pods: all.reduce((sum, { counts }) => sum + counts.total, 0),
    controlPlanes,
    ...(configurations === undefined ? {} : { webhookConfigurations: configurations.length }),
  };
}
