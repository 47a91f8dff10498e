import { expect, it } from 'vitest';
import { startTestbed } from '@/testbed/start-testbed';
import { recordAnswers } from '@/tests/recorded/record-answers';
import { readRecording } from '@/tests/recorded/recording-files';
import { orderFaults } from './engine/order-faults';

const RECORD_MS = 600_000;

/** The answers without the order of Go's maps, which is none. */
function comparable({ reviews, manifests, ...rest }: Awaited<ReturnType<typeof readRecording>>) {
  const answers = reviews.map(({ answer, ...asked }) => ({
    ...asked,
    answer: answer.kind === 'refused' ? orderFaults(answer.message) : inOrder(answer.patch),
  }));
  const runs = manifests.map(({ answer, ...asked }) => ({
    ...asked,
    answer: { ...answer, errors: orderFaults(answer.errors) },
  }));
  return JSON.parse(JSON.stringify({ ...rest, reviews: answers, manifests: runs }));
}

const inOrder = (patch: readonly unknown[]) => patch.map((step) => JSON.stringify(step)).sort();

it.runIf(process.env.SIDELIGHT_REAL)(
  'the real istiod and istioctl still answer what was recorded; `npm run record` writes what they answer now',
  async () => {
    const testbed = await startTestbed({ name: 'record', isFresh: true, withIstio: true });
    try {
      const recording = await recordAnswers(testbed, () => undefined);
      expect(comparable(recording)).toEqual(comparable(await readRecording()));
    } finally {
      await testbed.stop();
    }
  },
  RECORD_MS,
);
