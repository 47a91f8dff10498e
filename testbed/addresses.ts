import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';

const PORT_NAMES = ['etcd', 'etcdPeer', 'apiServer', 'controllerManager', 'scheduler', 'kwok'] as const;
const addressesSchema = z.object({
  ports: z.record(z.enum(PORT_NAMES), z.number()),
  /** Second number of the Service range 127.N.0.0/16. */
  serviceRange: z.number(),
});

/** Where the programs of one cluster listen, all on loopback. */
export type Addresses = z.infer<typeof addressesSchema>;

export const HOST = '127.0.0.1';

/** A port that was free a moment ago. */
export function freePort(host = HOST): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Whether a process of this user may listen there. */
export function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/**
 * The addresses of the cluster in this folder, the same at each start as long as nobody else took them.
 *
 * The Service range is loopback: so a process can listen on a Service's address, and whatever a webhook
 * configuration makes the API server dial stays on this machine.
 */
export async function readAddresses(folder: string): Promise<Addresses> {
  const file = join(folder, 'addresses.json');
  const known = existsSync(file) ? addressesSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data : undefined;
  const ports = known?.ports ?? {
    etcd: await freePort(),
    etcdPeer: await freePort(),
    apiServer: await freePort(),
    controllerManager: await freePort(),
    scheduler: await freePort(),
    kwok: await freePort(),
  };
  for (const name of PORT_NAMES) if (!(await canListen(HOST, ports[name]))) ports[name] = await freePort();
  const addresses = { ports, serviceRange: known?.serviceRange ?? randomInt(64, 192) };
  await writeFile(file, JSON.stringify(addresses));
  return addresses;
}
