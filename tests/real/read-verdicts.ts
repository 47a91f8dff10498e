import { type InjectionModel, modelOf } from '@/lib/answers/injection-model';
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
  /** Pods with which the cluster did something else than it would do now, as `NAMESPACE/WORKLOAD what`; of all others it does just that again, field by field. */
  listDisagreements(): { readonly agreeing: number; readonly others: readonly string[] };
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
    listDisagreements: () => {
      const told = model.all().flatMap(({ workloads }) => workloads.flatMap((one) => compareWithDeeds(one, model)));
      const others = [...new Set(told.filter((text) => text !== AGREES))].sort();
      return { agreeing: told.filter((text) => text === AGREES).length, others };
    },
    close: () => session.close(),
  };
}

const AGREES = '';

/** What was done with each pod of a workload, against what would be done now. */
function compareWithDeeds({ workload, pods }: WorkloadVerdict, model: InjectionModel): readonly string[] {
  const standing = pods.filter(({ verdict }) => !verdict.isFinished && !verdict.isTerminating);
  return standing.map(({ pod, verdict }) => {
    const place = `${workload.namespace}/${workload.name}`;
    if ((verdict.answer === 'yes') !== (pod.injection !== undefined)) return `${place} ${verdict.reason}`;
    if (pod.injection === undefined) return AGREES;
    const check = model.checks().renderings.ofPod(pod, verdict.servedBy?.revision ?? '');
    return check?.kind === 'same' ? AGREES : `${place} ${check?.kind ?? 'not rendered'}`;
  });
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
