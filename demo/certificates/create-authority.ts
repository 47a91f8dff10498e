import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate authority that lives as long as the process. */
export interface Authority {
  readonly certificatePem: string;
  readonly certificate: x509.X509Certificate;
  readonly keys: CryptoKeyPair;
}

export const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const ONE_DAY_MS = 86_400_000;
const LIFETIME_DAYS = 365;

x509.cryptoProvider.set(globalThis.crypto);

export function newSerialNumber(): string {
  // A leading 0 bit keeps the number positive.
  return `4${randomBytes(16).toString('hex').slice(1)}`;
}

/** From yesterday, so that clocks that run a little late accept it. */
export function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - ONE_DAY_MS), notAfter: new Date(now + LIFETIME_DAYS * ONE_DAY_MS) };
}

export function generateKeys(): Promise<CryptoKeyPair> {
  return globalThis.crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

/** Makes a self-signed authority with the given common name. */
export async function createAuthority(commonName = 'demo-cluster-ca'): Promise<Authority> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=${commonName}`,
    ...validity(),
    keys,
    signingAlgorithm: KEY_ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, certificatePem: certificate.toString('pem'), keys };
}
