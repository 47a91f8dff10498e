import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestbedError } from './build-programs';

const OWNER_FILE = 'owner';

/** A process as no later one can be: its id and when it started, as /proc tells. */
async function identityOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in brackets may hold spaces; the start time is the 20th field after it.
  const startedAt = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return startedAt === undefined ? undefined : `${pid} ${startedAt}`;
}

/** Makes this process the one that runs the cluster in this folder; fails while another one does. */
export async function takeOwnership(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, OWNER_FILE);
  const owner = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(owner.split(' ')[0]);
  if (owner !== '' && pid !== process.pid && (await identityOf(pid)) === owner) {
    throw new TestbedError(`Process ${pid} runs this cluster already (${folder}). End it first, or use it.`);
  }
  await writeFile(file, (await identityOf(process.pid)) ?? '');
  process.off('disconnect', endWithParent).once('disconnect', endWithParent);
}

// A test runner that crashes leaves its worker behind, which would go on with the cluster, and keep it, for minutes.
function endWithParent(): void {
  process.exit(1);
}

/** Forgets what the cluster in this folder held, but not whose it is. */
export async function emptyFolder(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== OWNER_FILE);
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}
