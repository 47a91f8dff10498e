'use client';
import useSWR from 'swr';
import { postJson } from '@/components/shared/api-client';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import type { PacketRequestBody } from '@/lib/api/capture';
import { type TraceAnswer, traceAnswerSchema } from '@/lib/api/trace';

interface TraceState {
  readonly answer: TraceAnswer | null;
  readonly error: ApiError | null;
  readonly isBusy: boolean;
}

/** Traces a packet whenever it changes; the answer before it stays until the next one is there. */
export function useTrace(path: string, request: PacketRequestBody | null): TraceState {
  const key = request === null ? null : ([`${path}/trace`, JSON.stringify(request)] as const);
  const { data, error, isLoading } = useSWR<TraceAnswer, unknown>(
    key,
    async () => traceAnswerSchema.parse(await postJson(`${path}/trace`, request)),
    { revalidateOnFocus: false, shouldRetryOnError: false, keepPreviousData: true },
  );
  const failure = key === null || error === undefined ? null : toApiError(error);
  return { answer: key === null || failure !== null ? null : (data ?? null), error: failure, isBusy: isLoading };
}
