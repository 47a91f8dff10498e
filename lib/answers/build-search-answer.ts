import 'server-only';
import { namespaceHref, podHref, workloadHref } from '@/lib/api/hrefs';
import type { SearchAnswer, SearchQuery } from '@/lib/api/search';
import type { ClusterSession } from '@/lib/cluster/session';
import { modelOf } from './injection-model';

type Item = SearchAnswer['items'][number];
interface Hit extends Item {
  readonly score: number;
}

/** How well a name fits: the whole name, then its beginning, then a word of it, then anywhere; undefined when it does not. */
function score(name: string, wanted: string): number | undefined {
  const at = name.indexOf(wanted);
  if (at < 0) return undefined;
  if (name === wanted) return 0;
  if (at === 0) return 1;
  return name[at - 1] === '-' || name[at - 1] === '.' ? 2 : 3;
}

/** Namespaces, workloads and pods whose name holds the text (`namespace/name` narrows it), best first. */
export async function buildSearchAnswer(session: ClusterSession, { q, limit }: SearchQuery): Promise<SearchAnswer> {
  const model = modelOf(session);
  await model.warm();
  const text = q.trim().toLowerCase();
  const slash = text.indexOf('/');
  const place = slash < 0 ? '' : text.slice(0, slash);
  const wanted = text.slice(slash + 1);
  const hits: Hit[] = [];
  const add = (item: Item, bias: number) => {
    const points = score(item.name, wanted);
    if (points !== undefined) hits.push({ ...item, score: points + bias });
  };
  for (const { name: namespace, workloads } of model.all()) {
    if (place !== '' && !namespace.includes(place)) continue;
    if (slash < 0) add({ kind: 'Namespace', name: namespace, href: namespaceHref(namespace) }, 0);
    for (const { workload, state, pods } of workloads) {
      const { kind, name } = workload;
      if (kind !== 'Pod') add({ kind, namespace, name, href: workloadHref(namespace, kind, name), state }, 0.2);
      for (const { pod, verdict } of pods) {
        add({ kind: 'Pod', namespace, name: pod.name, href: podHref(namespace, pod.name), state: verdict.state }, 0.4);
      }
    }
  }
  hits.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return { items: hits.slice(0, limit).map(({ score: _points, ...item }) => item) };
}
