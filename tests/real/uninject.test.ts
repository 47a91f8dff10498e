import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveUninjection } from '@/lib/answers/prove-uninjection';
import { readPodFacts } from '@/lib/answers/read-pod-facts';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';
import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { recoverWrittenPod } from '@/lib/core/pod/recover-written-pod';
import { applyScenario } from '@/testbed/scenarios/apply-scenario';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';

const START_MS = 300_000;
const READ_MS = 240_000;

/** The story moves control planes on while pods stay: what differs then is what they wrote into the sidecar. */
const OUTDATED = /^spec\.(initContainers|containers)\[istio-(init|proxy)\]\.(image|resources\.)/;
/** Of a hundred injected pods; more would mean that proving fails for another reason. */
const MOST_OUTDATED = 12;

describe.runIf(process.env.SIDELIGHT_REAL)('pods that real istiods injected', () => {
  let testbed: Testbed;
  let session: ClusterSession;
  beforeAll(async () => {
    testbed = await startTestbed({ name: 'uninject', isFresh: true, withIstio: true });
    const { admin } = testbed.kubeconfigs;
    for (const name of ['mission', 'bookinfo', 'tricky'] as const) {
      const load = { namespaces: 0, podsPerNamespace: 0 };
      await applyScenario({ kubeconfigPath: admin, installer: testbed.istio }, name, load);
    }
    session = new ClusterSession(readKubeconfig({ kubeconfigPath: admin }).connect());
    session.start();
    await session.whenSettled();
  }, START_MS);
  afterAll(async () => {
    await session?.close();
    await testbed?.stop();
  }, START_MS);

  it(
    'are what their owners’ templates say without it, and come out the same when injected again',
    async () => {
      const different: unknown[] = [];
      const unproven = new Map<string, readonly string[]>();
      let injected = 0;
      for (const { namespace, name } of session.store.list('pods')) {
        const { pod, owner } = await readPodFacts(session, namespace, name);
        const uninjected = await proveUninjection(session, pod);
        const known = uninjected === undefined ? {} : { uninjected };
        const { ownerDifferences } = recoverWrittenPod(pod, owner, known);
        if (ownerDifferences.length > 0) different.push([namespace, name, ownerDifferences]);
        if (pod.metadata.annotations?.[STATUS_ANNOTATION] === undefined) continue;
        injected += 1;
        if (uninjected?.verified !== 'same') unproven.set(name, uninjected?.differences ?? ['not read']);
      }
      expect(different).toEqual([]);
      const odd = [...unproven].filter(([, differences]) => differences.some((path) => !OUTDATED.test(path)));
      expect(odd).toEqual([]);
      expect(unproven.size).toBeLessThanOrEqual(MOST_OUTDATED);
      expect(injected).toBeGreaterThan(30);
    },
    READ_MS,
  );
});
