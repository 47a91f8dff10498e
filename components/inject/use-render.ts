'use client';
import { useEffect, useRef, useState } from 'react';
import { postJson } from '@/components/shared/api-client';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { type InjectAnswer, type InjectRequest, injectAnswerSchema } from '@/lib/api/inject';

export type Rendering =
  | { readonly status: 'idle' }
  | { readonly status: 'busy' }
  | { readonly status: 'cancelled' }
  | { readonly status: 'done'; readonly request: InjectRequest; readonly answer: InjectAnswer }
  | { readonly status: 'failed'; readonly request: InjectRequest; readonly error: ApiError };

interface Renderer {
  readonly rendering: Rendering;
  readonly render: (request: InjectRequest) => void;
  readonly cancel: () => void;
}

/** Renders one input at a time: a new one, and leaving the page, end the one before on the server too. */
export function useRender(onEnd: (rendering: Rendering) => void): Renderer {
  const [rendering, setRendering] = useState<Rendering>({ status: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (request: InjectRequest) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setRendering({ status: 'busy' });
    const end = await ask(request, controller.signal);
    if (running.current !== controller) return;
    setRendering(end);
    onEnd(end);
  };
  const cancel = () => {
    running.current?.abort();
    running.current = undefined;
    setRendering({ status: 'cancelled' });
  };
  return { rendering, render: (request) => void start(request), cancel };
}

async function ask(request: InjectRequest, signal: AbortSignal): Promise<Rendering> {
  try {
    const answer = injectAnswerSchema.parse(await postJson('/api/v1/inject', request, signal));
    return { status: 'done', request, answer };
  } catch (error) {
    return { status: 'failed', request, error: toApiError(error) };
  }
}
