'use client';
import { useEffect, useRef, useState } from 'react';
import { postJson } from '@/components/shared/api-client';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { type ConfirmAnswer, confirmAnswerSchema } from '@/lib/api/confirm';

export type Confirming =
  | { readonly status: 'idle' }
  | { readonly status: 'busy' }
  | { readonly status: 'done'; readonly answer: ConfirmAnswer }
  | { readonly status: 'failed'; readonly error: ApiError };

/** Has the cluster try a pod; leaving the page ends the question. */
export function useConfirm(path: string, onEnd: (end: Confirming) => void) {
  const [confirming, setConfirming] = useState<Confirming>({ status: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const ask = async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setConfirming({ status: 'busy' });
    const end = await confirm(path, controller.signal);
    if (controller.signal.aborted) return;
    setConfirming(end);
    onEnd(end);
  };
  return { confirming, ask: () => void ask() };
}

async function confirm(path: string, signal: AbortSignal): Promise<Confirming> {
  try {
    return { status: 'done', answer: confirmAnswerSchema.parse(await postJson(path, {}, signal)) };
  } catch (error) {
    return { status: 'failed', error: toApiError(error) };
  }
}
