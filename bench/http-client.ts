import { Agent, type IncomingMessage, request } from 'node:http';
import { type Sample, timed, toSample } from './sample';

/** A client with one kept connection, as a browser tab has; node:http, since fetch costs as much as the answer. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async get(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${this.#origin}${path}`, { agent: this.#agent }, resolve).on('error', reject).end();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Asks one path again and again from several clients at once. */
export async function loadTest(
  origin: string,
  path: string,
  clientCount: number,
  requestCount: number,
): Promise<Sample> {
  const times: number[] = [];
  const run = async () => {
    const client = new HttpClient(origin);
    for (let warmUp = 0; warmUp < 10; warmUp += 1) await client.get(path);
    for (let index = 0; index < requestCount; index += 1) {
      times.push(
        await timed(async () => {
          const { status } = await client.get(path);
          if (status !== 200) throw new Error(`${path} answered ${status}`);
        }),
      );
    }
    client.close();
  };
  await Promise.all(Array.from({ length: clientCount }, run));
  return toSample(times);
}
