import type { Injector } from '@/lib/core/injection/engine/create-injector';
import type { JsonValue } from '@/lib/core/injection/engine/json-types';
import { type OpenedWebhook, toReview } from '@/testbed/open-webhook';
import { type Sample, toSample } from './sample';

/** How one injector answers one pod, over and over. */
export interface InjectorTimes {
  readonly sample: Sample;
  readonly podsPerSecond: number;
}

const WARM = 500;
const NAMESPACE = 'shop';

/** From an AdmissionReview's bytes to the bytes of the answer's patch, one after the other, on one core. */
export function measureEngine(injector: Injector, pod: JsonValue, count: number): InjectorTimes {
  const review = toReview(pod, NAMESPACE);
  const once = () => {
    const { request } = JSON.parse(review.toString('utf8'));
    const answer = injector.injectPod({ pod: request.object, namespace: request.namespace });
    if (answer.kind !== 'injected') throw new Error(`The engine did not inject the pod: ${answer.kind}`);
    return Buffer.from(JSON.stringify(answer.patch)).toString('base64').length;
  };
  for (let at = 0; at < WARM; at += 1) once();
  const times: number[] = [];
  const started = performance.now();
  for (let at = 0; at < count; at += 1) {
    const before = performance.now();
    once();
    times.push(performance.now() - before);
  }
  return { sample: toSample(times), podsPerSecond: rate(count, started) };
}

/** The real webhook over its kept connections, with as many reviews under way at once. */
export async function measureWebhook(
  webhook: OpenedWebhook,
  pod: JsonValue,
  { count, atOnce }: { readonly count: number; readonly atOnce: number },
): Promise<InjectorTimes> {
  const review = toReview(pod, NAMESPACE);
  const once = async () => {
    const answer = await webhook.send(review);
    if (!answer.isAllowed || answer.patch.length === 0) throw new Error('The webhook did not inject the pod.');
  };
  for (let at = 0; at < WARM; at += atOnce) await Promise.all(Array.from({ length: atOnce }, once));
  const times: number[] = [];
  let left = count;
  const started = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const before = performance.now();
      await once();
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { sample: toSample(times), podsPerSecond: rate(count, started) };
}

function rate(count: number, startedMs: number): number {
  return (count * 1000) / (performance.now() - startedMs);
}
