import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { type Authority, generateKeys, KEY_ALGORITHM, newSerialNumber, validity } from './create-authority';

/** What a `node:https` server needs, in PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface ServerNames {
  /** Beside `localhost` and 127.0.0.1, which are always there; e.g. `istiod.istio-system.svc`. */
  readonly dnsNames?: readonly string[];
}

function toPem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Issues a server certificate for loopback and the given DNS names, signed by the authority. */
export async function issueServerCertificate(
  authority: Authority,
  names: ServerNames = {},
): Promise<ServerCertificate> {
  const keys = await generateKeys();
  const dnsNames = ['localhost', ...(names.dnsNames ?? [])];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: `CN=${names.dnsNames?.[0] ?? 'localhost'}`,
    issuer: authority.certificate.subject,
    ...validity(),
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: KEY_ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
        ...dnsNames.map((value) => ({ type: 'dns' as const, value })),
      ]),
    ],
  });
  const privateKey = await globalThis.crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: toPem('PRIVATE KEY', privateKey) };
}
