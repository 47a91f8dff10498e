import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { ApiServer } from '@/demo/server/start-api-server';

export const CONTEXTS = { admin: 'demo', viewer: 'demo-viewer', team: 'demo-team' } as const;

/**
 * Writes one kubeconfig with a context per demo user, readable by its owner only, and returns its path.
 *
 * The team's context names a namespace, as that of somebody who may read no other would.
 */
export async function writeKubeconfig(
  apiServer: ApiServer,
  dataDir: string | undefined,
  teamNamespace: string,
): Promise<string> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'sidelight-demo-')));
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'kubeconfig');
  const cluster = 'sidelight-demo';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: cluster,
        cluster: {
          server: apiServer.url,
          'certificate-authority-data': Buffer.from(apiServer.ca).toString('base64'),
        },
      },
    ],
    users: apiServer.users.map(({ name, token }) => ({ name: `demo-${name}`, user: { token } })),
    contexts: Object.entries(CONTEXTS).map(([user, name]) => ({
      name,
      context: { cluster, user: `demo-${user}`, ...(name === CONTEXTS.team ? { namespace: teamNamespace } : {}) },
    })),
    'current-context': CONTEXTS.admin,
  };
  await writeFile(path, dump(config), { mode: 0o600 });
  await chmod(path, 0o600);
  return path;
}
