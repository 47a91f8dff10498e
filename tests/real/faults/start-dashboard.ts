import { join } from 'node:path';
import { freePort, HOST } from '@/testbed/addresses';
import { Program } from '@/testbed/program';

/** The built program, as one of the testbed's: should this process crash, the next run ends it too. */
export async function startDashboard(
  folder: string,
  kubeconfig: string,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const program = new Program({
    name: 'dashboard',
    command: process.execPath,
    args: [join(process.cwd(), 'bin', 'sidelight'), 'start', '--kubeconfig', kubeconfig, '--port', String(port)],
    env: { NODE_ENV: 'production' },
    folder,
    isReady: async () => (await fetch(`${url}/readyz`)).ok,
  });
  try {
    await program.start();
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { url, stop: () => program.stop() };
}
