import { compareWithCluster } from '@/lib/core/injection/confirm/compare-with-cluster';
import type { EngineAnswer } from '@/lib/core/injection/confirm/confirm-types';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import type { WebhookTarget } from '@/lib/core/injection/parse-webhook-configurations';
import { isNativeAt } from '@/lib/core/injection/preview/is-native-at';
import type { Result } from '@/lib/core/result';
import type { Confirmed, ConfirmJob } from './confirm-job';
import type { RevisionSource } from './render-job';

/** Opens an injector that is kept from job to job. */
export type OpenInjector = (source: RevisionSource) => Result<Injector>;

/** Injects a pod as the webhook would, and lays the cluster's answer beside it. */
export function runConfirmJob(job: ConfirmJob, open: OpenInjector): Confirmed {
  const sent: JsonObject = JSON.parse(job.sent);
  const cluster =
    job.cluster.kind === 'accepted' ? ({ kind: 'accepted', pod: JSON.parse(job.cluster.pod) } as const) : job.cluster;
  const { engine, problem } = askEngine(job, sent, open);
  return {
    kind: 'confirmed',
    confirmation: compareWithCluster(sent, engine, cluster),
    ...(problem === undefined ? {} : { problem }),
  };
}

interface Asked {
  readonly engine: EngineAnswer;
  readonly problem?: string;
}

function askEngine({ injector, unreadable, namespace }: ConfirmJob, sent: JsonObject, open: OpenInjector): Asked {
  if (unreadable !== undefined) return { engine: { kind: 'unusable', message: unreadable } };
  if (injector === undefined) return { engine: { kind: 'not-called' } };
  const now = open(injector.source);
  const opened = now.ok || injector.previous === undefined ? now : open(injector.previous);
  if (!opened.ok) return { engine: { kind: 'unusable', message: opened.message } };
  const engine = injectOne(opened.value, sent, namespace, injector.target);
  return { engine, ...(now.ok ? {} : { problem: now.message }) };
}

function injectOne(
  injector: Injector,
  pod: JsonObject,
  namespace: ConfirmJob['namespace'],
  target: WebhookTarget,
): EngineAnswer {
  const { path, isNative } = isNativeAt(injector, target);
  const made = injector.injectPod({
    pod,
    namespace: namespace.name,
    namespaceAnnotations: namespace.annotations,
    path,
    nativeSidecars: isNative,
  });
  switch (made.kind) {
    case 'injected':
      return { kind: 'injected', pod: made.pod };
    case 'refused':
      return { kind: 'refused', reasons: made.reasons };
    case 'skipped':
      return { kind: 'skipped' };
  }
}
