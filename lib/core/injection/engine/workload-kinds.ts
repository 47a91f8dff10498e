/** Where the injected pod stands in an object of a kind. */
export interface WorkloadKind {
  readonly kind: string;
  /** Its struct in the table of types. */
  readonly struct: string;
  readonly metadata: readonly string[];
  readonly spec: readonly string[];
  /** The template may be missing, which is then an error. */
  readonly hasOptionalTemplate: boolean;
}

const TEMPLATE = { metadata: ['spec', 'template', 'metadata'], spec: ['spec', 'template', 'spec'] } as const;
const templated = (kind: string, hasOptionalTemplate = false): WorkloadKind => ({
  kind,
  struct: kind,
  ...TEMPLATE,
  hasOptionalTemplate,
});

const KINDS: ReadonlyMap<string, WorkloadKind> = new Map(
  [
    templated('ReplicationController', true),
    { kind: 'Pod', struct: 'Pod', metadata: ['metadata'], spec: ['spec'], hasOptionalTemplate: false },
    templated('Deployment'),
    templated('DaemonSet'),
    templated('ReplicaSet'),
    templated('StatefulSet'),
    templated('Job'),
    {
      kind: 'CronJob',
      struct: 'CronJob',
      // The job's metadata, not the pod's: kube-inject reads and writes it there.
      metadata: ['spec', 'jobTemplate', 'metadata'],
      spec: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
      hasOptionalTemplate: false,
    },
    templated('DeploymentConfig', true),
  ].map((kind) => [kind.kind, kind] as const),
);

export const LIST_KIND = 'List';

/** How injection treats a kind, by its name alone; undefined for kinds that pass through. Source: Istio, pkg/kube/inject/initializer.go. */
export function workloadKind(kind: string): WorkloadKind | undefined {
  return KINDS.get(kind);
}
