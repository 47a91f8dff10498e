import 'server-only';
import { injectorSourcesOf } from '@/lib/answers/injector-sources';
import type { UsedInjector } from '@/lib/api/preview';
import { ClusterError, isClusterError } from '@/lib/cluster/cluster-error';
import { readProxyConfigs } from '@/lib/cluster/read-proxy-configs';
import type { ClusterSession } from '@/lib/cluster/session';
import type { NamespaceContext } from '@/lib/core/injection/namespace-context';
import { type PreviewPlace, type PreviewSubject, tell } from '@/lib/core/injection/preview/preview-types';
import type { Phrase } from '@/lib/core/phrase';
import { renderInWorker } from '@/lib/worker/render-in-worker';
import type { PreviewedPod, RevisionSource } from '@/lib/worker/render-job';

/** The injectors that a preview asks, each read once; one that cannot be used is told, not an error. */
export interface PreviewInjectors {
  /** In the order in which they were asked for. */
  readonly used: readonly UsedInjector[];
  /** What cannot be taken into account. */
  readonly notes: readonly Phrase[];
  /** Pods in the order of the subjects, or why none can be rendered. Throws a ClusterError `timeout` for what does not end. */
  render(revision: string, subjects: readonly PreviewSubject[], isDetailed: boolean): Promise<Rendered>;
}

export type Rendered = { readonly pods: readonly PreviewedPod[] } | { readonly problem: Phrase };

interface Opened {
  readonly used: UsedInjector;
  readonly notes: readonly Phrase[];
  readonly source?: RevisionSource;
}

/** Reads the injectors of some revisions and has each render nothing, so that a broken one is known before the first row. */
export async function openPreviewInjectors(
  session: ClusterSession,
  { name, labels = {}, namespace }: NamespaceContext,
  revisions: readonly string[],
  signal: AbortSignal,
): Promise<PreviewInjectors> {
  const place: PreviewPlace = { name, labels, annotations: namespace?.annotations ?? {} };
  const opened = new Map(
    await Promise.all(
      revisions.map(async (revision) => [revision, await open(session, revision, place, signal)] as const),
    ),
  );
  const all = [...opened.values()];
  return {
    used: all.map(({ used }) => used),
    notes: distinct(all.flatMap(({ notes }) => notes)),
    render: async (revision, subjects, isDetailed) => {
      const injector = opened.get(revision);
      if (injector?.source === undefined) return { problem: injector?.used.problem ?? unusable(revision, '') };
      const { source } = injector;
      const previous = injectorSourcesOf(session).previous(source);
      const job = { kind: 'preview', source, ...(previous && { previous }), place, subjects, isDetailed } as const;
      const result = await renderInWorker(job, signal);
      if (result.kind !== 'previewed')
        return { problem: unusable(revision, result.kind === 'faulty' ? result.message : '') };
      refuseEndless(revision, subjects, result.pods);
      return { pods: result.pods };
    },
  };
}

async function open(
  session: ClusterSession,
  revision: string,
  place: PreviewPlace,
  signal: AbortSignal,
): Promise<Opened> {
  const sources = injectorSourcesOf(session);
  const unread = { used: { revision, configMaps: [] }, notes: [] };
  let source: RevisionSource;
  try {
    source = await sources.read(revision, signal);
  } catch (error) {
    if (!isClusterError(error)) throw error;
    return { ...unread, used: { ...unread.used, problem: unusable(revision, error.message) } };
  }
  const { full, notes } = await withProxyConfigs(session, source, place, signal);
  const configMaps = [...(source.configMaps ?? [])];
  const previous = sources.previous(source);
  const job = { kind: 'preview', source: full, ...(previous && { previous }), place, subjects: [] } as const;
  const result = await renderInWorker({ ...job, isDetailed: false }, signal);
  if (result.kind !== 'previewed') {
    const problem = unusable(revision, result.kind === 'faulty' ? result.message : '');
    return { used: { revision, configMaps, problem }, notes: [] };
  }
  const { release, nativeSidecars, problem } = result;
  if (problem === undefined) sources.keep(source);
  return {
    used: {
      revision,
      release,
      nativeSidecars,
      configMaps,
      ...(problem !== undefined && { problem: tell('injector-previous', { revision, detail: problem }) }),
    },
    notes: [...notes, ...(source.kubeletVersions === undefined ? [tell('nodes-unreadable', { revision })] : [])],
    source: full,
  };
}

/** They are layers of the proxy's configuration; without the right to read them the rest is still rendered. */
async function withProxyConfigs(
  session: ClusterSession,
  source: RevisionSource,
  place: PreviewPlace,
  signal: AbortSignal,
): Promise<{ readonly full: RevisionSource; readonly notes: readonly Phrase[] }> {
  const namespaces = [place.name, ...(source.configMaps ?? []).map(({ namespace }) => namespace)];
  try {
    return { full: { ...source, proxyConfigs: await readProxyConfigs(session, namespaces, signal) }, notes: [] };
  } catch (error) {
    if (!isClusterError(error)) throw error;
    return { full: source, notes: [tell('proxy-configs-unreadable', { detail: error.message })] };
  }
}

/** Sidelight's own limits ended the template; istiod has none, so nothing true can be said of the pod. */
function refuseEndless(revision: string, subjects: readonly PreviewSubject[], pods: readonly PreviewedPod[]): void {
  const at = pods.findIndex((pod) => 'forecast' in pod && pod.forecast.endless !== undefined);
  const pod = pods[at];
  const endless = pod !== undefined && 'forecast' in pod ? pod.forecast.endless : undefined;
  if (endless === undefined) return;
  const { template, detail } = endless;
  const subject = `${subjects[at]?.kind ?? ''} "${subjects[at]?.name ?? ''}"`;
  throw new ClusterError(
    'timeout',
    `Template "${template}" of revision "${revision}" does not end for ${subject} and was stopped: ${detail}`,
    { details: { part: 'rendering', template, revision } },
  );
}

function unusable(revision: string, detail: string): Phrase {
  return tell('injector-unusable', { revision, detail });
}

function distinct(phrases: readonly Phrase[]): readonly Phrase[] {
  return [...new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase])).values()];
}
