import { modelOf } from '@/lib/answers/injection-model';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';
import type { JudgedPod, WorkloadVerdict } from '@/lib/core/injection/classify-workload';
import type { ServingWebhook } from '@/lib/core/injection/match-webhooks';
import type { NamespaceSummary } from '@/lib/core/injection/summarize-namespace';
import type { Phrase } from '@/lib/core/phrase';

/** What the dashboard says of a cluster, by place: `NAMESPACE`, or `NAMESPACE Kind/name`. Only codes, names and numbers. */
export type Verdicts = ReadonlyMap<string, Verdict>;
export type Verdict = Readonly<Record<string, unknown>>;

export interface VerdictReader {
  read(): Verdicts;
  close(): Promise<void>;
}

/** Opens a session as the server does, and waits until everything was decided and rendered once. */
export async function openVerdicts(kubeconfigPath: string): Promise<VerdictReader> {
  const session = new ClusterSession(readKubeconfig({ kubeconfigPath }).connect());
  const model = modelOf(session);
  session.start();
  while (!model.hasDecided) await new Promise((resolve) => setTimeout(resolve, 50));
  await model.checks().sweep(() => model.all());
  return {
    read: () => new Map(model.all().flatMap(verdictsOf)),
    close: () => session.close(),
  };
}

function verdictsOf(summary: NamespaceSummary): [place: string, verdict: Verdict][] {
  const { name, mode, workloads, problems } = summary;
  const ofNamespace = {
    mode: mode.kind,
    because: mode.because.code,
    label: mode.label,
    servedBy: server(mode.servedBy),
    notes: codes(mode.notes),
    problems: problems.map(({ cause, severity, pods }) => `${severity} ${cause}: ${pods}`),
  };
  return [[name, ofNamespace], ...workloads.map((one): [string, Verdict] => [placeOf(one), ofWorkload(one)])];
}

function placeOf({ workload: { namespace, kind, name } }: WorkloadVerdict): string {
  return `${namespace} ${kind}/${name}`;
}

function ofWorkload({
  workload,
  state,
  because,
  counts,
  asWanted,
  next,
  refusal,
  revisions,
  pods,
}: WorkloadVerdict): Verdict {
  const staying = pods.filter(({ verdict }) => !verdict.isTerminating);
  // How many finished Jobs of a CronJob are there is a matter of the hour.
  const isCronJob = workload.kind === 'CronJob';
  const texts = staying.map(podText).sort();
  return {
    state,
    because: because.code,
    ...(isCronJob ? {} : { counts, asWanted }),
    next: next && [next.kind, next.rule, next.because.code, server(next.servedBy), ...codes(next.notes)],
    refusal: refusal && {
      cause: refusal.cause,
      because: refusal.because.code,
      webhook: refusal.webhook,
      concernsInjection: refusal.concernsInjection,
      count: refusal.count,
      remedies: codes(refusal.remedies.map(({ text }) => text)),
    },
    revisions,
    pods: isCronJob ? [...new Set(texts)] : texts,
  };
}

function podText({ verdict }: JudgedPod): string {
  const { state, reason, because, rule, wantedRevision, servedBy, notes, remedies, isFinished } = verdict;
  const served = wantedRevision === undefined ? '' : `would be served by ${server(servedBy)}`;
  const advice = codes([...notes, ...remedies.map(({ text }) => text)]);
  return [state, reason, because.code, rule, served, ...advice, isFinished ? 'finished' : ''].join(' ').trim();
}

const codes = (phrases: readonly Phrase[]) => phrases.map(({ code }) => code);

/** The revision, and the tag where it is another name; which configuration holds the entry is the installation's affair. */
function server(servedBy: ServingWebhook | null | undefined): string {
  if (servedBy === null || servedBy === undefined) return '';
  const { revision, tag } = servedBy;
  return tag === undefined || tag === revision ? revision : `${revision} by ${tag}`;
}
