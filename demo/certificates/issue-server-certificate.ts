import type { Authority } from './create-authority';
import { type IssuedCertificate, issueCertificate } from './issue-certificate';

/** What a `node:https` server needs, in PEM. */
export type ServerCertificate = IssuedCertificate;

export interface ServerNames {
  /** Beside `localhost` and 127.0.0.1, which are always there; e.g. `istiod.istio-system.svc`. */
  readonly dnsNames?: readonly string[];
}

/** Issues a server certificate for loopback and the given DNS names, signed by the authority. */
export function issueServerCertificate(authority: Authority, names: ServerNames = {}): Promise<ServerCertificate> {
  return issueCertificate(authority, {
    commonName: names.dnsNames?.[0] ?? 'localhost',
    dnsNames: ['localhost', ...(names.dnsNames ?? [])],
    ipAddresses: ['127.0.0.1', '::1'],
    usages: ['server'],
  });
}
