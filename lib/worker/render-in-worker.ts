import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterError, isClusterError } from '@/lib/cluster/cluster-error';
import { JobWorker } from './job-worker';
import type { RenderJob, RenderResult } from './render-job';

/** What takes longer does not end, unless there is much of it: a workload, of half a KiB, takes 1 ms, on a busy machine 10. */
const LIMIT_MS = 5_000;
const MORE_MS_PER_KIB = 20;
const MOST_MS = 30_000;

function limitOf(job: RenderJob): number {
  const kib = job.kind === 'render' ? job.manifests.length / 1024 : 0;
  return Math.min(LIMIT_MS + kib * MORE_MS_PER_KIB, MOST_MS);
}

declare global {
  // A server build holds several copies of this module; the thread must be one.
  var sidelightRenderer: JobWorker<RenderJob, RenderResult> | undefined;
}

/** The built thread: where `bin/sidelight start` says it is, else below the working directory. */
function workerFile(): string {
  const file =
    process.env.SIDELIGHT_RENDER_WORKER ??
    join(/* turbopackIgnore: true */ process.cwd(), 'dist', 'worker', 'render-worker.js');
  if (existsSync(file)) return file;
  throw new ClusterError('internal', 'The rendering thread is not built: run "npm run build" in Sidelight’s folder.');
}

/**
 * Renders in a thread of its own, one job after the other, so that no manifest and no template can stall the server.
 *
 * Rejects with a ClusterError whose details name the part `rendering`: `timeout` after five seconds (large manifests: up to 30) or when cancelled,
 * `invalid` when memory ran out.
 */
export async function renderInWorker(job: RenderJob, signal?: AbortSignal): Promise<RenderResult> {
  globalThis.sidelightRenderer ??= new JobWorker<RenderJob, RenderResult>(workerFile());
  try {
    const options = { timeoutMs: limitOf(job), ...(signal === undefined ? {} : { signal }) };
    return await globalThis.sidelightRenderer.run(job, options);
  } catch (error) {
    if (!isClusterError(error)) throw error;
    throw new ClusterError(error.code, error.message, { cause: error, details: { part: 'rendering' } });
  }
}
