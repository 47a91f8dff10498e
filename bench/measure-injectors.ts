import process from 'node:process';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { type JsonObject, objectAt, objectsAt } from '@/lib/core/injection/engine/json-types';
import { type OpenedWebhook, toReview } from '@/testbed/open-webhook';
import { type Sample, toSample } from './sample';
import { readCpuSeconds } from './server-facts';

/** How one injector answers one pod, over and over. */
export interface InjectorTimes {
  readonly sample: Sample;
  readonly podsPerSecond: number;
  /** Of the process that injects, for each pod. */
  readonly cpuMs: number;
}

const WARM = 500;
const VARIANTS = 250;
const NAMESPACE = 'shop';

/** As many reviews of a pod as differ in their text, so that nothing can be remembered of the last one. */
function toReviews(pod: JsonObject): readonly Buffer[] {
  const metadata = objectAt(pod, 'metadata');
  return Array.from({ length: VARIANTS }, (_, at) => {
    const labels = { ...objectAt(metadata, 'labels'), app: `app-${at}` };
    const [container, ...others] = objectsAt(objectAt(pod, 'spec'), 'containers');
    const containers = [{ ...container, image: `registry.example/app:${at}` }, ...others];
    const own = { ...metadata, generateName: `app-${at}-`, labels };
    return toReview({ ...pod, metadata: own, spec: { ...objectAt(pod, 'spec'), containers } }, NAMESPACE);
  });
}

function reviewAt(reviews: readonly Buffer[], at: number): Buffer {
  const review = reviews[at % reviews.length];
  if (review === undefined) throw new Error('no review');
  return review;
}

/** From an AdmissionReview's bytes to the bytes of the answer's patch, one after the other, on one core. */
export function measureEngine(injector: Injector, pod: JsonObject, count: number): InjectorTimes {
  const reviews = toReviews(pod);
  let sent = 0;
  const once = () => {
    sent += 1;
    const { request } = JSON.parse(reviewAt(reviews, sent).toString('utf8'));
    const answer = injector.injectPod({ pod: request.object, namespace: request.namespace });
    if (answer.kind !== 'injected') throw new Error(`The engine did not inject the pod: ${answer.kind}`);
    return Buffer.from(JSON.stringify(answer.patch)).toString('base64').length;
  };
  for (let at = 0; at < WARM; at += 1) once();
  const times: number[] = [];
  const used = process.cpuUsage();
  const started = performance.now();
  for (let at = 0; at < count; at += 1) {
    const before = performance.now();
    once();
    times.push(performance.now() - before);
  }
  const podsPerSecond = rate(count, started);
  const { user, system } = process.cpuUsage(used);
  return { sample: toSample(times), podsPerSecond, cpuMs: (user + system) / 1000 / count };
}

/** The real webhook over its kept connections, with as many reviews under way at once. */
export async function measureWebhook(
  webhook: OpenedWebhook,
  pod: JsonObject,
  { count, atOnce, pid }: { readonly count: number; readonly atOnce: number; readonly pid: number },
): Promise<InjectorTimes> {
  const reviews = toReviews(pod);
  let sent = 0;
  const once = async () => {
    sent += 1;
    const answer = await webhook.send(reviewAt(reviews, sent));
    if (!answer.isAllowed || answer.patch.length === 0) throw new Error('The webhook did not inject the pod.');
  };
  for (let at = 0; at < WARM; at += atOnce) await Promise.all(Array.from({ length: atOnce }, once));
  const times: number[] = [];
  let left = count;
  const usedSeconds = readCpuSeconds(pid);
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
  const podsPerSecond = rate(count, started);
  return { sample: toSample(times), podsPerSecond, cpuMs: ((readCpuSeconds(pid) - usedSeconds) * 1000) / count };
}

function rate(count: number, startedMs: number): number {
  return (count * 1000) / (performance.now() - startedMs);
}
