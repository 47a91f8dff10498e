import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioName } from '@/demo/scenarios/scenario';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { type AppliedScenario, applyScenario } from '@/testbed/scenarios/apply-scenario';
import { startTestbed, type Testbed } from '@/testbed/start-testbed';
import { openVerdicts, type Verdict, type VerdictReader } from './read-verdicts';
import { SCENARIO_DIFFERENCES } from './scenario-differences.data';

const START_MS = 300_000;
const APPLY_MS = 240_000;
const AGREE_MS = 60_000;
const NO_LOAD = { namespaces: 0, podsPerNamespace: 0 };

interface Group {
  readonly title: string;
  readonly withIstio: boolean;
  /** Told one after the other to one cluster. */
  readonly scenarios: readonly ScenarioName[];
  /** The scenario that holds the same as all of them. */
  readonly together: ScenarioName;
}

const GROUPS: readonly Group[] = [
  { title: 'without Istio', withIstio: false, scenarios: ['empty'], together: 'empty' },
  { title: 'with Istio', withIstio: true, scenarios: ['mission', 'bookinfo', 'tricky'], together: 'all' },
  {
    title: 'with Istio, whose default tag moves',
    withIstio: true,
    scenarios: ['default-tag'],
    together: 'default-tag',
  },
];

/** A verdict without what may differ at this place, as text. */
function comparable(place: string, verdict: Verdict | undefined): string {
  const listed = SCENARIO_DIFFERENCES.filter((difference) => difference.place.test(place));
  return JSON.stringify(listed.reduce((levelled, { level }) => level(levelled), verdict ?? {}));
}

/** Places of the demo cluster that the real one judges otherwise, with both verdicts. */
function compare(demo: VerdictReader, real: VerdictReader) {
  const there = real.read();
  return [...demo.read()]
    .map(([place, verdict]) => ({ place, demo: comparable(place, verdict), real: comparable(place, there.get(place)) }))
    .filter((verdicts) => verdicts.demo !== verdicts.real);
}

/** The differences that are left once both have come to rest. */
async function untilAgreed(demo: VerdictReader, real: VerdictReader) {
  const end = Date.now() + AGREE_MS;
  for (;;) {
    const differences = compare(demo, real);
    if (differences.length === 0 || Date.now() > end) return differences;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

describe.runIf(process.env.SIDELIGHT_REAL).each(GROUPS)(
  'a real cluster $title',
  ({ withIstio, scenarios, together }) => {
    let testbed: Testbed;
    let demo: DemoCluster | undefined;
    const readers: VerdictReader[] = [];
    const open = async (kubeconfigPath: string) => {
      const reader = await openVerdicts(kubeconfigPath);
      readers.push(reader);
      return reader;
    };
    const apply = (name: ScenarioName): Promise<AppliedScenario> => {
      const target = { kubeconfigPath: testbed.kubeconfigs.admin, ...(withIstio ? { installer: testbed.istio } : {}) };
      return applyScenario(target, name, NO_LOAD);
    };

    beforeAll(async () => {
      testbed = await startTestbed({ name: 'scenarios', isFresh: true, withIstio });
    }, START_MS);

    const compareWithDemo = async (name: ScenarioName) => {
      demo = await startDemoCluster({ scenario: name, readyDelayMs: 50 });
      const [told, real] = [await open(demo.kubeconfigPath), await open(testbed.kubeconfigs.admin)];
      const differences = await untilAgreed(told, real);
      const places = [told, real].map((reader) => [...reader.read().keys()].sort());
      await Promise.all(readers.splice(0).map((reader) => reader.close()));
      await demo.stop();
      demo = undefined;
      return { differences, places };
    };

    it.each(scenarios)('judges what %s holds as the demo cluster does', { timeout: APPLY_MS }, async (name) => {
      const applied = await apply(name);
      console.log(`${name}: ${applied.written} objects in ${applied.seconds.toFixed(1)} s`);
      expect((await compareWithDemo(name)).differences).toEqual([]);
    });

    it.runIf(scenarios.includes('tricky'))(
      'would do with every pod what real istiod did with it, but for what was changed since',
      { timeout: APPLY_MS },
      async () => {
        const real = await open(testbed.kubeconfigs.admin);
        const { agreeing, others } = real.listDisagreements();
        expect(others).toEqual([
          'analytics/events-collector unwanted',
          'archive/document-store differs',
          'moving-team/ticketing differs',
          'preview/preview-web failed-open',
          'quiet-team/newsletter failed-open',
          'shop/catalog older-than-label',
          'warehouse/stock-api differs',
        ]);
        expect(agreeing).toBeGreaterThan(80);
      },
    );

    it(`holds nothing beyond, and gets nothing new when told ${together}`, { timeout: APPLY_MS }, async () => {
      expect((await apply(together)).written).toBe(0);
      const { differences, places } = await compareWithDemo(together);
      expect(differences).toEqual([]);
      expect(places[1]).toEqual(places[0]);
    });

    afterAll(async () => {
      await Promise.all(readers.map((reader) => reader.close()));
      await demo?.stop();
      await testbed?.stop();
    }, START_MS);
  },
);
