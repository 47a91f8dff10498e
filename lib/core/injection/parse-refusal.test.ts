import { describe, expect, it } from 'vitest';
import { parseRefusal, type Refusal, type RefusalCause } from './parse-refusal';
import { say } from './say';

const HOOK = 'namespace.sidecar-injector.istio.io';
const call = (detail: string, webhook = HOOK) =>
  `Error creating: Internal error occurred: failed calling webhook "${webhook}": failed to call webhook: Post "https://istiod.istio-system.svc:443/inject?timeout=10s": ${detail}`;
const denied = (detail: string, webhook = HOOK) => `admission webhook "${webhook}" denied the request: ${detail}`;

describe('parseRefusal', () => {
  it.each<[name: string, message: string, cause: RefusalCause, concerns: Refusal['concernsInjection'], action: string]>(
    [
      [
        'connection refused',
        call('dial tcp 10.0.0.1:443: connect: connection refused'),
        'webhook-connection-refused',
        'yes',
        'repair-control-plane',
      ],
      [
        'no route',
        call('dial tcp 10.0.0.1:443: connect: no route to host'),
        'webhook-connection-refused',
        'yes',
        'repair-control-plane',
      ],
      ['deadline', call('context deadline exceeded'), 'webhook-timeout', 'yes', 'repair-control-plane'],
      [
        'old deadline',
        call('net/http: request canceled (Client.Timeout exceeded while awaiting headers)'),
        'webhook-timeout',
        'yes',
        'repair-control-plane',
      ],
      [
        'certificate',
        call('x509: certificate signed by unknown authority'),
        'webhook-certificate',
        'yes',
        'repair-control-plane',
      ],
      ['no service', call('service "istiod" not found'), 'webhook-no-service', 'yes', 'repair-control-plane'],
      [
        'no port',
        call('no service port 15099 found for service "istiod"'),
        'webhook-no-port',
        'yes',
        'repair-control-plane',
      ],
      [
        'no endpoints',
        call('no endpoints available for service "istiod"'),
        'webhook-no-endpoints',
        'yes',
        'repair-control-plane',
      ],
      [
        '404',
        `failed calling webhook "${HOOK}": failed to call webhook: the server could not find the requested resource`,
        'webhook-not-found',
        'yes',
        'repair-control-plane',
      ],
      ['something else on the way', call('EOF'), 'webhook-failed', 'yes', 'repair-control-plane'],
      [
        'a webhook of somebody else',
        call('connection refused', 'vault.hashicorp.com'),
        'webhook-connection-refused',
        'no',
        'repair-control-plane',
      ],
      [
        'an annotation',
        denied(
          "failed to run injection template: 1 error occurred:\n\t* invalid value 'SIDEWAYS' for annotation 'sidecar.istio.io/interceptionMode': use REDIRECT\n\n",
        ),
        'injector-annotation',
        'yes',
        'fix-annotation',
      ],
      [
        'a template',
        denied('failed to run injection template: requested template "x" not found; have sidecar'),
        'injector-template',
        'yes',
        'fix-template',
      ],
      ['the injector, otherwise', denied('could not parse the pod'), 'injector-denied', 'yes', 'none'],
      ['another webhook', denied('no latest tags', 'policy.example.com'), 'webhook-denied', 'no', 'none'],
      [
        'Pod Security about istio-init',
        'pods "a-" is forbidden: violates PodSecurity "restricted:latest": unrestricted capabilities (container "istio-init" must not include "NET_ADMIN")',
        'pod-security',
        'yes',
        'use-cni',
      ],
      [
        'Pod Security about the app',
        'pods "a-" is forbidden: violates PodSecurity "baseline:latest": privileged (container "app")',
        'pod-security',
        'no',
        'none',
      ],
      [
        'quota',
        'pods "a-b" is forbidden: exceeded quota: q, requested: limits.cpu=2020m, used: limits.cpu=4040m, limited: limits.cpu=6',
        'quota',
        'maybe',
        'raise-quota',
      ],
      [
        'quota that wants requests',
        'pods "a-b" is forbidden: failed quota: q: must specify limits.cpu for: istio-init',
        'quota',
        'maybe',
        'raise-quota',
      ],
      [
        'limit range',
        'pods "a-b" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
        'limit-range',
        'maybe',
        'raise-limit',
      ],
      [
        'service account',
        'pods "a-" is forbidden: error looking up service account shop/a: serviceaccount "a" not found',
        'service-account',
        'no',
        'create-service-account',
      ],
      [
        'two proxies',
        'Pod "a-b" is invalid: spec.initContainers[1].name: Duplicate value: "istio-proxy"',
        'invalid-pod',
        'yes',
        'fix-template',
      ],
      [
        'no container left',
        'Pod "a-b" is invalid: spec.containers: Required value',
        'invalid-pod',
        'yes',
        'fix-template',
      ],
      [
        'invalid for another reason',
        'Pod "a-b" is invalid: spec.volumes[0].name: Required value',
        'invalid-pod',
        'no',
        'fix-template',
      ],
      ['anything else', 'the node is on holiday', 'other', 'no', 'none'],
      ['nothing', '', 'other', 'no', 'none'],
    ],
  )('%s', (_name, message, cause, concernsInjection, action) => {
    const refusal = parseRefusal(message);
    expect(refusal).toMatchObject({ cause, concernsInjection });
    expect(refusal.remedies.map((remedy) => remedy.action)).toEqual([action]);
  });

  it("names the webhook and keeps the message without the controller's prefix", () => {
    const refusal = parseRefusal(call('context deadline exceeded'));
    expect(refusal.webhook).toBe(HOOK);
    expect(refusal.because).toEqual(say('refusal.webhook-timeout', { webhook: HOOK }));
    expect(refusal.message).toMatch(/^failed calling webhook/);
  });

  it('quotes the first finding of the injector', () => {
    const text = denied(
      "failed to run injection template: 2 errors occurred:\n\t* invalid value 'a' for annotation 'x': no\n\t* invalid value 'b' for annotation 'y': no\n\n",
    );
    expect(parseRefusal(text).because).toEqual(
      say('refusal.injector-annotation', { detail: "invalid value 'a' for annotation 'x': no" }),
    );
  });

  it('says when Pod Security is about what the sidecar brings', () => {
    const text = 'pods "a-" is forbidden: violates PodSecurity "restricted:latest": (container "istio-init" …)';
    expect(parseRefusal(text).because).toEqual(
      say('refusal.pod-security-sidecar', {
        detail: 'violates PodSecurity "restricted:latest": (container "istio-init" …)',
      }),
    );
  });

  it('reads what the event recorder combined like the event itself', () => {
    const plain = 'Error creating: pods "web-1" is forbidden: exceeded quota: small, requested: limits.cpu=2';
    expect(parseRefusal(`(combined from similar events): ${plain}`)).toEqual(parseRefusal(plain));
  });

  // Older releases of Kubernetes wrote the verb small.
  it.each(['create', 'Create'])("reads a StatefulSet's event, which starts with %s", (verb) => {
    const text = `${verb} Pod db-0 in StatefulSet db failed error: ${call('context deadline exceeded').replace('Error creating: ', '')}`;
    expect(parseRefusal(text)).toMatchObject({
      cause: 'webhook-timeout',
      message: expect.stringMatching(/^failed calling/),
    });
  });
});
