import 'server-only';
import { type ConfirmAccess, type ConfirmAnswer, confirmAnswerSchema } from '@/lib/api/confirm';
import { ClusterError, isClusterError } from '@/lib/cluster/cluster-error';
import { type DryRunAnswer, dryRunPod, dryRunRight } from '@/lib/cluster/dry-run-pod';
import { readObject } from '@/lib/cluster/read-object';
import { readProxyConfigs } from '@/lib/cluster/read-proxy-configs';
import type { ClusterSession } from '@/lib/cluster/session';
import { KIND_IDS, WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';
import { answerInjection, type InjectionAnswer } from '@/lib/core/injection/answer-injection';
import { tellConfirm } from '@/lib/core/injection/confirm/confirm-phrases.data';
import { podToSend } from '@/lib/core/injection/confirm/pod-to-send';
import { toAdmittedPod } from '@/lib/core/injection/engine/inject-admission';
import { toYaml } from '@/lib/core/injection/engine/inject-documents';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import type { Phrase } from '@/lib/core/phrase';
import type { ConfirmJob } from '@/lib/worker/confirm-job';
import { renderInWorker } from '@/lib/worker/render-in-worker';
import { injectorSourcesOf } from './injector-sources';
import { readRight } from './read-access';
import { requireNamespace } from './require-namespace';

/** Whose pod is tried. */
export interface ConfirmedThing {
  readonly namespace: string;
  /** As the API spells it; `Pod` for one pod. */
  readonly kind: string;
  readonly name: string;
}

export async function readConfirmAccess(session: ClusterSession, namespace: string): Promise<ConfirmAccess> {
  return { isReadOnly: session.isReadOnly, access: await readRight(session, dryRunRight(namespace)) };
}

/**
 * Has the API server try the next pod of a workload, and compares what it makes with what the engine makes.
 *
 * The pod is built here from the object as the cluster has it, for the namespace with the labels that it has now.
 * Throws a ClusterError: `forbidden` where the right is missing (`details.right`) or nothing may be written, `not-found`,
 * and what reading and the limits of the rendering thread end with.
 */
export async function buildConfirmAnswer(
  session: ClusterSession,
  thing: ConfirmedThing,
  signal: AbortSignal,
): Promise<ConfirmAnswer> {
  const { context } = requireNamespace(session, thing.namespace);
  const { pod, notes } = await readPodToSend(session, thing, signal);
  const answer = answerInjection({ ...toAdmittedPod(pod), object: pod }, context);
  await requireRight(session, thing.namespace);
  const tried = await dryRunPod(session, thing.namespace, { ...pod, metadata: { ...metadataOf(pod) } }, signal);
  const job: ConfirmJob = {
    kind: 'confirm',
    ...(await readEngine(session, answer, context, signal)),
    namespace: { name: thing.namespace, annotations: context.namespace?.annotations ?? {} },
    sent: JSON.stringify(pod),
    cluster: toText(tried),
  };
  const result = await renderInWorker(job, signal);
  if (result.kind !== 'confirmed') throw new Error('the rendering thread answered another question');
  const { servedBy } = answer;
  return confirmAnswerSchema.parse({
    namespace: thing.namespace,
    ...result.confirmation,
    because: answer.because,
    ...(servedBy === undefined ? {} : { revision: servedBy.revision }),
    notes: [...listNotes(session, answer, context), ...notes, ...problemNotes(result.problem)],
    sent: toYaml(pod),
    kubectl: `kubectl -n ${thing.namespace} create --dry-run=server -o yaml -f pod.yaml`,
  });
}

async function readPodToSend(session: ClusterSession, { namespace, kind, name }: ConfirmedThing, signal: AbortSignal) {
  const id = KIND_IDS.find((each) => WATCHED_KINDS[each].kind === kind);
  if (id === undefined) throw new ClusterError('unsupported', `${kind} "${name}" is not of a kind that makes pods.`);
  const read = await readObject(session, id, namespace, name, signal);
  // Lists leave out what a single object says of itself; one spelling for both.
  const made = podToSend(JSON.parse(JSON.stringify({ ...read, kind })));
  if (made.ok) return made.value;
  throw new ClusterError('unsupported', `${kind} "${name}" cannot be tried: ${made.message}`);
}

const metadataOf = ({ metadata }: JsonObject): object =>
  typeof metadata === 'object' && metadata !== null ? metadata : {};

async function requireRight(session: ClusterSession, namespace: string): Promise<void> {
  const right = dryRunRight(namespace);
  const { allowed, right: description } = await readRight(session, right);
  if (allowed || session.isReadOnly) return;
  const message = `You may not ${description}, which a dry run takes too. Ask for the right, or use another context.`;
  throw new ClusterError('forbidden', message, { details: { right: description } });
}

async function readEngine(
  session: ClusterSession,
  { matches }: InjectionAnswer,
  { name }: NamespaceContext,
  signal: AbortSignal,
): Promise<Pick<ConfirmJob, 'injector' | 'unreadable'>> {
  const match = matches.find(({ isUncertain }) => !isUncertain) ?? matches[0];
  if (match === undefined) return {};
  const sources = injectorSourcesOf(session);
  try {
    const read = await sources.read(match.configuration.revision, signal);
    const namespaces = [name, ...(read.configMaps ?? []).map(({ namespace }) => namespace)];
    const proxyConfigs = await readProxyConfigs(session, namespaces, signal).catch(() => []);
    const previous = sources.previous(read);
    const source = { ...read, proxyConfigs };
    return { injector: { source, ...(previous && { previous }), target: match.webhook.target } };
  } catch (error) {
    if (!isClusterError(error) || signal.aborted) throw error;
    return { unreadable: error.message };
  }
}

function toText(tried: DryRunAnswer): ConfirmJob['cluster'] {
  return tried.kind === 'accepted' ? { kind: 'accepted', pod: JSON.stringify(tried.pod) } : tried;
}

function listNotes({ store }: ClusterSession, { matches }: InjectionAnswer, context: NamespaceContext): Phrase[] {
  const namespace = context.name;
  const own = [...new Set(matches.map(({ configuration }) => configuration.name))];
  const known = new Set((context.facts.configurations ?? []).map(({ name }) => name));
  const others = store.list('mutatingwebhookconfigurations').flatMap(({ name }) => (known.has(name) ? [] : [name]));
  return [
    tellConfirm(own.length === 0 ? 'note.not-injecting' : 'note.as-it-stands', { namespace }),
    ...(own.length > 1 ? [tellConfirm('note.two-webhooks', { webhooks: own.join(', ') })] : []),
    ...(others.length > 0 ? [tellConfirm('note.other-webhooks', { webhooks: others.sort().join(', ') })] : []),
  ];
}

function problemNotes(problem: string | undefined): Phrase[] {
  return problem === undefined ? [] : [tellConfirm('note.previous', { detail: problem })];
}
