import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { JobWorker } from './job-worker';

const folder = mkdtempSync(join(tmpdir(), 'sidelight-worker-'));
const file = join(folder, 'worker.mjs');
writeFileSync(
  file,
  `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ id, job }) => {
  if (job === 'loop') for (;;);
  if (job === 'fill') { const all = []; for (;;) all.push(new Array(1e6).fill(id)); }
  parentPort.postMessage(job === 'fail' ? { id, failure: 'no' } : { id, result: job.toUpperCase() });
});`,
);
const workers: JobWorker<string, string>[] = [];
const open = () => {
  const worker = new JobWorker<string, string>(file);
  workers.push(worker);
  return worker;
};
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.close())));
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = { timeoutMs: 5_000 };

describe('jobs in a thread', () => {
  it('answers each with its own result', async () => {
    const worker = open();
    expect(await Promise.all(['a', 'b', 'c'].map((job) => worker.run(job, LONG)))).toEqual(['A', 'B', 'C']);
  });

  it('stops a job without end, and goes on with the next', async () => {
    const worker = open();
    const endless = worker.run('loop', { timeoutMs: 300 });
    const next = worker.run('a', LONG);
    await expect(endless).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('0.3 s') });
    expect(await next).toBe('A');
  });

  it('survives a job that eats all memory', { timeout: 30_000 }, async () => {
    const worker = open();
    await expect(worker.run('fill', { timeoutMs: 25_000 })).rejects.toMatchObject({ code: 'invalid' });
    expect(await worker.run('a', LONG)).toBe('A');
  });

  it('lets a waiting and a running job be cancelled', async () => {
    const worker = open();
    const [first, second] = [new AbortController(), new AbortController()];
    const running = worker.run('loop', { ...LONG, signal: first.signal });
    const waiting = worker.run('b', { ...LONG, signal: second.signal });
    second.abort();
    await expect(waiting).rejects.toMatchObject({ message: expect.stringContaining('cancelled') });
    first.abort();
    await expect(running).rejects.toMatchObject({ message: expect.stringContaining('cancelled') });
    expect(await worker.run('c', LONG)).toBe('C');
  });

  it('tells what a job says of its failure', async () => {
    await expect(open().run('fail', LONG)).rejects.toMatchObject({ code: 'internal' });
  });
});
