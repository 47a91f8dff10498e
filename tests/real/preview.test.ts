import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelOf } from '@/lib/answers/injection-model';
import { buildPodPreviewAnswer } from '@/lib/answers/preview/build-pod-preview-answer';
import { streamInjectionPreview } from '@/lib/answers/preview/stream-injection-preview';
import type { PreviewRow } from '@/lib/api/preview';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { readPod } from '@/lib/cluster/read-object';
import { ClusterSession } from '@/lib/cluster/session';
import type { JudgedPod } from '@/lib/core/injection/classify-workload';
import { applyScenario } from '@/testbed/scenarios/apply-scenario';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';
import { podAsSent } from '@/tests/pod-as-sent';

const START_MS = 300_000;
const ASK_MS = 240_000;
const NO_LOAD = { namespaces: 0, podsPerNamespace: 0 };

/** A pod that the cluster's own istiod injected, as its namespace's labels and its template are now. */
const isCurrent = ({ verdict }: JudgedPod) => verdict.state === 'injected' && verdict.reason === 'injected';

/** Made with older values of the injector than it has now, as the scenario wants it; what is made now may differ in them. */
const OUTDATED: readonly string[] = ['archive Deployment/document-store'];

/** Where two values differ, each place with both. */
function differences(one: unknown, two: unknown, path = ''): string[] {
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) {
    return one === two ? [] : [`${path}: ${JSON.stringify(one)} | ${JSON.stringify(two)}`];
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(two)]);
  return [...keys].flatMap((key) => differences(Object(one)[key], Object(two)[key], `${path}/${key}`));
}

describe.runIf(process.env.SIDELIGHT_REAL)('previews of a real cluster', () => {
  let testbed: Testbed;
  let session: ClusterSession | undefined;

  beforeAll(async () => {
    testbed = await startTestbed({ name: 'preview', isFresh: true, withIstio: true });
    const target = { kubeconfigPath: testbed.kubeconfigs.admin, installer: testbed.istio };
    for (const name of ['mission', 'bookinfo', 'tricky'] as const) await applyScenario(target, name, NO_LOAD);
    session = new ClusterSession(readKubeconfig({ kubeconfigPath: testbed.kubeconfigs.admin }).connect());
    session.start();
    const model = modelOf(session);
    while (!model.hasDecided) await new Promise((resolve) => setTimeout(resolve, 50));
  }, START_MS);
  afterAll(async () => {
    await session?.close();
    await testbed?.stop();
  });

  const live = () => {
    if (session === undefined) throw new Error('no session');
    return session;
  };

  it('are the pods that its istiods made', { timeout: ASK_MS }, async () => {
    const different: string[] = [];
    let compared = 0;
    for (const { name: namespace, workloads } of modelOf(live()).all()) {
      for (const { workload, pods } of workloads) {
        const [current] = pods.filter(isCurrent);
        const { kind, name } = workload;
        if (current === undefined || OUTDATED.includes(`${namespace} ${kind}/${name}`)) continue;
        const signal = AbortSignal.timeout(ASK_MS);
        const answer = await buildPodPreviewAnswer(live(), namespace, { kind, name }, {}, signal);
        const arrived = podAsSent(Object(await readPod(live(), namespace, current.pod.name)));
        const foreseen = answer.yaml?.after === undefined ? answer.row : podAsSent(Object(load(answer.yaml.after)));
        compared += 1;
        for (const path of differences(foreseen, arrived)) different.push(`${namespace} ${kind}/${name} ${path}`);
      }
    }
    expect(compared).toBeGreaterThan(10);
    expect(different).toEqual([]);
  });

  it('end for every namespace, with a row for each workload', { timeout: ASK_MS }, async () => {
    for (const { name, workloads } of modelOf(live()).all()) {
      const rows: PreviewRow[] = [];
      const types: string[] = [];
      const query = { action: 'enable' } as const;
      for await (const line of streamInjectionPreview(live(), name, query, AbortSignal.timeout(ASK_MS))) {
        types.push(line.type);
        if (line.type === 'row') rows.push(line.row);
      }
      expect(types.at(-1)).toBe('end');
      expect(rows.map(({ kind, name: workload }) => `${kind}/${workload}`)).toEqual(
        workloads.map(({ workload }) => `${workload.kind}/${workload.name}`),
      );
      expect(rows.filter(({ rendering }) => rendering === 'not-possible').map(({ problem }) => problem)).toEqual([]);
    }
  });
});
