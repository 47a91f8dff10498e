import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { decideNativeSidecars } from '@/lib/core/injection/engine/native-sidecars';
import { clusterOf } from '@/lib/core/injection/engine/sidecar-identity';
import type { WebhookTarget } from '@/lib/core/injection/parse-webhook-configurations';

const INJECT_PATH = '/inject';
const OWN_CLUSTER = 'Kubernetes';

/**
 * The path that a webhook's target gives the injector, and whether it then makes native sidecars.
 *
 * An istiod in this cluster knows no nodes of a cluster that is not its own, and decides without them; one outside that
 * is called by URL knows this cluster's.
 * Source: Istio, pkg/kube/inject/webhook.go, inject; DetectNativeSidecar.
 */
export function isNativeAt(
  { input }: Injector,
  target: WebhookTarget,
): { readonly path: string; readonly isNative: boolean } {
  const whole = target.kind === 'service' ? target.path : pathOf(target.url);
  const path = whole.startsWith(INJECT_PATH) ? whole.slice(INJECT_PATH.length) : whole;
  const env = input.istiodEnv ?? {};
  const cluster = clusterOf(input.settings.values, path);
  const isOwn = cluster === '' || cluster === (env.CLUSTER_ID ?? OWN_CLUSTER) || target.kind === 'url';
  if (isOwn) return { path, isNative: input.nativeSidecars };
  const setting = env.ENABLE_NATIVE_SIDECARS;
  return { path, isNative: decideNativeSidecars(setting === undefined ? {} : { setting }, input.release) };
}

function pathOf(url: string): string {
  return /^[a-z]+:\/\/[^/]*(\/[^?#]*)?/i.exec(url)?.[1] ?? '';
}
