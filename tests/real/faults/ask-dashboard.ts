import { z } from 'zod';

export interface Asked {
  readonly status: number;
  /** Of the error, empty when there is none. */
  readonly code: string;
  readonly message: string;
  readonly tookMs: number;
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Asks the dashboard for something, or for a change as its own page would, and says how it ended and how long it took. */
export async function askDashboard(url: string, path: string, body?: unknown): Promise<Asked> {
  const started = Date.now();
  const response = await fetch(`${url}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    signal: AbortSignal.timeout(90_000),
  });
  const error = errorSchema.safeParse(await response.json()).data?.error;
  const { code = '', message = '' } = error ?? {};
  return { status: response.status, code, message, tookMs: Date.now() - started };
}
