import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createAuthority } from '@/demo/certificates/create-authority';
import { issueServerCertificate } from '@/demo/certificates/issue-server-certificate';

export interface SilentServer {
  readonly url: string;
  /** In PEM: who signed its certificate. */
  readonly authority: string;
  /** How many requests it did not answer. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/** An HTTPS server that takes every request and never says a word. */
export async function startSilentServer(): Promise<SilentServer> {
  const authority = await createAuthority('silence');
  const sockets = new Set<Duplex>();
  let asked = 0;
  const server = createServer(await issueServerCertificate(authority), () => {
    asked += 1;
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/mutate`,
    authority: authority.certificatePem,
    asked: () => asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
