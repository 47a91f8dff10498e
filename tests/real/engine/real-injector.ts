import { readInjector } from '@/lib/cluster/read-injector';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession } from '@/lib/cluster/session';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { decideNativeSidecars } from '@/lib/core/injection/engine/native-sidecars';
import { toRelease } from '@/lib/core/injection/engine/release';
import { type InjectionEngine, openInjector } from '@/lib/core/injection/open-injector';

export type ReadTexts = Awaited<ReturnType<typeof readInjector>>;

const NAMESPACE = 'istio-system';

/** A revision's configuration as the cluster holds it. */
export async function readTexts(kubeconfigPath: string, revision: string): Promise<ReadTexts> {
  const session = new ClusterSession(readKubeconfig({ kubeconfigPath }).connect());
  try {
    return await readInjector(session, revision, NAMESPACE);
  } finally {
    await session.close();
  }
}

/** The engine, fed with what the real program goes by; `version` is the program's own, whatever tag its images have. */
export function openRealInjector(
  { config, values, mesh, istiodEnv, kubeletVersions }: ReadTexts,
  {
    revision,
    version,
    engine,
  }: { readonly revision: string; readonly version: string; readonly engine: InjectionEngine },
  nativeSidecars?: boolean,
): Injector {
  const { ENABLE_NATIVE_SIDECARS: setting } = istiodEnv;
  const inputs = { ...(setting === undefined ? {} : { setting }), ...(kubeletVersions && { kubeletVersions }) };
  const opened = openInjector({
    config,
    values,
    mesh,
    istiodEnv,
    revision,
    version,
    engine,
    nativeSidecars: nativeSidecars ?? decideNativeSidecars(inputs, toRelease(version)),
  });
  if (!opened.ok) throw new Error(`The cluster's own injector configuration does not open: ${opened.message}`);
  return opened.value;
}
