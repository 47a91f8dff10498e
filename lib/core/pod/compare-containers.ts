import { PROXY_CONTAINER } from '@/lib/core/kube/names';
import type { Container, PodSpec } from '@/lib/core/kube/pod-types';
import { type ChangeContext, type ChangeDraft, isTemplateContainer } from './change-draft';
import type { ChangeOrigin } from './change-types';
import { compareContainerParts } from './compare-container-parts';
import { describeContainer } from './describe-container';
import { containerPath, type PlacedContainer, placeContainers } from './pod-containers';

/** Containers of both lists in start order, matched by name, so that one which moved between the lists shows as changed. */
export function compareContainers(
  before: PodSpec | undefined,
  after: PodSpec | undefined,
  context: ChangeContext,
): readonly ChangeDraft[] {
  const [old, now] = [placeContainers(before), placeContainers(after)];
  const match = (list: readonly PlacedContainer[], { list: from, container }: PlacedContainer) => {
    const named = list.filter((other) => other.container.name === container.name);
    return named.find((other) => other.list === from) ?? named[0];
  };
  return [
    ...now.flatMap((placed) => compareOne(match(old, placed), placed, context)),
    ...old.filter((placed) => match(now, placed) === undefined).map((placed) => removed(placed)),
  ];
}

function compareOne(
  before: PlacedContainer | undefined,
  after: PlacedContainer,
  context: ChangeContext,
): readonly ChangeDraft[] {
  const { container } = after;
  const parts = compareContainerParts(before?.container, after, context);
  if (before !== undefined && before.list === after.list) return parts;
  const isNative = after.list === 'initContainers' && container.name === PROXY_CONTAINER;
  const headline: ChangeDraft = {
    group: 'containers',
    path: containerPath(after),
    key: before === undefined ? 'container' : 'place',
    container: container.name,
    before: before === undefined ? undefined : containerPath(before),
    after: before === undefined ? (container.image ?? '') : containerPath(after),
    origin: originOf(container, isNative, context),
    ...(before === undefined ? describeContainer(after, context) : { because: 'pod.container.moved' }),
  };
  return [headline, ...parts];
}

function originOf(container: Container, isNative: boolean, context: ChangeContext): ChangeOrigin {
  if (!isTemplateContainer(context, container)) return 'unknown';
  return isNative ? 'native-sidecar' : 'injection-template';
}

function removed(placed: PlacedContainer): ChangeDraft {
  return {
    group: 'containers',
    path: containerPath(placed),
    key: 'container',
    container: placed.container.name,
    before: placed.container.image ?? '',
    origin: 'unknown',
    because: 'pod.container.removed',
  };
}
