import { parentPort } from 'node:worker_threads';
import type { JobAnswer } from './job-worker';
import type { RenderJob, RenderResult } from './render-job';
import { runRenderJob } from './run-render-job';

interface Asked {
  readonly id: number;
  readonly job: RenderJob;
}

/** The thread's entry: answers one message after the other. */
function answer({ id, job }: Asked): JobAnswer<RenderResult> {
  try {
    return { id, result: runRenderJob(job) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** What was written out is handed over, not copied. */
function handedOver(given: JobAnswer<RenderResult>): readonly ArrayBuffer[] {
  return 'result' in given && given.result.kind === 'rendered' ? [given.result.json.bytes.buffer] : [];
}

parentPort?.on('message', (asked: Asked) => {
  const given = answer(asked);
  parentPort?.postMessage(given, handedOver(given));
});
