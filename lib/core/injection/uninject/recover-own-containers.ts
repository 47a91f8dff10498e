import { type JsonObject, objectAt, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import { PROBERS_ENV, PROMETHEUS_ENV } from '@/lib/core/pod/pod-names.data';
import { CONTAINER_LISTS, type ContainerList, type InjectionMarks } from './read-marks';
import { type Recovered, toPart, type UninjectedPart } from './uninjected-pod';

export type ContainerLists = Readonly<Record<ContainerList, readonly JsonObject[]>>;

interface OwnContainer {
  readonly list: ContainerList;
  readonly container: JsonObject;
  readonly parts: readonly UninjectedPart[];
}

const nameOf = (container: JsonObject) => textAt(container, 'name');

/**
 * Takes the templates' containers out of a pod and puts the author's own, under the same names, back as they were sent.
 *
 * Output: containers in the pod's order; one that the injector moved to another list stands at the end of the one it came from.
 * Source: Istio, pkg/kube/inject/webhook.go, reapplyOverwrittenContainers.
 */
export function recoverOwnContainers(spec: JsonObject, marks: InjectionMarks): Recovered<ContainerLists> {
  const current: ContainerLists = {
    containers: objectsAt(spec, 'containers'),
    initContainers: objectsAt(spec, 'initContainers'),
  };
  const own = CONTAINER_LISTS.flatMap((list) =>
    marks.overrides[list].flatMap((container) => placeOwn(list, container, current, marks)),
  );
  const recovered = {
    containers: recoverList('containers', current, own, marks),
    initContainers: recoverList('initContainers', current, own, marks),
  };
  const taken = CONTAINER_LISTS.flatMap((list) => listTakenOff(list, current[list], own, marks));
  return {
    value: recovered,
    parts: [
      ...taken,
      ...own.flatMap(({ parts }) => parts),
      ...own.flatMap((each) => doubtUser(each, recovered, marks)),
      ...CONTAINER_LISTS.flatMap((list) => doubtOrder(list, recovered[list])),
    ],
  };
}

/**
 * An override that stands under init containers may have been written among the regular ones: its place is not recorded.
 *
 * Output: nothing for one whose first form still stands in the other list.
 */
function placeOwn(
  list: ContainerList,
  written: JsonObject,
  current: ContainerLists,
  marks: InjectionMarks,
): readonly OwnContainer[] {
  const name = nameOf(written);
  const isStillThere = list === 'initContainers' && current.containers.some((each) => nameOf(each) === name);
  if (isStillThere && !marks.containers.has(name)) return [];
  const { list: home, isSure } = findHome(list, written, marks);
  const path = `spec.${home}[${name}]`;
  const { container, parts } = withImage(written, path, marks);
  const isRecorded = isSure || marks.sent !== undefined;
  const restored = toPart({ path, fate: 'restored', certainty: 'recorded', code: 'own-container', values: { name } });
  const elsewhere = `spec.${home === 'containers' ? 'initContainers' : 'containers'}[${name}]`;
  const doubt = { fate: 'restored', certainty: 'unknown', code: 'own-container-list', values: { name } } as const;
  const doubts = isRecorded
    ? []
    : [
        toPart({ ...doubt, path, alternatives: [null] }),
        toPart({ ...doubt, path: elsewhere, alternatives: [null, container] }),
      ];
  return [{ list: home, container, parts: [restored, ...doubts, ...parts] }];
}

function findHome(list: ContainerList, written: JsonObject, { sent }: InjectionMarks) {
  const name = nameOf(written);
  if (sent !== undefined) {
    const isRegular = sent.has('spec', 'containers', { name });
    return { list: isRegular ? 'containers' : 'initContainers', isSure: true } as const;
  }
  // Only a native sidecar is moved, and only one that was written as a regular container.
  if (list === 'containers' || name !== PROXY_CONTAINER) return { list, isSure: true } as const;
  const saysAlways = written.restartPolicy === 'Always';
  return { list: saysAlways ? 'initContainers' : 'containers', isSure: saysAlways } as const;
}

/** The injector drops the image of a container that says `auto`, so none is recorded for it. */
function withImage(written: JsonObject, path: string, { sent }: InjectionMarks) {
  const name = nameOf(written);
  if (written.image !== undefined) return { container: written, parts: [] };
  const lists = CONTAINER_LISTS.filter((list) => sent?.has('spec', list, { name }) === true);
  const isSent = lists.some((list) => sent?.has('spec', list, { name }, 'image') === true);
  if (sent !== undefined && !isSent) return { container: written, parts: [] };
  const { name: first = name, ...rest } = written;
  const part = {
    path: `${path}.image`,
    fate: 'restored',
    certainty: sent === undefined ? 'unknown' : 'recorded',
    code: 'own-container-image',
    values: { name },
    ...(sent === undefined ? { alternatives: [null] } : {}),
  } as const;
  return { container: { name: first, image: 'auto', ...rest }, parts: [toPart(part)] };
}

function recoverList(
  list: ContainerList,
  current: ContainerLists,
  own: readonly OwnContainer[],
  marks: InjectionMarks,
): readonly JsonObject[] {
  const here = own.filter((each) => each.list === list).map(({ container }) => container);
  const kept = current[list].flatMap((container): readonly JsonObject[] => {
    const written = here.find((each) => nameOf(each) === nameOf(container));
    if (written !== undefined) return [written];
    return marks[list].has(nameOf(container)) ? [] : [withoutKeptEnv(container)];
  });
  const moved = here.filter((each) => !current[list].some((container) => nameOf(container) === nameOf(each)));
  return [...kept, ...moved];
}

/** A proxy of the author's own that no template touched is still where post-processing keeps what it replaces. */
function withoutKeptEnv(container: JsonObject): JsonObject {
  const { env: _env, ...rest } = container;
  if (nameOf(container) !== PROXY_CONTAINER) return container;
  const env = objectsAt(container, 'env').filter((each) => !KEPT_ENV.has(nameOf(each)));
  return env.length > 0 ? { ...rest, env } : rest;
}

const KEPT_ENV: ReadonlySet<string> = new Set([PROBERS_ENV, PROMETHEUS_ENV]);

function listTakenOff(
  list: ContainerList,
  containers: readonly JsonObject[],
  own: readonly OwnContainer[],
  marks: InjectionMarks,
): readonly UninjectedPart[] {
  return containers
    .map(nameOf)
    .filter(
      (name) => marks[list].has(name) && !own.some((each) => each.list === list && nameOf(each.container) === name),
    )
    .map((name) =>
      toPart({
        path: `spec.${list}[${name}]`,
        fate: 'taken-off',
        certainty: marks.isDeduced ? 'implied' : 'recorded',
        code: 'template-container',
        values: { name },
      }),
    );
}

/** The injector puts containers of its own names in an order of its own; where the author's stood among others is lost. */
function doubtOrder(list: ContainerList, recovered: readonly JsonObject[]): readonly UninjectedPart[] {
  const moved = recovered.map(nameOf).filter((name) => MOVED.has(name));
  if (moved.length === 0 || recovered.length < 2) return [];
  const part = { path: `spec.${list}#order`, fate: 'restored', certainty: 'unknown' } as const;
  return [toPart({ ...part, code: 'own-container-order', values: { names: moved.join(', ') } })];
}

/**
 * On OpenShift the injector takes a user off the author's proxy that is the same as the other containers', as the platform stamps it.
 *
 * Source: Istio 1.24 and later, pkg/kube/inject/webhook.go, the check before injection for PLATFORM openshift.
 */
function doubtUser({ list, container }: OwnContainer, lists: ContainerLists, { sent }: InjectionMarks) {
  const name = nameOf(container);
  const context = objectAt(container, 'securityContext');
  const others = CONTAINER_LISTS.flatMap((each) => lists[each]).filter((each) => !MOVED.has(nameOf(each)));
  const user = others
    .map((each) => objectAt(each, 'securityContext').runAsUser)
    .findLast((each) => typeof each === 'number');
  const isOpen = name === PROXY_CONTAINER && container.securityContext !== undefined && context.runAsUser === undefined;
  if (!isOpen || typeof user !== 'number') return [];
  if (sent?.has('spec', list, { name }, 'securityContext', 'runAsUser') === false) return [];
  const path = `spec.${list}[${name}].securityContext.runAsUser`;
  const part = { path, fate: 'kept', certainty: 'unknown', code: 'own-user-dropped', values: { name, user } } as const;
  return [toPart({ ...part, alternatives: [user] })];
}

const MOVED: ReadonlySet<string> = new Set([PROXY_CONTAINER, 'istio-init', 'istio-validation', 'enable-core-dump']);

/** A pod's spec with other containers in it; an empty list of init containers is none. */
export function withContainers(spec: JsonObject, { containers, initContainers }: ContainerLists): JsonObject {
  const { initContainers: _inits, ...rest } = spec;
  return { ...rest, containers, ...(initContainers.length > 0 ? { initContainers } : {}) };
}

/** Names of the volumes that a container mounts, in its order. */
export function mountsOf(container: JsonObject): readonly string[] {
  return objectsAt(container, 'volumeMounts').map((mount) => textAt(mount, 'name'));
}
