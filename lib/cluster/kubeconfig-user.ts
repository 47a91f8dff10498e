import 'server-only';
import path from 'node:path';
import { z } from 'zod';
import type { KubeconfigUser } from './kubeconfig-files';

const execSchema = z.looseObject({
  command: z.string(),
  apiVersion: z.string().nullish(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});

export const userSchema = z.object({
  token: z.string().nullish(),
  tokenFile: z.string().nullish(),
  'client-certificate': z.string().nullish(),
  'client-certificate-data': z.string().nullish(),
  'client-key': z.string().nullish(),
  'client-key-data': z.string().nullish(),
  username: z.string().nullish(),
  password: z.string().nullish(),
  exec: execSchema.nullish(),
  'auth-provider': z.looseObject({ name: z.string(), config: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  as: z.string().nullish(),
  'as-uid': z.string().nullish(),
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
});
type RawUser = z.infer<typeof userSchema>;

/** Reshapes a user entry to what client-node expects, with the forms that it would pass over. */
export function toUser(name: string, raw: RawUser, folder: string): KubeconfigUser {
  const certFile = raw['client-certificate'];
  const keyFile = raw['client-key'];
  return {
    name,
    ...(raw['client-certificate-data'] ? { certData: raw['client-certificate-data'] } : {}),
    ...(certFile && !raw['client-certificate-data'] ? { certFile: path.resolve(folder, certFile) } : {}),
    ...(raw['client-key-data'] ? { keyData: raw['client-key-data'] } : {}),
    ...(keyFile && !raw['client-key-data'] ? { keyFile: path.resolve(folder, keyFile) } : {}),
    ...toTokenSource(raw, folder),
    ...(raw.username ? { username: raw.username, password: raw.password ?? '' } : {}),
    ...(raw.exec ? { exec: toExec(raw.exec, folder) } : {}),
    impersonateHeaders: toImpersonateHeaders(raw),
  };
}

// A token file wins over a token, as in client-go, and is read again when it is replaced.
function toTokenSource(raw: RawUser, folder: string): Pick<KubeconfigUser, 'token' | 'authProvider'> {
  if (raw.tokenFile) {
    const config = { tokenFile: path.resolve(folder, raw.tokenFile) };
    return { authProvider: { name: 'tokenFile', config } };
  }
  if (raw.token) return { token: raw.token };
  return raw['auth-provider'] ? { authProvider: raw['auth-provider'] } : {};
}

// Credential plugins read KUBERNETES_EXEC_INFO; client-node does not set it.
function toExec(exec: z.infer<typeof execSchema>, folder: string): Readonly<Record<string, unknown>> {
  const hasFolder = exec.command.includes('/') && !path.isAbsolute(exec.command);
  const apiVersion = exec.apiVersion ?? 'client.authentication.k8s.io/v1';
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } });
  return {
    ...exec,
    command: hasFolder ? path.resolve(folder, exec.command) : exec.command,
    args: exec.args ?? [],
    env: [...(exec.env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: info }],
  };
}

function toImpersonateHeaders(raw: RawUser): Record<string, string | readonly string[]> {
  if (!raw.as) return {};
  const headers: Record<string, string | readonly string[]> = { 'impersonate-user': raw.as };
  if (raw['as-uid']) headers['impersonate-uid'] = raw['as-uid'];
  if (raw['as-groups']?.length) headers['impersonate-group'] = raw['as-groups'];
  for (const [key, values] of Object.entries(raw['as-user-extra'] ?? {})) {
    headers[`impersonate-extra-${encodeURIComponent(key).toLowerCase()}`] = values;
  }
  return headers;
}
