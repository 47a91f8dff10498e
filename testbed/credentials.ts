import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { type Authority, createAuthority } from '@/demo/certificates/create-authority';
import { issueCertificate, privateKeyPem } from '@/demo/certificates/issue-certificate';
import { type Addresses, HOST } from './addresses';

/** Who the programs and the users are: common name, groups, and the namespace of the context. */
const USERS = {
  admin: { commonName: 'admin', organizations: ['system:masters'], context: 'testbed' },
  viewer: { commonName: 'viewer', organizations: [], context: 'testbed-viewer' },
  team: { commonName: 'team', organizations: [], context: 'testbed-team' },
  'kube-controller-manager': { commonName: 'system:kube-controller-manager', organizations: [], context: 'testbed' },
  'kube-scheduler': { commonName: 'system:kube-scheduler', organizations: [], context: 'testbed' },
  kwok: { commonName: 'kwok', organizations: ['system:masters'], context: 'testbed' },
} as const;

export type UserName = keyof typeof USERS;

/** Files of the keys, certificates and kubeconfigs in a cluster's folder. */
export interface CredentialFiles {
  readonly ca: string;
  readonly caKey: string;
  readonly cert: (name: 'apiserver' | 'etcd' | 'etcd-client' | 'kwok-server') => {
    readonly cert: string;
    readonly key: string;
  };
  /** Signs and checks the tokens of service accounts; kept as long as the cluster's data. */
  readonly serviceAccountKey: string;
  readonly kubeconfig: (user: UserName) => string;
  /** Of etcd's HTTP gateway, whose JSON our client of the API server can send as well. */
  readonly etcdKubeconfig: string;
}

export function credentialFiles(folder: string): CredentialFiles {
  const at = (name: string) => join(folder, 'credentials', name);
  return {
    ca: at('ca.crt'),
    caKey: at('ca.key'),
    cert: (name) => ({ cert: at(`${name}.crt`), key: at(`${name}.key`) }),
    serviceAccountKey: at('service-accounts.key'),
    kubeconfig: (user) => join(folder, `${user}.kubeconfig`),
    etcdKubeconfig: at('etcd.kubeconfig'),
  };
}

/**
 * Makes an authority, and with it every certificate and kubeconfig of a cluster anew.
 *
 * Certificates live as long as the run; only the key of the service accounts is kept, since their tokens are.
 */
export async function writeCredentials(folder: string, addresses: Addresses): Promise<void> {
  const files = credentialFiles(folder);
  await mkdir(join(folder, 'credentials'), { recursive: true, mode: 0o700 });
  const authority = await createAuthority('testbed-ca');
  await writeFile(files.ca, authority.certificatePem);
  await writeSecret(files.caKey, await privateKeyPem(authority.keys.privateKey));
  await writeServers(authority, files, addresses);
  const apiServer = `https://${HOST}:${addresses.ports.apiServer}`;
  for (const [user, { commonName, organizations, context }] of Object.entries(USERS)) {
    const issued = await issueCertificate(authority, { commonName, organizations, usages: ['client'] });
    const path = join(folder, `${user}.kubeconfig`);
    await writeSecret(
      path,
      kubeconfigText({ server: apiServer, ca: authority.certificatePem, user, context, ...issued }),
    );
  }
  if (existsSync(files.serviceAccountKey)) return;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeSecret(files.serviceAccountKey, privateKey);
}

async function writeServers(authority: Authority, files: CredentialFiles, addresses: Addresses): Promise<void> {
  const loopback = { ipAddresses: [HOST, `127.${addresses.serviceRange}.0.1`], dnsNames: ['localhost'] };
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const write = async (name: Parameters<CredentialFiles['cert']>[0], usages: readonly ('server' | 'client')[]) => {
    const dnsNames = name === 'apiserver' ? [...loopback.dnsNames, ...service] : loopback.dnsNames;
    const issued = await issueCertificate(authority, { commonName: name, ...loopback, dnsNames, usages });
    await writeFile(files.cert(name).cert, issued.cert);
    await writeSecret(files.cert(name).key, issued.key);
    return issued;
  };
  await write('apiserver', ['server']);
  await write('kwok-server', ['server']);
  // etcd's HTTP gateway is a client of etcd with the server's own certificate.
  await write('etcd', ['server', 'client']);
  const client = await write('etcd-client', ['client']);
  const server = `https://${HOST}:${addresses.ports.etcd}`;
  const text = kubeconfigText({ server, ca: authority.certificatePem, user: 'etcd', context: 'etcd', ...client });
  await writeSecret(files.etcdKubeconfig, text);
}

interface KubeconfigFacts {
  readonly server: string;
  readonly ca: string;
  readonly user: string;
  readonly context: string;
  readonly cert: string;
  readonly key: string;
}

function kubeconfigText({ server, ca, user, context, cert, key }: KubeconfigFacts): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: 'testbed', cluster: { server, 'certificate-authority-data': base64(ca) } }],
    users: [{ name: user, user: { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) } }],
    contexts: [{ name: context, context: { cluster: 'testbed', user } }],
  });
}

async function writeSecret(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
}
