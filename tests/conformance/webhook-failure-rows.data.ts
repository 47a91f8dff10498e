import { ABSENT } from './match-value';
import type { Row } from './row';
import { dropMutating, hook, mutating, tryMap } from './webhook-steps';
import { refused } from './write-steps';

const internal = (why: string) =>
  refused(500, 'InternalError', `Internal error occurred: ${why}`, { details: { causes: [{ message: why }] } });

const encoded = (text: string) => `/patch/${Buffer.from(text).toString('base64url')}`;

/** What the webhook at the path, or the whole client configuration, makes of a creation. */
const fails = (
  name: string,
  where: string | Readonly<Record<string, unknown>>,
  why: string,
  isCallFailure = true,
): Row => {
  const entry = typeof where === 'string' ? hook('a', where) : hook('a', '', { clientConfig: where });
  return {
    name: `webhook failure: ${name}`,
    steps: [
      mutating('m', [entry]),
      tryMap(internal(isCallFailure ? `failed calling webhook "a.example.com": ${why}` : why)),
      dropMutating('m'),
    ],
  };
};

const noCall = (why: string) => `failed to call webhook: ${why}`;
const noPost = (url: string, why: string) => noCall(`Post "${url}?timeout=2s": ${why}`);
const UNTRUSTED = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';

export const WEBHOOK_FAILURE_ROWS: readonly Row[] = [
  fails(
    'nobody listens',
    { url: 'https://127.0.0.1:1/x', caBundle: '{webhookCa}' },
    noPost('https://127.0.0.1:1/x', 'dial tcp 127.0.0.1:1: connect: connection refused'),
  ),
  fails('no answer in time', '/silence', noPost('{webhook}/silence', 'context deadline exceeded')),
  fails('the connection is closed', '/hang-up', noPost('{webhook}/hang-up', 'EOF')),
  fails(
    'a certificate of another authority',
    { url: '{webhook}/allow', caBundle: '{otherCa}' },
    noPost('{webhook}/allow', UNTRUSTED),
  ),
  fails('no authority given', { url: '{webhook}/allow' }, noPost('{webhook}/allow', UNTRUSTED)),
  fails(
    'no such service',
    { service: { name: 'nosuch', namespace: '{ns}', path: '/x' }, caBundle: '{webhookCa}' },
    noPost('https://nosuch.{ns}.svc:443/x', 'service "nosuch" not found'),
  ),
  fails(
    'HTTP 500',
    '/http/500/broken',
    noCall('an error on the server ("broken") has prevented the request from succeeding'),
  ),
  fails(
    'HTTP 500 without a word',
    '/http/500',
    noCall('an error on the server ("") has prevented the request from succeeding'),
  ),
  fails('HTTP 404', '/http/404/none', noCall('the server could not find the requested resource')),
  fails('HTTP 503', '/http/503/none', noCall('the server is currently unable to handle the request')),
  fails('HTTP 403', '/http/403/none', noCall('none')),
  fails(
    'an answer that is not JSON',
    '/text/hello',
    noCall(
      `couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    ),
  ),
  fails(
    'an empty answer',
    '/text',
    noCall('0-length response with status code: 200 and content type: application/json'),
  ),
  fails('a review without a response', '/empty', 'received invalid webhook response: webhook response was absent'),
  fails(
    'a review of another version',
    '/version',
    noCall('converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion'),
  ),
  {
    name: 'webhook failure: the answer to another request',
    steps: [
      mutating('m', [hook('a', '/uid')]),
      tryMap(
        refused(
          500,
          'InternalError',
          /^Internal error occurred: failed calling webhook "a\.example\.com": received invalid webhook response: expected response\.uid="[-0-9a-f]{36}", got "another"$/,
        ),
      ),
      dropMutating('m'),
    ],
  },
  fails(
    'a patch that is not JSON',
    encoded('nonsense'),
    "received undecodable patch in webhook response: invalid character 'o' in literal null (expecting 'u')",
  ),
  fails(
    'a patch that is no list',
    encoded('{}'),
    'received undecodable patch in webhook response: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
  ),
  fails(
    'a patch without a type',
    '/untyped',
    'received invalid webhook response: webhook returned response.patch but not response.patchType',
  ),
  fails(
    'a patch of something missing',
    encoded('[{"op":"remove","path":"/data/none"}]'),
    "error in remove for path: '/data/none': Unable to remove nonexistent key: none: missing value",
    false,
  ),
  fails(
    'a patch to what is no object of the kind',
    encoded('[{"op":"replace","path":"/data","value":5}]'),
    'json: cannot unmarshal number into Go struct field ConfigMap.data of type map[string]string',
    false,
  ),
  {
    name: 'webhook failure: ignored where the entry says so',
    steps: [
      mutating('m', [
        hook('a', '/call/first'),
        ...Object.entries({
          b: 'https://127.0.0.1:1/x',
          c: '{webhook}/http/500/broken',
          d: '{webhook}/text/hello',
          e: '{webhook}/uid',
          f: '{webhook}/empty',
        }).map(([name, url]) =>
          hook(name, '', { failurePolicy: 'Ignore', clientConfig: { url, caBundle: '{webhookCa}' } }),
        ),
        hook('g', '/call/last'),
      ]),
      tryMap({
        status: 201,
        headers: { warning: ABSENT },
        body: { metadata: { annotations: { calls: 'first,last' } } },
      }),
      dropMutating('m'),
    ],
  },
  {
    name: 'webhook failure: a bad patch is never ignored',
    steps: [
      mutating('m', [hook('a', encoded('[{"op":"remove","path":"/data/none"}]'), { failurePolicy: 'Ignore' })]),
      tryMap(internal("error in remove for path: '/data/none': Unable to remove nonexistent key: none: missing value")),
      dropMutating('m'),
    ],
  },
];
