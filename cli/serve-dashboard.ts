import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from './command';

export interface DashboardOptions {
  readonly host: string;
  readonly port: number;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespaces: readonly string[];
  readonly readOnly: boolean;
  readonly allowedHosts: readonly string[];
}

/** Above the bundled command line, dist/cli/main.js. */
function rootFolder(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..');
}

function serverFile(): string {
  const file = join(rootFolder(), '.next', 'standalone', 'server.js');
  if (!existsSync(file)) throw new InputError('the dashboard is not built yet: run "npm run build" in its folder');
  return file;
}

/** Binds the port once to see that it is free, and picks one when 0 was asked for. */
function claimPort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use; choose another with --port' : `cannot be used: ${error.message}`;
      reject(new InputError(`${host}:${port} ${why}`));
    });
    probe.listen(port, host, () => {
      const address = probe.address();
      const claimed = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => resolve(claimed));
    });
  });
}

async function untilReady(address: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${address}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the dashboard did not answer on ${address} within 30 s`);
}

/** Runs the built dashboard in this process and answers its address once it takes requests. */
export async function serveDashboard(options: DashboardOptions): Promise<string> {
  const file = serverFile();
  const port = await claimPort(options.host, options.port);
  const env: Record<string, string | undefined> = {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: options.host,
    PORT: String(port),
    SIDELIGHT_RENDER_WORKER: join(rootFolder(), 'dist', 'worker', 'render-worker.js'),
    SIDELIGHT_KUBECONFIG: options.kubeconfig,
    SIDELIGHT_CONTEXT: options.context,
    SIDELIGHT_NAMESPACES: options.namespaces.length > 0 ? options.namespaces.join(',') : undefined,
    SIDELIGHT_READ_ONLY: options.readOnly ? '1' : undefined,
    SIDELIGHT_ALLOWED_HOSTS: options.allowedHosts.length > 0 ? options.allowedHosts.join(',') : undefined,
  };
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
  const log = console.log;
  console.log = () => {};
  await import(pathToFileURL(file).href);
  const shownHost = options.host.includes(':') ? `[${options.host}]` : options.host;
  const address = `http://${shownHost}:${port}`;
  await untilReady(address);
  console.log = log;
  return address;
}
