import { ABSENT, containing, PRESENT } from './match-value';
import type { Row, SendStep } from './row';
import { dropMutating, hook, mutating, ON_MAPS } from './webhook-steps';
import { apps, batch, core, deployment, job, pod, podSpec, replicaSet, restingPod, statefulSet } from './write-objects';
import { eventually, get, holds, mergePatch, notFound, own, post, remove, strategicPatch, warned } from './write-steps';

const WEB = apps('deployments', 'web');
const SETS = apps('replicasets');
const PODS = core('pods');
const JOB = batch('jobs', 'j');
const ofWeb = { query: { labelSelector: 'app=web' } };
const RESTART = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };

/** Status and events come in many small writes, of which each cluster makes its own. */
const soon = (path: string, body: Readonly<Record<string, unknown>>, more = {}): SendStep =>
  eventually(own(get(path, holds(body), more)));
const rolled = (observedGeneration: number, replicas: number) =>
  soon(WEB, {
    status: {
      observedGeneration,
      replicas,
      readyReplicas: replicas === 0 ? ABSENT : replicas,
      updatedReplicas: replicas,
      availableReplicas: replicas,
      conditions: containing(
        {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: /^ReplicaSet "web-[a-z0-9]+" has successfully progressed\.$/,
        },
      ),
    },
  });
const restart = own(strategicPatch(WEB, { spec: { template: { metadata: { annotations: RESTART } } } }));
const image = (name: string) =>
  own(strategicPatch(WEB, { spec: { template: { spec: { containers: [{ name: 'app', image: name }] } } } }));
const set = (revision: string, replicas: number, more: object = {}) => ({
  metadata: { annotations: { 'deployment.kubernetes.io/revision': revision, ...more } },
  spec: { replicas },
});
const sets = (...wanted: readonly object[]) => soon(SETS, { items: wanted });
const events = (kind: string, ...wanted: readonly object[]) =>
  soon(core('events'), { items: containing(...wanted) }, { query: { fieldSelector: `involvedObject.kind=${kind}` } });
const conditions = (...wanted: readonly object[]) => ({ status: { conditions: wanted } });

