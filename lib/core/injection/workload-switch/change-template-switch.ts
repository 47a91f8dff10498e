import type { LabelLine } from '@/lib/core/injection/change-namespace-labels';
import { INJECT_KEY } from '@/lib/core/kube/names';
import type { StringMap } from '@/lib/core/kube/object-types';
import { TEMPLATE_KINDS, type TemplateKind, templatePatch, templatePatchCommand } from './template-kinds';

/** What a person asks of a workload: the label `sidecar.istio.io/inject` as "true", as "false", or gone. */
export type WorkloadAction = 'enable' | 'disable' | 'unset';

interface SwitchedWorkload {
  readonly kind: TemplateKind;
  readonly namespace: string;
  readonly name: string;
  /** Of the pod template. */
  readonly labels: StringMap;
}

export interface TemplateSwitch {
  /** The label's value; absent where it is not there. */
  readonly before?: string;
  readonly after?: string;
  readonly labelsAfter: StringMap;
  readonly isNoChange: boolean;
  /** A merge patch of the object; its resource version is for the writer to add. */
  readonly patch: Readonly<Record<string, unknown>>;
  /** The change as lines of the manifest that is kept elsewhere. */
  readonly lines: readonly LabelLine[];
  readonly kubectl: string;
}

const LABEL_PATH = ['metadata', 'labels', INJECT_KEY];
const VALUES: Readonly<Record<WorkloadAction, string | undefined>> = {
  enable: 'true',
  disable: 'false',
  unset: undefined,
};

/**
 * Works out how a pod template's own switch changes, as a patch, as YAML and as the kubectl command that does the same.
 *
 * Input: the workload with the labels of its template as they are.
 * Output: of all labels only `sidecar.istio.io/inject` moves. The annotation of that name is left alone, since the label outranks it.
 * Never throws. Source: Istio, pkg/kube/inject/inject.go, injectRequired.
 */
export function changeTemplateSwitch(workload: SwitchedWorkload, action: WorkloadAction): TemplateSwitch {
  const { labels } = workload;
  const before = labels[INJECT_KEY];
  const after = VALUES[action];
  const { [INJECT_KEY]: _old, ...others } = labels;
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    labelsAfter: after === undefined ? others : { ...others, [INJECT_KEY]: after },
    isNoChange: before === after,
    patch: templatePatch(workload.kind, LABEL_PATH, after ?? null),
    lines: toLines(workload.kind, before, after),
    kubectl: templatePatchCommand(workload, LABEL_PATH, after ?? null),
  };
}

/** The action that gives back a label as it was; undefined for a value that none of them writes. */
export function undoOfSwitch(before: string | undefined): WorkloadAction | undefined {
  if (before === undefined) return 'unset';
  if (before === 'true') return 'enable';
  return before === 'false' ? 'disable' : undefined;
}

function toLines(kind: TemplateKind, before: string | undefined, after: string | undefined): readonly LabelLine[] {
  const keys = [...TEMPLATE_KINDS[kind].path, 'metadata', 'labels'];
  const indent = (depth: number) => '  '.repeat(depth);
  const parents = keys.map((key, depth): LabelLine => ({ kind: 'same', text: `${indent(depth)}${key}:` }));
  const line = (sign: LabelLine['kind'], value: string): LabelLine => ({
    kind: sign,
    text: `${indent(keys.length)}${INJECT_KEY}: ${JSON.stringify(value)}`,
  });
  if (before === after) return before === undefined ? [] : [...parents, line('same', before)];
  return [
    ...parents,
    ...(before === undefined ? [] : [line('removed', before)]),
    ...(after === undefined ? [] : [line('added', after)]),
  ];
}
