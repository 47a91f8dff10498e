import { createServer } from 'node:https';
import { createAuthority } from '@/demo/certificates/create-authority';
import { issueServerCertificate } from '@/demo/certificates/issue-server-certificate';
import type { Dashboard } from './dashboard';

const WEBHOOKS = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

export interface JsonPatchStep {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: unknown;
}

/** A webhook that is not Istio's: it changes every new pod that carries a sidecar already, as policies of a company do. */
export async function addSecondWebhook({ cluster }: Dashboard, steps: readonly JsonPatchStep[]) {
  const authority = await createAuthority('second-webhook-ca');
  const certificate = await issueServerCertificate(authority, { dnsNames: ['localhost'] });
  const server = createServer(certificate, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { request: review } = JSON.parse(Buffer.concat(chunks).toString());
    const patch = Buffer.from(JSON.stringify(steps)).toString('base64');
    const answer = { uid: review.uid, allowed: true, patchType: 'JSONPatch', patch };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', response: answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await cluster.apiServer.admission.createWithAdmission(WEBHOOKS, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    // Webhooks are called by the order of their configurations' names, so this one comes after the injectors.
    metadata: { name: 'z-company-policy' },
    webhooks: [
      {
        name: 'policy.company.example',
        clientConfig: {
          url: `https://localhost:${port}/policy`,
          caBundle: Buffer.from(authority.certificatePem).toString('base64'),
        },
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  });
  return {
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
