import type { Container, Pod } from '@/lib/core/kube/pod-types';
import type { InjectionStatus } from '@/lib/core/kube/records';
import type { ChangeGroup, ChangeOrigin, PodChange } from './change-types';
import { parseInjectionStatus, readTemplateNames } from './injection-marks';
import { INJECTED_CONTAINERS } from './pod-names.data';
import type { PodPhraseCode } from './pod-phrases.data';
import type { WrittenPod } from './written-pod';

/** What every comparison needs to know to name the origin of a change. */
export interface ChangeContext {
  readonly status?: InjectionStatus;
  readonly template: string;
  readonly ownerKind: string;
  readonly isHostNetwork: boolean;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ChangeDraft {
  readonly group: ChangeGroup;
  readonly path: string;
  /** Distinguishes changes of one group; `path` holds indexes, which move. */
  readonly key: string;
  readonly container?: string;
  readonly isPart?: boolean;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly origin: ChangeOrigin;
  readonly because: PodPhraseCode;
  readonly values?: Readonly<Record<string, string | number>>;
}

export function readChangeContext(written: WrittenPod, pod: Pod): ChangeContext {
  const annotations = pod.metadata.annotations ?? {};
  const status = parseInjectionStatus(annotations);
  return {
    ...(status === undefined ? {} : { status }),
    template: readTemplateNames(annotations).join(','),
    ownerKind: written.owner?.kind ?? pod.metadata.ownerReferences?.find(({ controller }) => controller)?.kind ?? '',
    isHostNetwork: pod.spec?.hostNetwork === true,
    annotations,
  };
}

/** True when a template of the injector defines this container. */
export function isTemplateContainer({ status }: ChangeContext, { name }: Container): boolean {
  if (status === undefined) return false;
  return [...status.containers, ...status.initContainers, ...INJECTED_CONTAINERS].includes(name);
}

/** Makes a draft a change: the kind follows from which of the two values is there. */
export function toPodChange(draft: ChangeDraft, { template }: ChangeContext): PodChange {
  const { group, path, key, container, isPart = false, before, after, origin, because, values } = draft;
  return {
    id: [group, container ?? 'pod', key].join('/'),
    kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    group,
    path,
    ...(container === undefined ? {} : { container }),
    isPart,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    origin,
    originLabel: { code: `pod.origin.${origin}`, values: { template } },
    because: {
      code: because,
      values: { name: key, value: toSentencePart(after ?? before), container: container ?? '', ...values },
    },
  };
}

/** Values that a sentence can hold; a block of YAML stays out of it. */
function toSentencePart(value = ''): string {
  return value.includes('\n') ? '' : value;
}
