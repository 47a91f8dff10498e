import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toReview } from '@/testbed/open-webhook';
import { toKubeInjectRun } from './engine/compare-manifest';
import { ownOutcome, type ReviewOutcome, realOutcome } from './engine/compare-review';
import {
  type EngineLab,
  kubeInjectEngine,
  openEngineLab,
  REVISIONS,
  sample,
  textsOf,
  webhookEngine,
} from './engine/engine-lab';
import { orderFaults } from './engine/order-faults';
import { MANIFEST } from './engine/random-manifest';
import { type RandomReview, REVIEW } from './engine/random-pod';

const START_MS = 300_000;
const COMPARE_MS = 300_000;
const PODS = 500;
const MANIFESTS = 100;
/** Fewer of a kind would mean that the pods have become too tame. */
const LEAST_OF_EACH = 25;

// The tests of this folder need the real programs; `npm run test:real` sets the variable.
describe.skipIf(process.env.SIDELIGHT_REAL === undefined)('the engine against the real programs', () => {
  let lab: EngineLab;
  beforeAll(async () => {
    lab = await openEngineLab();
  }, START_MS);
  afterAll(() => lab?.close());

  it.each(REVISIONS)(
    `makes of ${PODS} random pods what istiod's webhook makes of them, revision %s`,
    async (revision) => {
      const real = lab.revisions.get(revision);
      if (real === undefined) throw new Error(`no webhook of ${revision}`);
      const engine = webhookEngine(real.texts, revision);
      const isAuto = (real.texts.istiodEnv.ENABLE_NATIVE_SIDECARS ?? 'auto') === 'auto';
      const outcomes: ReviewOutcome['kind'][] = [];
      const differences: unknown[] = [];
      for (const [index, review] of sample(REVIEW, PODS).entries()) {
        const { pod, namespace, path } = review;
        const want = realOutcome(pod, await real.webhook.send(toReview(pod, namespace), path));
        const isNative = isAuto && namesOtherCluster(review) ? false : engine.input.nativeSidecars;
        const got = ownOutcome(engine, review, isNative);
        outcomes.push(want.kind);
        if (!isDeepStrictEqual(got, want)) differences.push({ index, review, want, got });
      }
      expect(differences).toEqual([]);
      for (const kind of ['injected', 'skipped', 'refused'] as const) {
        expect(outcomes.filter((each) => each === kind).length).toBeGreaterThan(LEAST_OF_EACH);
      }
    },
    COMPARE_MS,
  );

  it(
    `writes of ${MANIFESTS} random manifests what istioctl kube-inject writes`,
    async () => {
      const texts = textsOf(lab.revisions, 'default');
      const engines = [true, false].map((isNative) => ({ isNative, engine: kubeInjectEngine(texts, isNative) }));
      const codes: number[] = [];
      const differences: unknown[] = [];
      for (const [index, manifest] of sample(MANIFEST, MANIFESTS).entries()) {
        const chosen = engines[index % engines.length];
        if (chosen === undefined) throw new Error('no engine');
        const want = await lab.kubeInject.run(manifest, chosen.isNative);
        const got = toKubeInjectRun(chosen.engine.injectDocuments(manifest));
        codes.push(want.code);
        const isSame =
          got.output === want.output &&
          got.code === want.code &&
          isDeepStrictEqual(orderFaults(got.errors), orderFaults(want.errors));
        if (!isSame) differences.push({ index, manifest, want, got });
      }
      expect(differences).toEqual([]);
      expect(codes).toContain(0);
      expect(codes).toContain(1);
    },
    COMPARE_MS,
  );
});

/** Another cluster's nodes are not known to this istiod, so that it makes classic sidecars where nodes decide. */
function namesOtherCluster({ path }: RandomReview): boolean {
  return /[/:]cluster[/=]/.test(path);
}