const DEPLOYMENT_ROWS: readonly Row[] = [
  {
    name: 'rollout: makes a replica set and its pods, with their labels and owners',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 2 })),
      rolled(1, 2),
      sets({
        metadata: {
          name: /^web-[a-z0-9]+$/,
          labels: { app: 'web', 'pod-template-hash': PRESENT },
          annotations: {
            'deployment.kubernetes.io/desired-replicas': '2',
            'deployment.kubernetes.io/max-replicas': '3',
            'deployment.kubernetes.io/revision': '1',
          },
          ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true, blockOwnerDeletion: true }],
        },
        status: { replicas: 2, fullyLabeledReplicas: 2, readyReplicas: 2, availableReplicas: 2, observedGeneration: 1 },
      }),
      soon(
        PODS,
        {
          items: [1, 2].map(() => ({
            metadata: {
              name: /^web-[a-z0-9]+-[a-z0-9]{5}$/,
              generateName: /^web-[a-z0-9]+-$/,
              labels: { 'pod-template-hash': PRESENT },
              ownerReferences: [
                { apiVersion: 'apps/v1', kind: 'ReplicaSet', controller: true, blockOwnerDeletion: true },
              ],
            },
          })),
        },
        ofWeb,
      ),
      events('Deployment', {
        reason: 'ScalingReplicaSet',
        type: 'Normal',
        message: /^Scaled up replica set web-[a-z0-9]+ from 0 to 2$/,
        source: { component: 'deployment-controller' },
      }),
      events('ReplicaSet', {
        reason: 'SuccessfulCreate',
        type: 'Normal',
        message: /^Created pod: web-[a-z0-9]+-[a-z0-9]{5}$/,
      }),
    ],
  },
  {
    name: 'rollout restart: new pods, a second revision, the old ones gone',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 2 })),
      rolled(1, 2),
      restart,
      rolled(2, 2),
      own(get(WEB, holds({ metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' }, generation: 2 } }))),
      soon(SETS, {
        items: containing(set('1', 0), {
          ...set('2', 2),
          spec: { replicas: 2, template: { metadata: { annotations: RESTART } } },
        }),
      }),
      soon(
        PODS,
        { items: [1, 2].map(() => ({ metadata: { annotations: RESTART, deletionTimestamp: ABSENT } })) },
        ofWeb,
      ),
      events(
        'Deployment',
        { message: /^Scaled up replica set web-[a-z0-9]+ from 0 to 1$/ },
        { message: /^Scaled down replica set web-[a-z0-9]+ from 2 to 1$/ },
        { message: /^Scaled up replica set web-[a-z0-9]+ from 1 to 2$/ },
        { message: /^Scaled down replica set web-[a-z0-9]+ from 1 to 0$/ },
      ),
    ],
  },
  {
    name: 'rollout: going back takes the old replica set, under a new revision',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 1 })),
      rolled(1, 1),
      image('nginx:1.19'),
      rolled(2, 1),
      image('nginx:1.18.0'),
      rolled(3, 1),
      own(get(WEB, holds({ metadata: { annotations: { 'deployment.kubernetes.io/revision': '3' } } }))),
      soon(SETS, {
        items: containing(set('2', 0), set('3', 1, { 'deployment.kubernetes.io/revision-history': '1' })),
      }),
    ],
  },
  {
    name: 'rollout: one that never gets ready keeps to maxSurge and maxUnavailable',
    steps: [
      post(
        apps('deployments'),
        deployment('web', {
          replicas: 4,
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
        }),
      ),
      rolled(1, 4),
      // Nobody schedules the new pods.
      own(strategicPatch(WEB, { spec: { template: { spec: { schedulerName: 'nobody' } } } })),
      soon(WEB, {
        status: {
          observedGeneration: 2,
          replicas: 5,
          updatedReplicas: 2,
          readyReplicas: 3,
          availableReplicas: 3,
          unavailableReplicas: 2,
        },
      }),
      soon(SETS, { items: containing(set('1', 3), set('2', 2)) }),
      own(
        get(
          WEB,
          holds(
            conditions(
              { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
              {
                type: 'Progressing',
                status: 'True',
                reason: 'ReplicaSetUpdated',
                message: /^ReplicaSet "web-[a-z0-9]+" is progressing\.$/,
              },
            ),
          ),
        ),
      ),
    ],
  },
  {
    name: 'rollout: Recreate ends all old pods first',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 2, strategy: { type: 'Recreate' } })),
      rolled(1, 2),
      image('nginx:1.19'),
      rolled(2, 2),
      events(
        'Deployment',
        { message: /^Scaled down replica set web-[a-z0-9]+ from 2 to 0$/ },
        { message: /^Scaled up replica set web-[a-z0-9]+ from 0 to 2$/ },
      ),
    ],
  },
  {
    name: 'rollout: pauses, goes on, and scales meanwhile',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 1 })),
      rolled(1, 1),
      own(mergePatch(WEB, { spec: { paused: true, template: { metadata: { annotations: { a: 'b' } } } } })),
      soon(WEB, {
        status: {
          observedGeneration: 2,
          replicas: 1,
          updatedReplicas: ABSENT,
          conditions: [
            { type: 'Available', status: 'True' },
            { type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' },
          ],
        },
      }),
      sets(set('1', 1)),
      own(mergePatch(`${WEB}/scale`, { spec: { replicas: 2 } })),
      sets(set('1', 2)),
      own(mergePatch(WEB, { spec: { paused: false } })),
      rolled(4, 2),
      soon(SETS, { items: containing(set('1', 0), set('2', 2)) }),
    ],
  },
  {
    name: 'rollout: scales up, down and to nothing',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 1 })),
      rolled(1, 1),
      own(mergePatch(`${WEB}/scale`, { spec: { replicas: 3 } })),
      rolled(2, 3),
      own(mergePatch(WEB, { spec: { replicas: 0 } })),
      soon(WEB, { status: { observedGeneration: 3, replicas: ABSENT, readyReplicas: ABSENT } }),
      soon(PODS, { items: [] }, ofWeb),
      events(
        'Deployment',
        { message: /^Scaled up replica set web-[a-z0-9]+ from 1 to 3$/ },
        { message: /^Scaled down replica set web-[a-z0-9]+ from 3 to 0$/ },
      ),
    ],
  },
];

