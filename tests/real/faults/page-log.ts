import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { answerMetaSchema } from '@/lib/api/answer-parts';

const stateSchema = answerMetaSchema.pick({ status: true, staleSince: true, problem: true });
export type PageState = z.infer<typeof stateSchema>;

const POLL_MS = 250;
const LONGEST_ANSWER_MS = 12_000;
const answerSchema = z.object({ meta: answerMetaSchema });

interface Told {
  readonly at: number;
  readonly state: PageState;
}

/** What the dashboard says of itself all the time: by its event stream, and in the answers of its API. */
export class PageLog {
  readonly #url: string;
  readonly #ending = new AbortController();
  readonly #ended: Promise<unknown>;
  readonly events: Told[] = [];
  readonly answers: Told[] = [];
  /** Requests that were not answered in time, or with something else than an answer. */
  readonly failures: string[] = [];
  slowestMs = 0;

  constructor(url: string) {
    this.#url = url;
    this.#ended = Promise.all([this.#readEvents(), this.#poll()]);
  }

  /** Forgets what was told so far. */
  clear(): void {
    this.events.length = 0;
    this.answers.length = 0;
    this.failures.length = 0;
    this.slowestMs = 0;
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#ended;
  }

  async #readEvents(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await this.#readStream().catch((error) => {
        if (!signal.aborted) this.failures.push(`event stream: ${error}`);
      });
      await pause(POLL_MS);
    }
  }

  async #readStream(): Promise<void> {
    const { body } = await fetch(`${this.#url}/api/v1/events`, { signal: this.#ending.signal });
    if (body === null) return;
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const [, data] = /^event: state\ndata: (.*)$/m.exec(block) ?? [];
    if (data !== undefined) note(this.events, stateSchema.parse(JSON.parse(data)));
  }

  async #poll(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const started = Date.now();
      const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ANSWER_MS)]);
      await fetch(`${this.#url}/api/v1/namespaces?limit=1`, { signal: limit })
        .then(async (response) => {
          const { meta } = answerSchema.parse(await response.json());
          note(this.answers, stateSchema.parse(meta));
        })
        .catch((error) => {
          if (!signal.aborted) this.failures.push(`GET namespaces: ${error}`);
        });
      this.slowestMs = Math.max(this.slowestMs, Date.now() - started);
      await pause(POLL_MS);
    }
  }
}

/** Keeps what was told when it is something else than before. */
function note(told: Told[], state: PageState): void {
  if (JSON.stringify(told.at(-1)?.state) !== JSON.stringify(state)) told.push({ at: Date.now(), state });
}
