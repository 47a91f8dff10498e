import { vi } from 'vitest';

/** Runs what writes to the terminal, for tests: its exit code and what it wrote. */
export async function captureOutput(work: () => Promise<number>) {
  let [out, err] = ['', ''];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += String(text);
      return true;
    }),
  ];
  try {
    const code = await work();
    return { code, out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
