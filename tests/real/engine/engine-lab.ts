import { join } from 'node:path';
import fc, { type Arbitrary } from 'fast-check';
import { DEFAULT_PLANE, MISSION_PLANE, revisionOf } from '@/demo/scenarios/control-plane';
import { createKubeClient } from '@/testbed/kube-client';
import { type OpenedWebhook, openWebhook } from '@/testbed/open-webhook';
import { ISTIO_VERSION } from '@/testbed/programs.data';
import { startTestbed } from '@/testbed/start-testbed';
import { openRealInjector, type ReadTexts, readTexts } from './real-injector';
import { type KubeInject, prepareKubeInject } from './run-kube-inject';

/** One: the same pods in every run, so that a difference can be looked at. */
const SEED = 20_261_124;

export const REVISIONS = [DEFAULT_PLANE, MISSION_PLANE].map(revisionOf);

/** One revision of the real cluster: its webhook, and what it goes by. */
export interface RealRevision {
  readonly webhook: OpenedWebhook;
  readonly texts: ReadTexts;
}

export interface EngineLab {
  readonly revisions: ReadonlyMap<string, RealRevision>;
  readonly kubeInject: KubeInject;
  close(): Promise<void>;
}

/** Starts the real cluster with both its istiods: the default one makes native sidecars, the other classic ones. */
export async function openEngineLab(): Promise<EngineLab> {
  const testbed = await startTestbed({ name: 'engine', isFresh: true, withIstio: true });
  const { admin } = testbed.kubeconfigs;
  const client = createKubeClient(admin);
  const revisions = new Map<string, RealRevision>();
  const close = async () => {
    for (const { webhook } of revisions.values()) webhook.close();
    client.close();
    await testbed.stop();
  };
  try {
    for (const revision of REVISIONS) {
      const texts = await readTexts(admin, revision);
      revisions.set(revision, { webhook: await openWebhook(client, injectorName(revision)), texts });
    }
    const program = join(testbed.programsFolder, 'istioctl');
    const texts = textsOf(revisions, revisionOf(DEFAULT_PLANE));
    return {
      revisions,
      kubeInject: await prepareKubeInject(program, join(testbed.folder, 'kube-inject'), admin, texts),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

export function textsOf(revisions: ReadonlyMap<string, RealRevision>, revision: string): ReadTexts {
  const found = revisions.get(revision);
  if (found === undefined) throw new Error(`The lab has no revision ${revision}.`);
  return found.texts;
}

/** The engine for a revision's webhook. */
export function webhookEngine(texts: ReadTexts, revision: string) {
  return openRealInjector(texts, { revision, version: ISTIO_VERSION, engine: 'webhook' });
}

/** The engine for `kube-inject` without a cluster, which knows nothing of istiod's environment. */
export function kubeInjectEngine(texts: ReadTexts, nativeSidecars: boolean) {
  const options = { revision: 'default', version: ISTIO_VERSION, engine: 'kube-inject' } as const;
  return openRealInjector({ ...texts, istiodEnv: {} }, options, nativeSidecars);
}

export function sample<T>(arbitrary: Arbitrary<T>, count: number): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed: SEED });
}

function injectorName(revision: string): string {
  return revision === 'default' ? 'istio-sidecar-injector' : `istio-sidecar-injector-${revision}`;
}
