import type { InjectionDecision } from '@/lib/core/injection/decide-injection';
import { INJECT_KEY } from '@/lib/core/kube/names';
import type { Phrase } from '@/lib/core/phrase';
import type { EngineCode } from './engine-phrases.data';
import type { InjectedStages } from './inject-one';
import { objectAt, objectsAt, textAt, textsOf } from './json-types';
import { normaliseKey, PROMETHEUS_TARGETS_KEY } from './prometheus-keys';

const DEFAULT_DNS_POLICY = 'ClusterFirst';

/**
 * What a person should know of a pod that is injected: things that the API server will refuse, or that count for nothing.
 *
 * Output: empty where all is well.
 */
export function listWarnings(stages: InjectedStages, decision: InjectionDecision): readonly Phrase[] {
  const spec = objectAt(stages.result, 'spec');
  const containers = [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')];
  const names = containers.map((container) => textAt(container, 'name'));
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const bare = new Set(containers.filter((each) => textAt(each, 'image') === '').map((each) => textAt(each, 'name')));
  const policy = textAt(spec, 'dnsPolicy');
  return [
    ...[...twice].map((container) => warn('warning.duplicate-container', { container })),
    ...[...bare].map((container) => warn('warning.container-without-image', { container })),
    ...(decision.ignoredSwitch === undefined
      ? []
      : [warn('warning.unknown-switch', { key: INJECT_KEY, value: decision.ignoredSwitch })]),
    ...(policy === '' || policy === DEFAULT_DNS_POLICY ? [] : [warn('warning.dns-policy', { policy })]),
    ...ignoredTargets(stages),
  ];
}

function warn(code: EngineCode, values: Readonly<Record<string, string>>): Phrase {
  return { code: `engine.${code}`, values };
}

function ignoredTargets({ original, request }: InjectedStages): readonly Phrase[] {
  const annotations = textsOf(objectAt(original, 'metadata').annotations);
  return Object.entries(annotations)
    .filter(([key]) => request.release.minor >= 31 && normaliseKey(key) === PROMETHEUS_TARGETS_KEY)
    .filter(([, value]) => value.split(',').some((item) => item.trim() !== '' && /^\s*:/.test(item)))
    .map(([, value]) => warn('warning.scrape-targets-ignored', { value }));
}
