import 'server-only';
import { type CaptureEvidenceAnswer, captureEvidenceAnswerSchema } from '@/lib/api/capture-evidence';
import { toClusterError } from '@/lib/cluster/cluster-error';
import { readLogs } from '@/lib/cluster/read-logs';
import type { ClusterSession } from '@/lib/cluster/session';
import { buildNftRules } from '@/lib/core/capture/build-nft-rules';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { judgeEvidence } from '@/lib/core/capture/judge-evidence';
import { INIT_CONTAINER } from '@/lib/core/kube/names';
import { readPodFacts } from './read-pod-facts';

/** More than the program prints for the largest rule sets. */
const MOST_LINES = 20_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Holds a pod's computed rules against the log of its init container. A log that cannot be read is told, not an error. */
export async function buildCaptureEvidence(
  session: ClusterSession,
  namespace: string,
  name: string,
): Promise<CaptureEvidenceAnswer> {
  const { pod, clusterDns } = await readPodFacts(session, namespace, name);
  const { families, settings } = buildPodCapture(pod, clusterDns);
  const nothing = { families: [], errors: [] };
  if (families.length === 0) return { kind: 'none', ...nothing };
  if (settings.mechanism !== 'init-container') return { kind: 'computed', because: 'no-init', ...nothing };
  const read = await readInitLog(session, namespace, name);
  if ('message' in read) return { kind: 'computed', because: 'unreadable', message: read.message, ...nothing };
  const evidence = judgeEvidence(
    read.log,
    families.map(({ ruleSet }) => ruleSet),
    settings.config?.nativeNftables === true ? buildNftRules(settings.config) : undefined,
  );
  if (evidence.kind === 'computed') return captureEvidenceAnswerSchema.parse({ ...evidence, families: [] });
  return captureEvidenceAnswerSchema.parse({
    ...evidence,
    families: evidence.families.map(({ dump, ...family }) => ({
      ...family,
      unread: (dump.ruleSet.unread ?? []).map(({ text }) => text),
    })),
  });
}

async function readInitLog(session: ClusterSession, namespace: string, pod: string) {
  const request = { namespace, pod, container: INIT_CONTAINER, tailLines: MOST_LINES, limitBytes: MOST_BYTES };
  try {
    return { log: (await readLogs(session, request)).join('\n') };
  } catch (error) {
    return { message: toClusterError(error).message };
  }
}
