import { type JsonObject, objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER, STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { hasEarlierInjection } from './find-earlier-injection';
import { CONTAINER_LISTS, type ContainerList, type InjectionMarks, isWithoutCapture, readMarks } from './read-marks';
import { recoverKeys } from './recover-keys';
import { recoverSecrets, recoverVolumes } from './recover-lists';
import { type ContainerLists, recoverOwnContainers, withContainers } from './recover-own-containers';
import { recoverSecurity } from './recover-security';
import { restoreHandlers } from './restore-handlers';
import { DNS_SEARCHES_UNTIL, SHIPPED_TEMPLATES } from './template-traces.data';
import { type Recovered, toPart, type UninjectedPart, type UninjectedPod } from './uninjected-pod';

/**
 * Takes the injection out of a pod, by what the pod itself tells.
 *
 * Input: metadata and spec, of a pod or of a template; whatever else stands beside them is left alone.
 * Output: the smallest pod that explains the one given, and how sure each part is. A pod that was not injected comes back as it is.
 * Never throws: an annotation that cannot be read restores nothing.
 * Source: Istio, pkg/kube/inject, in the order of injectPod backwards.
 */
export function uninjectPod(pod: JsonObject, marks = readMarks(pod)): UninjectedPod {
  if (marks === undefined) return { pod, isInjected: false, parts: [] };
  const spec = objectAt(pod, 'spec');
  const own = recoverOwnContainers(spec, marks);
  const containers = restoreAll(own.value, marks);
  const keys = recoverKeys(objectAt(pod, 'metadata'), containers.value.containers, marks);
  const all = [...containers.value.initContainers, ...containers.value.containers];
  const volumes = recoverVolumes(spec, all, marks);
  const secrets = recoverSecrets(spec, marks);
  const security = recoverSecurity(spec, marks);
  const { volumes: _volumes, imagePullSecrets: _secrets, ...rest } = security.value;
  const written = withContainers(
    {
      ...rest,
      ...(volumes.value.length > 0 ? { volumes: volumes.value } : {}),
      ...(secrets.value.length > 0 ? { imagePullSecrets: secrets.value } : {}),
    },
    containers.value,
  );
  const parts = [keys, own, containers, volumes, secrets, security].flatMap((step) => step.parts);
  const result = { ...pod, metadata: keys.value, spec: written };
  return { pod: result, isInjected: true, parts: withDoubts(parts, spec, written, marks) };
}

/** Where the status annotation stands. */
export const STATUS_PATH = `metadata.annotations[${STATUS_ANNOTATION}]`;

function restoreAll(lists: ContainerLists, marks: InjectionMarks): Recovered<ContainerLists> {
  const restore = (list: ContainerList) => lists[list].map((container) => restoreHandlers(list, container, marks));
  const restored = { containers: restore('containers'), initContainers: restore('initContainers') };
  const values = (list: ContainerList) => restored[list].map(({ value }) => value);
  return {
    value: { containers: values('containers'), initContainers: values('initContainers') },
    parts: CONTAINER_LISTS.flatMap((list) => restored[list].flatMap(({ parts }) => parts)),
  };
}

/** Doubts that concern the pod as a whole. */
function withDoubts(
  parts: readonly UninjectedPart[],
  spec: JsonObject,
  written: JsonObject,
  marks: InjectionMarks,
): readonly UninjectedPart[] {
  const doubted = hasEarlierInjection(spec, marks) ? doubtAll(parts) : parts;
  return [
    ...doubted,
    ...listOddContainers(written, marks),
    ...listOddTemplates(marks),
    ...listErased(spec, marks),
    ...listDns(spec, marks),
  ];
}

/** All that injection touched may have been sent in the form that it has now, and the sidecar in the form of that time. */
export function doubtAll(parts: readonly UninjectedPart[]): readonly UninjectedPart[] {
  const doubt = (path: string, fate: UninjectedPart['fate']) =>
    toPart({ path, fate, certainty: 'unknown', code: 'injected-before' });
  const paths = new Set(parts.map(({ path }) => path));
  const elsewhere = CONTAINER_LISTS.flatMap((list) => [`spec.${list}[${PROXY_CONTAINER}]`, `spec.${list}#order`]);
  return [
    ...parts.map(({ path, fate }) => doubt(path, fate)),
    ...[...elsewhere, STATUS_PATH].filter((path) => !paths.has(path)).map((path) => doubt(path, 'taken-off')),
  ];
}

/** A container that the sidecar does not know of came after it, by another webhook or by hand. */
function listOddContainers(written: JsonObject, { env, sent }: InjectionMarks): readonly UninjectedPart[] {
  const listed = env.get('ISTIO_META_APP_CONTAINERS');
  if (listed === undefined || sent !== undefined) return [];
  const known = new Set([PROXY_CONTAINER, ...listed.split(',')]);
  return objectListNames(written).flatMap((name) =>
    known.has(name)
      ? []
      : [
          toPart({
            path: `spec.containers[${name}]`,
            fate: 'kept',
            certainty: 'unknown',
            code: 'added-later',
            values: { name },
            alternatives: [null],
          }),
        ],
  );
}

function objectListNames(spec: JsonObject): readonly string[] {
  const { containers } = spec;
  return Array.isArray(containers) ? containers.map((container) => textAt(container, 'name')) : [];
}

/** What a template of the cluster's own adds cannot be told from what the author wrote. */
function listOddTemplates({ templates, sent }: InjectionMarks): readonly UninjectedPart[] {
  const odd = templates.filter((name) => !SHIPPED_TEMPLATES.has(name));
  if (odd.length === 0 || sent !== undefined) return [];
  const values = { templates: odd.join(', ') };
  return ['metadata', 'spec'].map((path) =>
    toPart({ path, fate: 'kept', certainty: 'unknown', code: 'custom-template', values }),
  );
}

/**
 * Without capture the templates of 1.26 and later name init containers and give none, which takes the author's away.
 *
 * Source: Istio, files/injection-template.yaml, interception mode NONE; Kubernetes, strategicpatch, null.
 */
function listErased(spec: JsonObject, { env, sent }: InjectionMarks): readonly UninjectedPart[] {
  if (!isWithoutCapture(env) || spec.initContainers !== undefined) return [];
  if (sent !== undefined && !sent.has('spec', 'initContainers')) return [];
  const part = { path: 'spec.initContainers', fate: 'taken-off', certainty: 'unknown' } as const;
  return [toPart({ ...part, code: 'init-containers-erased' })];
}

/** Source: Istio up to 1.13, files/injection-template.yaml, podDNSSearchNamespaces. */
function listDns(spec: JsonObject, { minor, sent }: InjectionMarks): readonly UninjectedPart[] {
  const searches = objectAt(spec, 'dnsConfig').searches;
  if (searches === undefined || minor === undefined || minor >= DNS_SEARCHES_UNTIL) return [];
  if (sent?.has('spec', 'dnsConfig', 'searches') === false) return [];
  const part = { path: 'spec.dnsConfig.searches', fate: 'kept', certainty: 'unknown' } as const;
  return [toPart({ ...part, code: 'dns-searches', alternatives: [null] })];
}
