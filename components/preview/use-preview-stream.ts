'use client';
import { useEffect, useState } from 'react';
import { ApiError, toApiError } from '@/components/shared/api-error';
import { streamJson } from '@/components/shared/stream-json';
import { type PreviewLine, previewLineSchema } from '@/lib/api/preview';
import { again, NOTHING_YET, type PreviewProgress, takeLines } from './preview-progress';

/** Lines that arrive closer to each other are drawn at once. */
const DRAW_MS = 80;

type StreamStatus = 'streaming' | 'done' | 'stopped' | 'failed';

export interface PreviewStream extends PreviewProgress {
  readonly status: StreamStatus;
  readonly error?: ApiError;
  /** Ends the request, and with it the rendering. */
  readonly stop: () => void;
  readonly resume: () => void;
}

interface Run {
  readonly path: string;
  readonly status: StreamStatus;
  readonly progress: PreviewProgress;
  readonly error?: ApiError;
}

/**
 * Reads the previews of a namespace while the component stands; leaving, another `path` and `stop` end the request.
 *
 * Without a `path` it waits. `version` names the state of the cluster that the person looks at: when it changes, the
 * stream begins again and keeps its rows meanwhile.
 */
export function usePreviewStream(path: string | undefined, version: string): PreviewStream {
  const [run, setRun] = useState<Run>();
  const [attempt, setAttempt] = useState(0);
  const [isStopped, setIsStopped] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` and `attempt` stand for asking anew.
  useEffect(() => {
    if (isStopped || path === undefined) return;
    const controller = new AbortController();
    void follow(path, controller.signal, (change) =>
      setRun((before) => change(before?.path === path ? before : { path, status: 'streaming', progress: NOTHING_YET })),
    );
    return () => controller.abort();
  }, [path, version, attempt, isStopped]);

  const { status, progress, error }: Pick<Run, 'status' | 'progress' | 'error'> =
    run !== undefined && run.path === path ? run : { status: 'streaming', progress: NOTHING_YET };
  return {
    ...progress,
    status: isStopped ? 'stopped' : status,
    ...(error === undefined ? {} : { error }),
    stop: () => setIsStopped(true),
    resume: () => {
      setIsStopped(false);
      setAttempt(attempt + 1);
    },
  };
}

type Change = (before: Run) => Run;

async function follow(path: string, signal: AbortSignal, onChange: (change: Change) => void): Promise<void> {
  const tell = (change: Change) => {
    if (!signal.aborted) onChange(change);
  };
  tell((before) => ({ path, status: 'streaming', progress: again(before.progress) }));
  const waiting: PreviewLine[] = [];
  const draw = () => {
    const lines = waiting.splice(0);
    tell((before) => ({ ...before, progress: takeLines(before.progress, lines) }));
  };
  const timer = setInterval(() => waiting.length > 0 && draw(), DRAW_MS);
  try {
    for await (const value of streamJson(path, signal)) waiting.push(previewLineSchema.parse(value));
    draw();
    tell(end);
  } catch (error) {
    draw();
    tell((before) => ({ ...before, status: 'failed', error: toApiError(error) }));
  } finally {
    clearInterval(timer);
  }
}

function end(before: Run): Run {
  const { ended } = before.progress;
  if (ended === 'whole') return { ...before, status: 'done' };
  const error =
    ended === undefined
      ? new ApiError('network', 'The preview ended before its last row.')
      : new ApiError(ended.code, ended.message);
  return { ...before, status: 'failed', error };
}
