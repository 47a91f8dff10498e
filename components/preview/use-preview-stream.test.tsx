// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PreviewLine } from '@/lib/api/preview';
import { previewRow, previewTotals, rowLine, startLine } from './example-rows';
import { usePreviewStream } from './use-preview-stream';

/** One request of the browser, answered line by line by the test. */
class Answer {
  readonly path: string;
  readonly signal: AbortSignal | undefined;
  readonly response: Response;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(path: string, init: RequestInit | undefined) {
    this.path = path;
    this.signal = init?.signal ?? undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    this.signal?.addEventListener('abort', () => this.#controller?.error(new DOMException('Aborted', 'AbortError')));
    this.response = new Response(body);
  }

  say(...lines: readonly PreviewLine[]): void {
    for (const line of lines) this.#controller?.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
  }

  end(): void {
    this.#controller?.close();
  }
}

let answers: Answer[] = [];
const last = (): Answer => {
  const answer = answers.at(-1);
  if (answer === undefined) throw new Error('nothing was asked');
  return answer;
};

beforeEach(() => {
  answers = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const answer = new Answer(path, init);
    answers.push(answer);
    return answer.response;
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const watch = (path: string | undefined = '/a') =>
  renderHook(({ at, version }) => usePreviewStream(at, version), { initialProps: { at: path, version: '1' } });

it('gives rows while the stream is still going', async () => {
  const { result } = watch();
  await waitFor(() => expect(answers).toHaveLength(1));
  last().say(startLine(2), rowLine(previewRow('cart'), 1));
  await waitFor(() => expect(result.current.rows.size).toBe(1));
  expect(result.current).toMatchObject({ status: 'streaming', start: { total: 2 }, totals: { rows: 1 } });
  last().say(rowLine(previewRow('till'), 2), { type: 'end', totals: previewTotals(2) });
  last().end();
  await waitFor(() => expect(result.current.status).toBe('done'));
  expect([...result.current.rows.keys()]).toEqual(['Deployment/cart', 'Deployment/till']);
});

it('ends the request when it is stopped, keeps its rows, and goes on by asking again', async () => {
  const { result } = watch();
  await waitFor(() => expect(answers).toHaveLength(1));
  last().say(startLine(2), rowLine(previewRow('cart'), 1));
  await waitFor(() => expect(result.current.rows.size).toBe(1));
  act(() => result.current.stop());
  expect(last().signal?.aborted).toBe(true);
  expect(result.current.status).toBe('stopped');
  expect(result.current.rows.size).toBe(1);

  act(() => result.current.resume());
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(result.current).toMatchObject({ status: 'streaming' });
  expect(result.current.rows.size).toBe(1);
});

it('ends the request when its component goes', async () => {
  const { unmount } = watch();
  await waitFor(() => expect(answers).toHaveLength(1));
  unmount();
  expect(last().signal?.aborted).toBe(true);
});

it('shows nothing of another question, and ends its request', async () => {
  const { result, rerender } = watch();
  await waitFor(() => expect(answers).toHaveLength(1));
  last().say(rowLine(previewRow('cart'), 1));
  await waitFor(() => expect(result.current.rows.size).toBe(1));
  rerender({ at: '/b', version: '1' });
  expect(result.current.rows.size).toBe(0);
  await waitFor(() => expect(answers.map(({ path }) => path)).toEqual(['/a', '/b']));
  expect(answers[0]?.signal?.aborted).toBe(true);
});

it('asks again when the cluster has changed, and keeps its rows meanwhile', async () => {
  const { result, rerender } = watch();
  await waitFor(() => expect(answers).toHaveLength(1));
  last().say(rowLine(previewRow('cart'), 1), { type: 'end', totals: previewTotals(1) });
  last().end();
  await waitFor(() => expect(result.current.status).toBe('done'));
  rerender({ at: '/a', version: '2' });
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(result.current.rows.size).toBe(1);
});

it('fails with the code of a failure line, and of a cut connection', async () => {
  const { result } = watch();
  await waitFor(() => expect(answers).toHaveLength(1));
  last().say(startLine(2), { type: 'failure', error: { code: 'timeout', message: 'Too slow.' } });
  last().end();
  await waitFor(() => expect(result.current.status).toBe('failed'));
  expect(result.current.error).toMatchObject({ code: 'timeout', message: 'Too slow.' });

  act(() => result.current.resume());
  await waitFor(() => expect(answers).toHaveLength(2));
  last().say(startLine(2));
  last().end();
  await waitFor(() => expect(result.current.status).toBe('failed'));
  expect(result.current.error).toMatchObject({ code: 'network' });
});

it('waits while there is nothing to ask', () => {
  renderHook(() => usePreviewStream(undefined, '1'));
  expect(answers).toHaveLength(0);
});
