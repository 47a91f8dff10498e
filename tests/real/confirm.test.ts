import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConfirmAnswer } from '@/lib/answers/build-confirm-answer';
import { modelOf } from '@/lib/answers/injection-model';
import type { ConfirmAnswer } from '@/lib/api/confirm';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';
import { applyScenario } from '@/testbed/scenarios/apply-scenario';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';

const START_MS = 300_000;
const ASK_MS = 240_000;
const NO_LOAD = { namespaces: 0, podsPerNamespace: 0 };

/** What is no agreement, and why the cluster has it so. */
const EXPLAINED: Readonly<Record<string, ConfirmAnswer['outcome']>> = {
  // Its istiod is not there, and the entry may not be skipped.
  'canary-tests Deployment/canary-web': 'unreachable',
  // Their istiod is not there, and the entry may be skipped.
  'preview Deployment/preview-web': 'passed-open',
  'quiet-team Deployment/newsletter': 'passed-open',
  // A quota, a LimitRange and Pod Security look at the injected pod.
  'batch Deployment/worker': 'refused-beside',
  'edge-functions Deployment/resizer': 'refused-beside',
  'vault Deployment/key-store': 'refused-beside',
  'vault Deployment/token-broker': 'refused-beside',
};
const AGREED: readonly string[] = ['same', 'same-untouched', 'same-refusal'];

describe.runIf(process.env.SIDELIGHT_REAL)('dry runs of a real cluster', () => {
  let testbed: Testbed;
  let session: ClusterSession | undefined;

  beforeAll(async () => {
    testbed = await startTestbed({ name: 'confirm', isFresh: true, withIstio: true });
    const target = { kubeconfigPath: testbed.kubeconfigs.admin, installer: testbed.istio };
    for (const name of ['mission', 'bookinfo', 'tricky'] as const) await applyScenario(target, name, NO_LOAD);
    session = new ClusterSession(readKubeconfig({ kubeconfigPath: testbed.kubeconfigs.admin }).connect());
    session.start();
    const model = modelOf(session);
    while (!model.hasDecided) await new Promise((resolve) => setTimeout(resolve, 50));
  }, START_MS);

  const askAll = async (things: readonly (readonly [string, string, string])[]) => {
    if (session === undefined) throw new Error('no session');
    const signal = AbortSignal.timeout(ASK_MS);
    const answers = new Map<string, ConfirmAnswer>();
    for (const [namespace, kind, name] of things) {
      answers.set(`${namespace} ${kind}/${name}`, await buildConfirmAnswer(session, { namespace, kind, name }, signal));
    }
    return answers;
  };
  const disagreements = (answers: ReadonlyMap<string, ConfirmAnswer>) =>
    [...answers].flatMap(([place, { outcome, differences, clusterRefusal }]) => {
      const isFine = EXPLAINED[place] === undefined ? AGREED.includes(outcome) : outcome === EXPLAINED[place];
      return isFine && differences.length === 0 ? [] : [{ place, outcome, differences, clusterRefusal }];
    });

  it('give every workload the pod that the engine makes', { timeout: ASK_MS }, async () => {
    const workloads =
      session === undefined
        ? []
        : modelOf(session)
            .all()
            .flatMap((each) => each.workloads);
    const answers = await askAll(workloads.map(({ workload: { namespace, kind, name } }) => [namespace, kind, name]));
    expect(disagreements(answers)).toEqual([]);
    const count = (outcome: string) => [...answers.values()].filter((answer) => answer.outcome === outcome).length;
    console.log(
      `${answers.size} workloads: ${count('same')} injected alike, ${count('same-untouched')} left alone alike`,
    );
    expect(count('same')).toBeGreaterThan(40);
    expect(count('same-refusal')).toBeGreaterThan(0);
    expect([...answers.keys()]).toEqual(expect.arrayContaining(Object.keys(EXPLAINED)));
  });

  it('give every pod again what it was', { timeout: ASK_MS }, async () => {
    const pods = session?.store.list('pods') ?? [];
    const oncePerOwner = new Map(pods.map((pod) => [`${pod.namespace} ${pod.owner?.uid ?? pod.uid}`, pod]));
    const answers = await askAll([...oncePerOwner.values()].map(({ namespace, name }) => [namespace, 'Pod', name]));
    // Of the workloads whose pods a quota, an absent webhook and the like look at, the pods that are there.
    const besides = [...new Set(Object.values(EXPLAINED))];
    const unexplained = disagreements(answers).filter(({ outcome }) => !besides.includes(outcome));
    expect(unexplained).toEqual([]);
    expect([...answers.values()].filter(({ outcome }) => outcome === 'same').length).toBeGreaterThan(40);
  });

  afterAll(async () => {
    await session?.close();
    await testbed?.stop();
  }, START_MS);
});
