import { spawn } from 'node:child_process';
import { z } from 'zod';
import type { InformerFacts } from './informer-client';
import { readCpuSeconds, readMemory } from './server-facts';

export interface InformerSync extends InformerFacts {
  readonly syncedAfterStartMs: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const factsSchema = z.object({ objects: z.number(), longestStallMs: z.number() });

/** Starts the informer client, waits for its lists and watches, and ends it. */
export async function measureInformers(args: readonly string[]): Promise<InformerSync> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    const line = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('\n')) resolve(output);
      });
      child.once('exit', (code) => reject(new Error(`the informer client ended with ${code}`)));
    });
    const syncedAfterStartMs = performance.now() - startedAt;
    const pid = child.pid ?? 0;
    const facts = factsSchema.parse(JSON.parse(line));
    return { ...facts, syncedAfterStartMs, cpuSeconds: readCpuSeconds(pid), peakMb: readMemory(pid).peakMb };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
