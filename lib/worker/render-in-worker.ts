import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterError, isClusterError } from '@/lib/cluster/cluster-error';
import { JobWorker } from './job-worker';
import type { RenderJob, RenderResult } from './render-job';

/** Longer than a file of a thousand workloads takes; what takes longer does not end. */
const LIMIT_MS = 5_000;

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
 * Rejects with a ClusterError whose details name the part `rendering`: `timeout` after five seconds or when cancelled,
 * `invalid` when memory ran out.
 */
export async function renderInWorker(job: RenderJob, signal?: AbortSignal): Promise<RenderResult> {
  globalThis.sidelightRenderer ??= new JobWorker<RenderJob, RenderResult>(workerFile());
  try {
    const options = { timeoutMs: LIMIT_MS, ...(signal === undefined ? {} : { signal }) };
    return await globalThis.sidelightRenderer.run(job, options);
  } catch (error) {
    if (!isClusterError(error)) throw error;
    throw new ClusterError(error.code, error.message, { cause: error, details: { part: 'rendering' } });
  }
}
