import type { ElkGraph } from '@/lib/core/graph/elk-graph';
import { fromElkGraph, toElkGraph } from '@/lib/core/graph/elk-graph';
import type { MeshGraph } from '@/lib/core/graph/graph-types';
import { keepLayout } from '@/lib/core/graph/keep-layout';
import { EMPTY_LAYOUT, type GraphLayout } from '@/lib/core/graph/layout-types';

type Engine = { readonly layout: (question: ElkGraph) => Promise<ElkGraph> };

let engine: Promise<Engine> | undefined;

async function startEngine(): Promise<Engine> {
  const { default: Elk } = await import('elkjs/lib/elk-api.js');
  const elk = new Elk({
    workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url)),
  });
  return { layout: (question) => elk.layout(question) };
}

/** Arranges a graph anew, in a worker. Where the worker cannot run, nodes stand in columns. */
export async function arrangeGraph(graph: MeshGraph): Promise<GraphLayout> {
  engine ??= startEngine();
  try {
    const answer = await (await engine).layout(toElkGraph(graph));
    return fromElkGraph(answer);
  } catch (error) {
    console.error('Layout engine failed, falling back to columns', error);
    return keepLayout(graph, EMPTY_LAYOUT);
  }
}
