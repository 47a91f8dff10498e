import { AMBIENT_REDIRECTION_ANNOTATION, DATAPLANE_MODE_LABEL, PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { PodRecord, TemplateRecord } from '@/lib/core/kube/records';
import type { Phrase } from '@/lib/core/phrase';
import { type AnswerRule, answerInjection, type InjectionAnswer, servingRevisions } from './answer-injection';
import { expectedProxyImage, isSameBuild } from './expected-image';
import { listRemedies, type Remedy } from './list-remedies';
import type { ServingWebhook } from './match-webhooks';
import type { NamespaceContext } from './namespace-context';
import type { PodState } from './pod-states';
import type { RenderingCheck } from './reality/rendering-check';
import { say } from './say';

/** Short names of what was found, for grouping; each is a row of the problems list. */
export type PodReason =
  | 'injected'
  | 'unchecked'
  | 'manual'
  | 'finished'
  | 'other-revision'
  | 'other-image'
  | 'other-template'
  | 'unwanted'
  | 'manual-proxy'
  | 'older-than-label'
  | 'older-than-webhook'
  | 'failed-open'
  | 'missing-unexplained'
  | 'own-proxy'
  | 'gateway-managed'
  | 'not-wanted'
  | 'ambient'
  | 'unknown';

/** What a pod is, against what it would be if it were created now. */
export interface PodVerdict {
  readonly state: PodState;
  readonly reason: PodReason;
  readonly because: Phrase;
  readonly notes: readonly Phrase[];
  /** The revision of the sidecar that runs, when there is one and it says so. */
  readonly revision?: string;
  /** The revision that would inject it now. */
  readonly wantedRevision?: string;
  readonly servedBy?: ServingWebhook;
  readonly proxyImage?: string;
  readonly remedies: readonly Remedy[];
  /** Whether it would get a sidecar now, and the rule that says so. */
  readonly answer: InjectionAnswer['kind'];
  readonly rule: AnswerRule;
  /** Finished or leaving pods are shown, but they are nobody's problem. */
  readonly isFinished: boolean;
  readonly isTerminating: boolean;
}

export interface PodSurroundings {
  /** The owner's pod template, which tells a hand-injected sidecar from an injected one. */
  readonly template?: TemplateRecord;
  /** What came of rendering the pod now, where that was done. */
  readonly rendering?: RenderingCheck;
  /** The same, where it is known only by the revision that would be called. */
  readonly renderingBy?: (revision: string) => RenderingCheck | undefined;
}

const GATEWAY_MANAGED_LABEL = 'gateway.istio.io/managed';
/** The image that a gateway's template carries for the injector to replace. */
const IMAGE_BY_INJECTOR = 'auto';

/**
 * Compares a pod as it runs with what the cluster would make of it now.
 *
 * Input: the pod, the context of its namespace, and what surrounds it where known.
 * Output: state and reason; `refused` never, since a refused pod does not exist (see `classifyWorkload`).
 * Never throws.
 */
export function classifyPod(pod: PodRecord, context: NamespaceContext, surroundings: PodSurroundings = {}): PodVerdict {
  const answer = answerInjection(pod, context);
  const finding = hasSidecar(pod)
    ? judgeSidecar(pod, context, answer, surroundings)
    : judgeWithoutSidecar(pod, context, answer);
  const image = findProxyImage(pod);
  return {
    state: finding.state,
    reason: finding.reason,
    because: finding.because,
    notes: [...finding.notes, ...answer.notes],
    ...(pod.injection?.revision && { revision: pod.injection.revision }),
    ...(answer.kind === 'yes' && answer.servedBy && { wantedRevision: answer.servedBy.revision }),
    ...(answer.servedBy && { servedBy: answer.servedBy }),
    ...(image !== undefined && { proxyImage: image }),
    remedies: listRemedies(finding.state, answer, pod, context),
    answer: answer.kind,
    rule: answer.rule,
    isFinished: isFinished(pod),
    isTerminating: pod.deletedAt !== undefined,
  };
}

/** Whether an injector put its parts into the pod; a pod without the proxy container (gRPC without proxy) counts too. */
export function hasSidecar(pod: PodRecord): boolean {
  return pod.injection !== undefined;
}

/** Whether all containers of a pod have ended for good. */
export function isFinished(pod: Pick<PodRecord, 'phase'>): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

/** The image of the container `istio-proxy`, wherever it sits; undefined when there is none. */
export function findProxyImage(pod: Pick<PodRecord, 'containers' | 'initContainers'>): string | undefined {
  const isProxy = ({ name }: { readonly name: string }) => name === PROXY_CONTAINER;
  return (pod.containers.find(isProxy) ?? pod.initContainers.find(isProxy))?.image;
}

interface Finding {
  readonly state: PodState;
  readonly reason: PodReason;
  readonly because: Phrase;
  readonly notes: readonly Phrase[];
}

const find = (state: PodState, reason: PodReason, because: Phrase, notes: readonly Phrase[] = []): Finding => ({
  state,
  reason,
  because,
  notes,
});

function judgeSidecar(
  pod: PodRecord,
  context: NamespaceContext,
  answer: InjectionAnswer,
  { template, rendering: given, renderingBy }: PodSurroundings,
): Finding {
  const revision = pod.injection?.revision || '–';
  if (isFinished(pod)) return find('injected', 'finished', say('pod.injected', { revision }));
  if (answer.kind === 'unknown') {
    return find('injected', 'unchecked', say('pod.injected-unchecked', { revision }), [answer.because]);
  }
  if (answer.kind === 'no') {
    if (template !== undefined && isInjectedByHand(template)) {
      return find('injected', 'manual', say('pod.injected-by-hand'), [answer.because]);
    }
    return find('outdated', 'unwanted', say('pod.unwanted', { revision }), [answer.because]);
  }
  const wanted = answer.servedBy?.revision ?? '';
  const isKnownRevision = pod.injection?.revision !== undefined && pod.injection.revision !== '';
  if (isKnownRevision && !servingRevisions(answer).has(revision)) {
    return find('outdated', 'other-revision', say('pod.other-revision', { revision, wanted }));
  }
  const rendering = given ?? renderingBy?.(wanted);
  if (rendering?.kind === 'same')
    return find('injected', 'injected', say('pod.injected', { revision }), [answer.because]);
  const running = findProxyImage(pod);
  const expected = expectedProxyImage(pod.annotations, context.facts.injectors.get(wanted)?.proxyImage);
  if (running !== undefined && expected !== undefined && !isSameBuild(running, expected)) {
    return find('outdated', 'other-image', say('pod.other-image', { image: running, wanted: expected }));
  }
  if (rendering?.kind === 'differs') {
    const { differences } = rendering;
    const first = differences[0]?.path ?? '';
    return find('outdated', 'other-template', say('pod.other-template', { count: differences.length, first }));
  }
  return find('injected', 'injected', say('pod.injected', { revision }), [answer.because]);
}

/** A template that already holds a proxy with an image of its own was injected before it was applied. */
function isInjectedByHand(template: TemplateRecord): boolean {
  return (findProxyImage(template) ?? IMAGE_BY_INJECTOR) !== IMAGE_BY_INJECTOR;
}

function judgeWithoutSidecar(pod: PodRecord, context: NamespaceContext, answer: InjectionAnswer): Finding {
  const isEnrolled = pod.annotations[AMBIENT_REDIRECTION_ANNOTATION] === 'enabled';
  if (findProxyImage(pod) !== undefined) return judgeOwnProxy(pod, answer);
  if (answer.kind === 'unknown') {
    return isEnrolled ? find('ambient', 'ambient', say('pod.ambient')) : find('unknown', 'unknown', answer.because);
  }
  if (answer.kind === 'yes') {
    if (isFinished(pod)) return find('not-injected', 'finished', say('pod.finished'), [answer.because]);
    const missing = explainMissing(pod, context, answer);
    return isEnrolled ? { ...missing, notes: [...missing.notes, say('note.ambient-meanwhile')] } : missing;
  }
  if (isEnrolled) return find('ambient', 'ambient', say('pod.ambient'), [answer.because]);
  if (isAmbientExpected(pod, context)) return find('ambient', 'ambient', say('pod.ambient-expected'), [answer.because]);
  return find('not-injected', 'not-wanted', answer.because);
}

function judgeOwnProxy(pod: PodRecord, answer: InjectionAnswer): Finding {
  if (pod.labels[GATEWAY_MANAGED_LABEL] !== undefined) {
    return find('not-injected', 'gateway-managed', say('pod.gateway-managed'), [answer.because]);
  }
  if (answer.kind === 'yes' && !isFinished(pod)) {
    return find('outdated', 'manual-proxy', say('pod.manual-proxy'), [answer.because]);
  }
  return find('not-injected', 'own-proxy', say('pod.own-proxy'), [answer.because]);
}

/** Why a pod that would get a sidecar now has none. Source: Kubernetes timestamps have whole seconds, so equal counts as older. */
function explainMissing(pod: PodRecord, context: NamespaceContext, answer: InjectionAnswer): Finding {
  const created = pod.createdAt;
  const changed = context.namespace?.labelsChanged?.at;
  const missing = (reason: PodReason, because: Phrase) => find('missing', reason, because, [answer.because]);
  if (changed !== undefined && isBefore(created, changed)) {
    return missing('older-than-label', say('pod.older-than-label', { created, changed }));
  }
  const [match] = answer.matches;
  const webhook = match?.webhook.name ?? '';
  if (match !== undefined && isBefore(created, match.configuration.createdAt)) {
    const { name, createdAt } = match.configuration;
    return missing(
      'older-than-webhook',
      say('pod.older-than-webhook', { created, configuration: name, changed: createdAt }),
    );
  }
  if (match?.webhook.failurePolicy === 'Ignore') {
    return missing('failed-open', say('pod.failed-open', { webhook }));
  }
  return missing('missing-unexplained', say('pod.missing-unexplained', { webhook }));
}

function isBefore(created: string, changed: string): boolean {
  const [a, b] = [Date.parse(created), Date.parse(changed)];
  return Number.isFinite(a) && Number.isFinite(b) && a <= b;
}

/** Whether ambient's own selectors pick a pod. Source: Istio, cni/pkg/util, PodRedirectionEnabled. */
function isAmbientExpected(pod: PodRecord, context: NamespaceContext): boolean {
  const ofPod = pod.labels[DATAPLANE_MODE_LABEL];
  const ofNamespace = context.labels?.[DATAPLANE_MODE_LABEL];
  if (pod.hostNetwork || ofPod === 'none') return false;
  return ofPod === 'ambient' || ofNamespace === 'ambient';
}
