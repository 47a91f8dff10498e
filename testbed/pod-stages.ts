import { CRASH_ANNOTATION, FAILS_ANNOTATION, RUNS_FOR_ANNOTATION } from '@/demo/controllers/kubelet';

/** A KWOK Stage: in which state a pod is taken on, when, and what its status becomes. */
export interface Stage {
  readonly apiVersion: 'kwok.x-k8s.io/v1alpha1';
  readonly kind: 'Stage';
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

interface StagePlan {
  readonly name: string;
  readonly when: readonly Condition[];
  readonly delay: object;
  readonly next: object;
}

type Condition =
  | { readonly key: string; readonly operator: 'Exists' | 'DoesNotExist' }
  | { readonly key: string; readonly operator: 'In' | 'NotIn'; readonly values: readonly string[] };

export interface PodTimes {
  /** From the node to ready, and as much again at most by chance. */
  readonly readyMs: number;
  /** From the wish to stop until it is gone. */
  readonly stopMs: number;
}

const annotation = (name: string) => `.metadata.annotations["${name}"]`;
const IS_ALIVE: Condition = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };
const IS_PENDING: Condition = { key: '.status.phase', operator: 'In', values: ['Pending'] };
/** The same rule as the demo cluster's kubelet has for images that no registry knows. */
const MISSING = 'test("does-not-exist") or . == "auto"';
const IMAGES = `if ([(.spec.initContainers // []) + .spec.containers | .[].image] | any(${MISSING})) then "missing" else "there" end`;

/** Templates begin with these names: the time, and the pod's id for container ids. */
const HEAD = `{{ $now := Now }}
{{ $uid := .metadata.uid }}
{{ $crash := index (or .metadata.annotations dict) "${CRASH_ANNOTATION}" }}
{{ $fails := index (or .metadata.annotations dict) "${FAILS_ANNOTATION}" }}
observedGeneration: {{ or .metadata.generation 1 }}
`;
const ADDRESSES = `startTime: {{ $now | Quote }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
`;
const IDENTITY = `image: {{ .image | Quote }}
  imageID: {{ printf "testbed://%s" .image | Quote }}
  containerID: {{ printf "testbed://%s/%s" $uid .name | Quote }}
  name: {{ .name | Quote }}`;
const RUNNING = `ready: true
  started: true
  restartCount: 0
  state:
    running:
      startedAt: {{ $now | Quote }}`;
const ended = (exitCode: string, reason: string, isReady: boolean) => `ready: ${isReady}
  started: false
  restartCount: 0
  state:
    terminated:
      exitCode: ${exitCode}
      reason: ${reason}
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}`;
const CRASHED = `ready: false
  started: false
  restartCount: 5
  lastState:
    terminated:
      exitCode: 1
      reason: Error
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}
  state:
    waiting:
      reason: CrashLoopBackOff
      message: {{ printf "back-off 5m0s restarting failed container=%s" .name | Quote }}`;
const PULL_FAILED = `ready: false
  started: false
  restartCount: 0
  state:
    waiting:
      reason: ImagePullBackOff
      message: {{ printf "Back-off pulling image \\"%s\\"" .image | Quote }}`;
const WAITING = `ready: false
  started: false
  restartCount: 0
  state:
    waiting:
      reason: PodInitializing`;

interface ConditionValues {
  readonly Initialized: boolean;
  readonly Ready: boolean;
  readonly ContainersReady: boolean;
  readonly PodReadyToStartContainers: boolean;
}

function conditions(values: ConditionValues, reason?: string): string {
  const rows = Object.entries(values).map(([type, isTrue]) => {
    const why = reason !== undefined && (!isTrue || reason === 'PodCompleted') ? `\n  reason: ${reason}` : '';
    return `- type: ${type}\n  status: "${isTrue ? 'True' : 'False'}"\n  observedGeneration: {{ or $.metadata.generation 1 }}\n  lastTransitionTime: {{ $now | Quote }}${why}`;
  });
  return `conditions:\n${rows.join('\n')}\n`;
}

const each = (list: 'containers' | 'initContainers', field: string, status: string) =>
  `{{ if .spec.${list} }}\n${field}:\n{{ range .spec.${list} }}\n- ${IDENTITY}\n  ${status}\n{{ end }}\n{{ end }}\n`;
const inits = (sidecar: string, plain: string) =>
  each(
    'initContainers',
    'initContainerStatuses',
    `{{ if eq .restartPolicy "Always" }}${sidecar}{{ else }}${plain}{{ end }}`,
  );
const containers = (status: string) => each('containers', 'containerStatuses', status);

const UP: ConditionValues = { PodReadyToStartContainers: true, Initialized: true, Ready: true, ContainersReady: true };
const NOT_READY = { ...UP, Ready: false, ContainersReady: false };

