import type { Phrase } from '@/lib/core/phrase';
import type { InjectionAnswer, PodShape } from './answer-injection';
import { listTemplateNames } from './foresee-refusals';
import type { ControlPlane } from './list-control-planes';
import type { NamespaceContext } from './namespace-context';
import type { InjectorConfig } from './parse-injector-config';
import { listOf, say } from './say';

const POD_SECURITY_LABEL = 'pod-security.kubernetes.io/enforce';
const INTERCEPTION_MODE = 'sidecar.istio.io/interceptionMode';
const SIDECAR_TEMPLATE = 'sidecar';
const STRICT_LEVELS: ReadonlySet<string> = new Set(['baseline', 'restricted']);

/**
 * Foresees that a pod would not be created because of its injection.
 *
 * Output: the reason, or undefined where none is certain from what can be read. It stays silent rather than guess.
 * Source: Kubernetes, Pod Security Standards (added capabilities); Istio, pkg/kube/inject, selectTemplates.
 */
export function predictRefusal(
  shape: Pick<PodShape, 'annotations'>,
  answer: InjectionAnswer,
  context: NamespaceContext,
  planes: readonly ControlPlane[],
): Phrase | undefined {
  const { servedBy } = answer;
  if (servedBy === undefined) return undefined;
  if (isUnreachable(servedBy.configuration, planes))
    return say('plan.refused-unreachable', { webhook: servedBy.webhook });
  const config = context.facts.injectors.get(servedBy.revision);
  if (config === undefined) return undefined;
  const names = listTemplateNames(shape.annotations) ?? config.defaultTemplates;
  const unknown = names.filter((name) => !config.templateNames.includes(name));
  if (config.templateNames.length > 0 && unknown.length > 0) {
    return say('plan.refused-template', { templates: listOf(unknown), known: listOf(config.templateNames) });
  }
  return foreseePodSecurity(shape, names, config, context);
}

/** Whether a configuration's webhook is down and turns pods away meanwhile. */
export function isUnreachable(configuration: string, planes: readonly ControlPlane[]): boolean {
  return planes
    .flatMap(({ webhookConfigurations }) => webhookConfigurations)
    .some(({ name, health, failurePolicy }) => name === configuration && health === 'down' && failurePolicy === 'Fail');
}

/** Without the CNI plugin the sidecar comes with istio-init, whose NET_ADMIN both stricter levels forbid. */
function foreseePodSecurity(
  shape: Pick<PodShape, 'annotations'>,
  templates: readonly string[],
  config: InjectorConfig,
  context: NamespaceContext,
): Phrase | undefined {
  const level = context.labels?.[POD_SECURITY_LABEL] ?? '';
  const hasInit = templates.includes(SIDECAR_TEMPLATE) && shape.annotations[INTERCEPTION_MODE] !== 'NONE';
  if (!STRICT_LEVELS.has(level) || config.hasCni || !hasInit) return undefined;
  return say('plan.refused-pod-security', { level });
}