const JOB_ROWS: readonly Row[] = [
  {
    name: 'job: completes with its pod',
    steps: [
      post(batch('jobs'), job('j')),
      soon(JOB, {
        status: {
          succeeded: 1,
          active: ABSENT,
          ready: 0,
          startTime: PRESENT,
          completionTime: PRESENT,
          uncountedTerminatedPods: {},
          conditions: [
            {
              type: 'SuccessCriteriaMet',
              status: 'True',
              reason: 'CompletionsReached',
              message: 'Reached expected number of succeeded pods',
            },
            {
              type: 'Complete',
              status: 'True',
              reason: 'CompletionsReached',
              message: 'Reached expected number of succeeded pods',
            },
          ],
        },
      }),
      soon(PODS, {
        items: [
          {
            metadata: {
              generateName: 'j-',
              finalizers: ABSENT,
              labels: { 'job-name': 'j', 'batch.kubernetes.io/job-name': 'j' },
            },
            status: { phase: 'Succeeded' },
          },
        ],
      }),
      events(
        'Job',
        { reason: 'SuccessfulCreate', message: /^Created pod: j-[a-z0-9]{5}$/ },
        { reason: 'Completed', message: 'Job completed' },
      ),
    ],
  },
  {
    name: 'job: completes although its native sidecar runs on',
    steps: [
      post(
        batch('jobs'),
        job('j', {}, podSpec({}, { initContainers: [{ name: 'proxy', image: 'p:1', restartPolicy: 'Always' }] })),
      ),
      soon(JOB, { status: { succeeded: 1, conditions: [{ type: 'SuccessCriteriaMet' }, { type: 'Complete' }] } }),
      soon(PODS, { items: [{ status: { phase: 'Succeeded' } }] }),
    ],
  },
  {
    name: 'job: waits while it is suspended',
    steps: [
      post(batch('jobs'), job('j', { suspend: true })),
      soon(JOB, {
        status: {
          startTime: ABSENT,
          conditions: [{ type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' }],
        },
      }),
      own(get(PODS, holds({ items: [] }))),
      own(mergePatch(JOB, { spec: { suspend: false } })),
      soon(JOB, {
        status: {
          succeeded: 1,
          conditions: containing(
            { type: 'Suspended', status: 'False', reason: 'JobResumed', message: 'Job resumed' },
            { type: 'Complete' },
          ),
        },
      }),
      events('Job', { reason: 'Suspended', message: 'Job suspended' }, { reason: 'Resumed', message: 'Job resumed' }),
    ],
  },
  {
    name: 'job: runs several pods, and takes them along when it goes',
    steps: [
      post(batch('jobs'), job('j', { parallelism: 2, completions: 2 })),
      soon(JOB, { status: { succeeded: 2 } }),
      soon(PODS, { items: [{}, {}] }),
      own(remove(JOB, { propagationPolicy: 'Background' })),
      soon(PODS, { items: [] }),
      eventually(get(JOB, notFound({ group: 'batch', kind: 'jobs', name: 'j' }))),
    ],
  },
  {
    name: 'job: fails when its pod has failed too often',
    steps: [
      // Nobody runs the pods: their end is written by hand.
      post(batch('jobs'), job('j', { backoffLimit: 0 }, podSpec({}, { schedulerName: 'nobody' }))),
      eventually(
        own({
          ...get(PODS, holds({ items: [{ metadata: { finalizers: ['batch.kubernetes.io/job-tracking'] } }] })),
          save: { pod: 'body.items.0.metadata.name' },
        }),
      ),
      own(mergePatch(core('pods', '{pod}/status'), { status: { phase: 'Failed' } })),
      soon(JOB, {
        status: {
          failed: 1,
          succeeded: ABSENT,
          active: ABSENT,
          completionTime: ABSENT,
          conditions: [
            {
              type: 'FailureTarget',
              status: 'True',
              reason: 'BackoffLimitExceeded',
              message: 'Job has reached the specified backoff limit',
            },
            {
              type: 'Failed',
              status: 'True',
              reason: 'BackoffLimitExceeded',
              message: 'Job has reached the specified backoff limit',
            },
          ],
        },
      }),
      events('Job', {
        reason: 'BackoffLimitExceeded',
        type: 'Warning',
        message: 'Job has reached the specified backoff limit',
      }),
    ],
  },
  {
    name: 'job: one that is done is not done again',
    steps: [
      post(batch('jobs'), job('j')),
      soon(JOB, { status: { succeeded: 1 } }),
      eventually(
        own({
          ...get(PODS, holds({ items: [{ metadata: { finalizers: ABSENT } }] })),
          save: { pod: 'body.items.0.metadata.name' },
        }),
      ),
      own(remove(core('pods', '{pod}'))),
      soon(PODS, { items: [] }),
      own(get(JOB, holds({ status: { succeeded: 1, active: ABSENT } }))),
    ],
  },
  {
    name: 'cron job: waits for its minute',
    steps: [
      post(batch('cronjobs'), {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'c' },
        spec: {
          schedule: '0 0 1 1 *',
          jobTemplate: { spec: { template: { spec: podSpec({}, { restartPolicy: 'Never' }) } } },
        },
      }),
      own(get(batch('jobs'), holds({ items: [] }))),
      own(get(batch('cronjobs', 'c'), holds({ status: { lastScheduleTime: ABSENT } }))),
    ],
  },
];

const SET_ROWS: readonly Row[] = [
  {
    name: 'stateful set: in order, up and down',
    steps: [
      post(apps('statefulsets'), statefulSet('s', 3)),
      soon(apps('statefulsets', 's'), {
        status: { replicas: 3, readyReplicas: 3, currentRevision: /^s-/, updateRevision: /^s-/ },
      }),
      soon(PODS, {
        items: ['0', '1', '2'].map((index) => ({
          metadata: {
            name: `s-${index}`,
            labels: {
              'apps.kubernetes.io/pod-index': index,
              'statefulset.kubernetes.io/pod-name': `s-${index}`,
              'controller-revision-hash': /^s-/,
            },
          },
          spec: { hostname: `s-${index}`, subdomain: 's' },
        })),
      }),
      soon(apps('controllerrevisions'), { items: [{ metadata: { name: /^s-[a-z0-9]+$/ }, revision: 1 }] }),
      events(
        'StatefulSet',
        { reason: 'SuccessfulCreate', message: 'Create Pod s-0 in StatefulSet s successful' },
        { reason: 'SuccessfulCreate', message: 'Create Pod s-2 in StatefulSet s successful' },
      ),
      own(mergePatch(`${apps('statefulsets', 's')}/scale`, { spec: { replicas: 1 } })),
      soon(PODS, { items: [{ metadata: { name: 's-0' } }] }),
      events('StatefulSet', { reason: 'SuccessfulDelete', message: 'Delete Pod s-2 in StatefulSet s successful' }),
    ],
  },
  {
    name: 'stateful set: the first has to be ready before the second comes',
    steps: [
      post(apps('statefulsets'), {
        ...statefulSet('s', 2),
        spec: {
          ...statefulSet('s', 2).spec,
          template: { metadata: { labels: { app: 's' } }, spec: podSpec({}, { schedulerName: 'nobody' }) },
        },
      }),
      soon(apps('statefulsets', 's'), { status: { observedGeneration: 1, replicas: 1 } }),
      own(get(PODS, holds({ items: [{ metadata: { name: 's-0' } }] }))),
    ],
  },
  {
    name: 'daemon set: a pod on every node, pinned to it',
    steps: [
      post(apps('daemonsets'), {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'd' },
        spec: {
          selector: { matchLabels: { app: 'd' } },
          template: { metadata: { labels: { app: 'd' } }, spec: podSpec() },
        },
      }),
      soon(apps('daemonsets', 'd'), {
        metadata: { annotations: { 'deprecated.daemonset.template.generation': '1' } },
        status: {
          numberReady: PRESENT,
          numberMisscheduled: 0,
          numberUnavailable: ABSENT,
          observedGeneration: 1,
          updatedNumberScheduled: PRESENT,
        },
      }),
      soon(PODS, {
        items: containing({
          metadata: { labels: { 'controller-revision-hash': PRESENT, 'pod-template-generation': '1' } },
          spec: {
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In' }] }],
                },
              },
            },
          },
        }),
      }),
    ],
  },
  {
    name: 'replica set: adopts a pod that has no owner, and lets one go',
    steps: [
      own(post(PODS, pod('orphan', podSpec(), { labels: { app: 'r' } }))),
      soon(core('pods', 'orphan'), { status: { phase: 'Running' } }),
      own(post(SETS, replicaSet('r', 2))),
      soon(apps('replicasets', 'r'), { status: { replicas: 2, readyReplicas: 2 } }),
      own(
        get(
          core('pods', 'orphan'),
          holds({
            metadata: {
              ownerReferences: [{ kind: 'ReplicaSet', name: 'r', controller: true, blockOwnerDeletion: true }],
            },
          }),
        ),
      ),
      own(mergePatch(core('pods', 'orphan'), { metadata: { labels: { app: 'other' } } })),
      soon(core('pods', 'orphan'), { metadata: { ownerReferences: ABSENT } }),
      soon(PODS, { items: [{}, {}] }, { query: { labelSelector: 'app=r' } }),
    ],
  },
  {
    name: 'replica set: replaces a pod that was deleted',
    steps: [
      post(SETS, replicaSet('r', 1)),
      eventually(
        own({
          ...get(PODS, holds({ items: [{ status: { phase: 'Running' } }] })),
          save: { pod: 'body.items.0.metadata.name' },
        }),
      ),
      own(remove(core('pods', '{pod}'), { gracePeriodSeconds: 0 })),
      eventually(get(core('pods', '{pod}'), { status: 404 }, { isOwnToCluster: true })),
      soon(apps('replicasets', 'r'), { status: { readyReplicas: 1 } }),
      soon(PODS, { items: [{ status: { phase: 'Running' } }] }),
    ],
  },
];

