import 'server-only';
import { namespaceHref, podHref, workloadHref } from '@/lib/api/hrefs';
import type { SearchAnswer, SearchQuery } from '@/lib/api/search';
import type { ClusterSession } from '@/lib/cluster/session';
import { modelOf } from './injection-model';

type Item = SearchAnswer['items'][number];
interface Hit {
  readonly score: number;
  readonly item: Item;
}

/** The best so many of what is offered, best first; of equals the one that came first. */
class BestHits {
  readonly #limit: number;
  readonly #hits: Hit[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Almost all of 10,000 are turned away by this one comparison. */
  isWanted(score: number, name: string): boolean {
    const last = this.#hits[this.#limit - 1];
    return last === undefined || isBetter(score, name, last);
  }

  add(hit: Hit): void {
    const at = this.#hits.findIndex((known) => isBetter(hit.score, hit.item.name, known));
    this.#hits.splice(at < 0 ? this.#hits.length : at, 0, hit);
    if (this.#hits.length > this.#limit) this.#hits.pop();
  }

  items(): Item[] {
    return this.#hits.map(({ item }) => item);
  }
}

function isBetter(score: number, name: string, than: Hit): boolean {
  return score < than.score || (score === than.score && name < than.item.name);
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
  const best = new BestHits(limit);
  /** How well a name fits, if it belongs among the best so far. */
  const weigh = (name: string, bias: number): number | undefined => {
    const points = score(name, wanted);
    return points !== undefined && best.isWanted(points + bias, name) ? points + bias : undefined;
  };
  for (const { name: namespace, workloads } of model.all()) {
    if (place !== '' && !namespace.includes(place)) continue;
    const ofNamespace = slash < 0 ? weigh(namespace, 0) : undefined;
    if (ofNamespace !== undefined) {
      best.add({ score: ofNamespace, item: { kind: 'Namespace', name: namespace, href: namespaceHref(namespace) } });
    }
    for (const { workload, state, pods } of workloads) {
      const { kind, name } = workload;
      const ofWorkload = kind === 'Pod' ? undefined : weigh(name, 0.2);
      if (ofWorkload !== undefined) {
        best.add({
          score: ofWorkload,
          item: { kind, namespace, name, href: workloadHref(namespace, kind, name), state },
        });
      }
      for (const { pod, verdict } of pods) {
        const ofPod = weigh(pod.name, 0.4);
        if (ofPod === undefined) continue;
        const href = podHref(namespace, pod.name);
        best.add({ score: ofPod, item: { kind: 'Pod', namespace, name: pod.name, href, state: verdict.state } });
      }
    }
  }
  return { items: best.items() };
}
