import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stretch of network between a client and an API server, that can be cut or go silent. */
export interface TcpGate {
  readonly port: number;
  /** Connections that clients hold open through it, dead ones too. */
  open(): number;
  /** Of those, the ones that were silenced for good. */
  dead(): number;
  /** Breaks every connection; new ones are taken unless `isClosed`. */
  cut(isClosed?: boolean): void;
  /** Lets nothing through any more and says nothing about it, as a network that lost its way. */
  silence(): void;
  /** Takes new connections again. Silenced ones stay dead, as behind a router that forgot them. */
  heal(): void;
  close(): Promise<void>;
}

interface Passage {
  readonly client: Socket;
  readonly server: Socket;
  isDead: boolean;
}

/** Opens a gate to a port of this machine. */
export async function openTcpGate(targetPort: number): Promise<TcpGate> {
  const passages = new Set<Passage>();
  let state: 'open' | 'closed' | 'silent' = 'open';
  const listener = createServer((client) => {
    client.on('error', () => client.destroy());
    if (state === 'closed') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(targetPort, '127.0.0.1');
    const passage: Passage = { client, server, isDead: false };
    passages.add(passage);
    server.on('error', () => server.destroy());
    server.on('close', () => {
      if (!passage.isDead) client.destroy();
    });
    client.on('close', () => {
      passages.delete(passage);
      server.destroy();
    });
    if (state === 'silent') kill(passage);
    else client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const dead = () => [...passages].filter(({ isDead }) => isDead).length;
  return {
    port: (listener.address() as AddressInfo).port,
    open: () => passages.size,
    dead,
    cut: (isClosed = false) => {
      state = isClosed ? 'closed' : 'open';
      for (const { client } of passages) client.resetAndDestroy();
    },
    silence: () => {
      state = 'silent';
      for (const passage of passages) kill(passage);
    },
    heal: () => {
      state = 'open';
    },
    close: async () => {
      for (const { client } of passages) client.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/** The client's end stays open: its bytes are taken and lost. */
function kill(passage: Passage): void {
  const { client, server } = passage;
  passage.isDead = true;
  client.unpipe(server);
  server.unpipe(client);
  server.destroy();
  client.on('data', () => undefined);
  client.resume();
}
