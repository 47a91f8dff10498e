import 'server-only';
import type { ProblemRow } from '@/lib/api/problems';
import type { Phrase } from '@/lib/core/phrase';
import { toCsv } from '@/lib/core/to-csv';
import type { ProblemBook } from './list-problem-rows';

interface FileOptions {
  readonly format: 'csv' | 'json';
  /** The kubeconfig's name of the cluster, part of the file's name. */
  readonly cluster: string;
  readonly say: (phrase: Phrase) => string;
}

/** A spreadsheet takes text for UTF-8 only after this mark. */
const BYTE_ORDER_MARK = '\ufeff';

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

/** Problems as a file to hand on: a line an object, with the words beside the codes. */
export function toProblemsFile(
  { problems, rows }: Pick<ProblemBook, 'problems' | 'rows'>,
  { format, cluster, say }: FileOptions,
) {
  const titles = new Map<string, string>(problems.map(({ cause, title }) => [cause, say(title)]));
  const lines = rows.map((row) => toLine(row, titles.get(row.cause) ?? row.cause, say));
  const text = format === 'csv' ? `${BYTE_ORDER_MARK}${toCsv(lines)}` : `${JSON.stringify(lines, null, 2)}\n`;
  return { name: `sidelight-problems-${cluster}.${format}`, contentType: TYPES[format], text };
}

function toLine(
  { severity, cause, kind, namespace, name, pods, because, remedies }: ProblemRow,
  title: string,
  say: FileOptions['say'],
) {
  const kubectl = remedies.flatMap((remedy) => remedy.kubectl ?? []);
  return {
    severity,
    cause,
    title,
    kind,
    namespace,
    name,
    pods,
    because: say(because),
    remedy: remedies.map(({ text }) => say(text)).join('; '),
    kubectl: kubectl.join('; '),
  };
}