function stage({ name, when, delay, next }: StagePlan): Stage {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind: 'Pod' }, selector: { matchExpressions: when }, delay, next },
  };
}

/** The life of a pod on the testbed's nodes, as the demo cluster's kubelet plays it. */
export function podStages({ readyMs, stopMs }: PodTimes): Stage[] {
  const startDelay = { durationMilliseconds: readyMs, jitterDurationMilliseconds: readyMs * 2 };
  return [
    stage({
      name: 'pod-start',
      when: [
        IS_ALIVE,
        IS_PENDING,
        { key: IMAGES, operator: 'In', values: ['there'] },
        { key: annotation(CRASH_ANNOTATION), operator: 'DoesNotExist' },
      ],
      delay: startDelay,
      next: {
        statusTemplate: `${HEAD}phase: Running\n${ADDRESSES}${conditions(UP)}${inits(RUNNING, ended('0', 'Completed', true))}${containers(RUNNING)}`,
      },
    }),
    stage({
      name: 'pod-pull-failed',
      when: [
        IS_ALIVE,
        IS_PENDING,
        { key: IMAGES, operator: 'In', values: ['missing'] },
        { key: '.status.containerStatuses', operator: 'DoesNotExist' },
      ],
      delay: startDelay,
      next: {
        event: { type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull' },
        statusTemplate: `${HEAD}phase: Pending\n${ADDRESSES}${conditions(NOT_READY, 'ContainersNotReady')}${inits(RUNNING, ended('0', 'Completed', true))}${containers(`{{ if or (contains "does-not-exist" .image) (eq .image "auto") }}${PULL_FAILED}{{ else }}${WAITING}{{ end }}`)}`,
      },
    }),
    stage({
      name: 'pod-crash',
      when: [
        IS_ALIVE,
        IS_PENDING,
        { key: IMAGES, operator: 'In', values: ['there'] },
        { key: annotation(CRASH_ANNOTATION), operator: 'Exists' },
      ],
      delay: startDelay,
      next: {
        event: { type: 'Warning', reason: 'BackOff', message: 'Back-off restarting failed container' },
        statusTemplate: `${HEAD}phase: Running\n${ADDRESSES}${conditions(NOT_READY, 'ContainersNotReady')}${inits(RUNNING, ended('0', 'Completed', true))}${containers(`{{ if eq .name $crash }}${CRASHED}{{ else }}${RUNNING}{{ end }}`)}`,
      },
    }),
    ...endStages(),
    stage({
      name: 'pod-delete',
      when: [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }],
      delay: { durationMilliseconds: stopMs },
      next: { delete: true },
    }),
  ];
}

const WORK_MS = 3_000;

/** Work that ends: of Jobs, and of pods that say how long they run. A classic sidecar goes on, and holds its Job open. */
function endStages(): Stage[] {
  const exitCode = '{{ if $fails }}1{{ else }}0{{ end }}';
  const reason = '{{ if $fails }}Error{{ else }}Completed{{ end }}';
  const work = `{{ if eq .name "istio-proxy" }}${RUNNING}{{ else }}${ended(exitCode, reason, false)}{{ end }}`;
  const plan = (name: string, kind: 'held' | 'ended') => {
    const isHeld = kind === 'held';
    const values = { ...NOT_READY, PodReadyToStartContainers: isHeld };
    const sidecars = isHeld ? RUNNING : ended('0', 'Completed', false);
    const phase = isHeld ? 'Running' : '{{ if $fails }}Failed{{ else }}Succeeded{{ end }}';
    return {
      name,
      when: [
        IS_ALIVE,
        { key: '.status.phase', operator: 'In', values: ['Running'] },
        { key: '.status.containerStatuses.[].state.terminated', operator: 'DoesNotExist' },
        { key: WORKS, operator: 'In', values: ['yes'] },
        { key: CLASSIC, operator: 'In', values: [isHeld ? 'yes' : 'no'] },
      ],
      delay: {
        durationMilliseconds: WORK_MS,
        durationFrom: { expressionFrom: `${annotation(RUNS_FOR_ANNOTATION)} | if . then . + "s" else empty end` },
      },
      next: {
        statusTemplate: `${HEAD}phase: ${phase}\n${conditions(values, isHeld ? 'ContainersNotReady' : 'PodCompleted')}${inits(sidecars, ended('0', 'Completed', true))}${containers(work)}`,
      },
    } satisfies StagePlan;
  };
  return [stage(plan('pod-end', 'ended')), stage(plan('pod-end-with-sidecar', 'held'))];
}

const WORKS = `if ([.metadata.ownerReferences[]?.kind] | any(. == "Job")) or (${annotation(RUNS_FOR_ANNOTATION)} != null) then "yes" else "no" end`;
const CLASSIC = 'if ([.spec.containers[].name] | any(. == "istio-proxy")) then "yes" else "no" end';
