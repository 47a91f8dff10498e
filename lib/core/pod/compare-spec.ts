import type { PodSpec, Volume } from '@/lib/core/kube/pod-types';
import type { ChangeContext, ChangeDraft } from './change-draft';
import { equalJson, toJsonList, toJsonObject, toText } from './json-value';
import { TOKEN_VOLUME } from './pod-names.data';
import { specFacts } from './spec-facts.data';
import { isDefaultToleration } from './strip-admission';
import { toValueText } from './value-text';
import { volumePhrase } from './volume-facts.data';

const LISTED_ELSEWHERE: ReadonlySet<string> = new Set([
  'containers',
  'initContainers',
  'volumes',
  'imagePullSecrets',
  'tolerations',
]);

/** The pod's own fields: volumes, pull secrets, tolerations, and every other field by name. */
export function compareSpec(before: PodSpec, after: PodSpec, context: ChangeContext): readonly ChangeDraft[] {
  return [
    ...compareVolumes(before.volumes ?? [], after.volumes ?? [], context),
    ...comparePullSecrets(before, after, context),
    ...compareTolerations(before, after, context),
    ...compareFields(before, after, context),
  ];
}

function compareVolumes(before: readonly Volume[], after: readonly Volume[], context: ChangeContext) {
  const names = new Set([...after, ...before].map(({ name }) => name));
  return [...names].flatMap((name): readonly ChangeDraft[] => {
    const [old, now] = [sourceOf(before, name), sourceOf(after, name)];
    if (equalJson(old, now) && (old === undefined) === (now === undefined)) return [];
    const origin = TOKEN_VOLUME.test(name)
      ? ('api-server' as const)
      : context.status?.volumes.includes(name)
        ? ('injection-template' as const)
        : ('unknown' as const);
    const text = (source: unknown) => (source === undefined ? undefined : (toValueText(source) ?? ''));
    return [
      {
        group: 'volumes',
        path: `volumes ${name}`,
        key: name,
        before: text(old),
        after: text(now),
        ...(origin === 'unknown' ? volumeOfOthers(context) : { origin }),
        because: volumePhrase(name),
      },
    ];
  });
}

/** Claims of a StatefulSet's volumeClaimTemplates reach the pod as volumes that its template does not hold. */
function volumeOfOthers({ ownerKind }: ChangeContext) {
  return { origin: ownerKind === 'StatefulSet' ? ('workload-controller' as const) : ('unknown' as const) };
}

function sourceOf(volumes: readonly Volume[], name: string): unknown {
  const volume = volumes.find((candidate) => candidate.name === name);
  if (volume === undefined) return undefined;
  const { name: _name, ...source } = volume;
  return source;
}

function comparePullSecrets(before: PodSpec, after: PodSpec, { status }: ChangeContext): readonly ChangeDraft[] {
  const names = (spec: PodSpec) => (spec.imagePullSecrets ?? []).map(({ name }) => name ?? '');
  const [old, now] = [names(before), names(after)];
  return [...new Set([...now, ...old])]
    .filter((name) => old.includes(name) !== now.includes(name))
    .map((name) => {
      const isTemplate = status?.imagePullSecrets.includes(name) === true;
      return {
        group: 'image-pull-secrets',
        path: `imagePullSecrets ${name}`,
        key: name,
        before: old.includes(name) ? name : undefined,
        after: now.includes(name) ? name : undefined,
        origin: isTemplate ? 'injection-template' : 'api-server',
        because: isTemplate ? 'pod.spec.pull-secret' : 'pod.spec.service-account-secret',
      };
    });
}

function compareTolerations(before: PodSpec, after: PodSpec, { ownerKind }: ChangeContext): readonly ChangeDraft[] {
  const listOf = (spec: object) => toJsonList(toJsonObject(spec).tolerations);
  const [old, now] = [listOf(before), listOf(after)];
  const isIn = (list: readonly unknown[], item: unknown) => list.some((other) => equalJson(other, item));
  const added = now
    .filter((item) => !isIn(old, item))
    .map((item) => ({ item, before: undefined, after: toValueText(item) }));
  const removed = old
    .filter((item) => !isIn(now, item))
    .map((item) => ({ item, before: toValueText(item), after: undefined }));
  return [...added, ...removed].map(({ item, ...values }) => {
    const { key, effect } = toJsonObject(item);
    const name = [toText(key) ?? '*', toText(effect)].filter((part) => part !== undefined).join(' ');
    const isNodeCondition = name.startsWith('node.kubernetes.io/');
    const facts = isDefaultToleration(item)
      ? ({ origin: 'api-server', because: 'pod.spec.default-toleration' } as const)
      : isNodeCondition && ownerKind === 'DaemonSet'
        ? ({ origin: 'workload-controller', because: 'pod.spec.daemon-toleration' } as const)
        : ({ origin: isNodeCondition ? 'api-server' : 'unknown', because: 'pod.spec.toleration' } as const);
    return { group: 'scheduling', path: `tolerations ${name}`, key: `toleration ${name}`, ...values, ...facts };
  });
}

function compareFields(before: PodSpec, after: PodSpec, context: ChangeContext): readonly ChangeDraft[] {
  const [old, now] = [toJsonObject(before), toJsonObject(after)];
  const fields = new Set([...Object.keys(now), ...Object.keys(old)]);
  return [...fields]
    .filter((field) => !LISTED_ELSEWHERE.has(field) && !equalJson(old[field], now[field]))
    .map((field) => {
      const facts = specFacts(field);
      const isTemplate = facts.origin === 'injection-template';
      return {
        ...facts,
        path: field,
        key: field,
        before: toValueText(old[field]),
        after: toValueText(now[field]),
        origin: isTemplate && context.status === undefined ? 'unknown' : facts.origin,
      };
    });
}