const failedCreate = (message: RegExp) => ({
  reason: 'FailedCreate',
  type: 'Warning',
  message,
  source: { component: 'replicaset-controller' },
});
const POD_NAME = '"r-[a-z0-9]{5}"';

const REFUSED_ROWS: readonly Row[] = [
  {
    name: 'refused pods: by a quota',
    steps: [
      post(core('resourcequotas'), {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'q' },
        spec: { hard: { pods: '1' } },
      }),
      soon(core('resourcequotas', 'q'), { status: { hard: { pods: '1' }, used: { pods: '0' } } }),
      post(PODS, restingPod('a')),
      own(
        post(PODS, restingPod('b'), {
          status: 403,
          body: {
            message: 'pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
          },
        }),
      ),
      own(post(SETS, replicaSet('r', 1))),
      soon(apps('replicasets', 'r'), {
        status: {
          replicas: 0,
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              reason: 'FailedCreate',
              message: new RegExp(
                `^pods ${POD_NAME} is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1$`,
              ),
            },
          ],
        },
      }),
      events(
        'ReplicaSet',
        failedCreate(
          new RegExp(
            `^Error creating: pods ${POD_NAME} is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1$`,
          ),
        ),
      ),
    ],
  },
  {
    name: 'refused pods: by Pod Security, which also warns',
    steps: [
      own(
        mergePatch('/api/v1/namespaces/{ns}', {
          metadata: {
            labels: { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'baseline' },
          },
        }),
      ),
      eventually(
        own(
          post(
            PODS,
            restingPod('p', podSpec({ securityContext: { privileged: true } }, { hostNetwork: true })),
            {
              status: 403,
              body: {
                message:
                  'pods "p" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), privileged (container "app" must not set securityContext.privileged=true)',
              },
            },
            { query: { dryRun: 'All' } },
          ),
        ),
      ),
      own(
        post(apps('deployments'), deployment('web', { replicas: 1 }, { securityContext: { privileged: true } }), {
          status: 201,
          headers: warned(
            'would violate PodSecurity "baseline:latest": privileged (container "app" must not set securityContext.privileged=true)',
          ),
        }),
      ),
      events(
        'ReplicaSet',
        failedCreate(
          /^Error creating: pods "web-[a-z0-9]+-[a-z0-9]{5}" is forbidden: violates PodSecurity "baseline:latest": privileged \(container "app" must not set securityContext\.privileged=true\)$/,
        ),
      ),
    ],
  },
  {
    name: 'refused pods: by a webhook',
    steps: [
      mutating('m', [hook('a', '/deny/403/no%20pods', { rules: [{ ...ON_MAPS[0], resources: ['pods'] }] })]),
      eventually(own(post(PODS, restingPod('p'), { status: 403 }, { query: { dryRun: 'All' } }))),
      own(post(apps('deployments'), deployment('web', { replicas: 2 }))),
      events(
        'ReplicaSet',
        failedCreate(/^Error creating: admission webhook "a\.example\.com" denied the request: no pods$/),
      ),
      soon(WEB, {
        status: {
          unavailableReplicas: 2,
          conditions: containing(
            {
              type: 'Available',
              status: 'False',
              reason: 'MinimumReplicasUnavailable',
              message: 'Deployment does not have minimum availability.',
            },
            {
              type: 'ReplicaFailure',
              status: 'True',
              reason: 'FailedCreate',
              message: 'admission webhook "a.example.com" denied the request: no pods',
            },
          ),
        },
      }),
      dropMutating('m'),
    ],
  },
  {
    name: 'refused pods: for a webhook that cannot be reached, until it is gone',
    steps: [
      mutating('m', [
        hook('a', '', {
          rules: [{ ...ON_MAPS[0], resources: ['pods'] }],
          clientConfig: { url: 'https://127.0.0.1:1/inject', caBundle: '{webhookCa}' },
        }),
      ]),
      eventually(own(post(PODS, restingPod('p'), { status: 500 }, { query: { dryRun: 'All' } }))),
      own(post(SETS, replicaSet('r', 1))),
      events(
        'ReplicaSet',
        failedCreate(
          /^Error creating: Internal error occurred: failed calling webhook "a\.example\.com": failed to call webhook: Post "https:\/\/127\.0\.0\.1:1\/inject\?timeout=2s": dial tcp 127\.0\.0\.1:1: connect: connection refused$/,
        ),
      ),
      dropMutating('m'),
      soon(apps('replicasets', 'r'), { status: { readyReplicas: 1, conditions: ABSENT } }),
    ],
  },
];

export const CONTROLLER_ROWS: readonly Row[] = [...DEPLOYMENT_ROWS, ...JOB_ROWS, ...SET_ROWS, ...REFUSED_ROWS];
