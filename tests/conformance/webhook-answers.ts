import { isObject } from './match-value';

type Json = Readonly<Record<string, unknown>>;

/** What goes over the wire; `silence` never answers, `hang-up` closes the connection. */
export type WebhookAnswer =
  | { readonly status?: number; readonly contentType?: string; readonly body: unknown }
  | 'silence'
  | 'hang-up';

interface Asked {
  readonly request: Json;
  readonly args: readonly string[];
}

const review = (request: Json, response: Json): WebhookAnswer => ({
  body: { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: { uid: request.uid, ...response } },
});

const allow = (request: Json, more: Json = {}) => review(request, { allowed: true, ...more });

const patchWith = (request: Json, patch: unknown, more: Json = { patchType: 'JSONPatch' }) => {
  const text = typeof patch === 'string' ? patch : JSON.stringify(patch);
  return allow(request, { patch: Buffer.from(text).toString('base64'), ...more });
};

function placeIn(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = isObject(found) ? found[key] : undefined;
  return found;
}

/** Adds or changes one annotation of the object. */
function annotate(request: Json, name: string, value: string): WebhookAnswer {
  const annotations = placeIn(request, ['object', 'metadata', 'annotations']);
  const path = `/metadata/annotations/${name}`;
  if (isObject(annotations)) return patchWith(request, [{ op: 'add', path, value }]);
  return patchWith(request, [{ op: 'add', path: '/metadata/annotations', value: { [name]: value } }]);
}

/** What the webhook does at `/NAME/ARGUMENT/...`. */
const BEHAVIOURS: Readonly<Record<string, (asked: Asked) => WebhookAnswer>> = {
  allow: ({ request }) => allow(request),
  /** `/call/X` appends X to the annotation `calls`: who was called, in which order. */
  call: ({ request, args: [name = ''] }) => {
    const before = placeIn(request, ['object', 'metadata', 'annotations', 'calls']);
    return annotate(request, 'calls', typeof before === 'string' ? `${before},${name}` : name);
  },
  /** `/annotate/NAME/VALUE` */
  annotate: ({ request, args: [name = '', value = ''] }) => annotate(request, name, value),
  /** `/sidecar` adds a container. */
  sidecar: ({ request }) =>
    patchWith(request, [{ op: 'add', path: '/spec/containers/-', value: { name: 'sidecar', image: 'proxy:1' } }]),
  /** `/see/PLACE` warns with what the request holds there: `/see/object.metadata.name`. */
  see: ({ request, args: [place = ''] }) => {
    const seen = JSON.stringify(placeIn(request, place.split('.'))) ?? 'nothing';
    return allow(request, { warnings: [`${place} is ${seen.replaceAll('"', '')}`] });
  },
  warn: ({ request, args: warnings }) => allow(request, { warnings }),
  /** `/deny/CODE/MESSAGE/REASON`, each of which may be left out. */
  deny: ({ request, args: [code, message, reason] }) => {
    const status = {
      ...(code === undefined ? {} : { code: Number(code) }),
      ...(message === undefined ? {} : { message }),
      ...(reason === undefined ? {} : { reason }),
    };
    return review(request, { allowed: false, ...(Object.keys(status).length === 0 ? {} : { status }) });
  },
  /** `/http/STATUS/BODY` */
  http: ({ args: [status, body = ''] }) => ({ status: Number(status), contentType: 'text/plain', body }),
  /** `/text/BODY` claims that it is JSON. */
  text: ({ args: [body = ''] }) => ({ body }),
  /** `/patch/TEXT` sends the text, which is in base64url, as the patch. */
  patch: ({ request, args: [text = ''] }) => patchWith(request, Buffer.from(text, 'base64url').toString('utf8')),
  untyped: ({ request }) => patchWith(request, [{ op: 'add', path: '/metadata/labels', value: {} }], {}),
  uid: ({ request }) => review({ ...request, uid: 'another' }, { allowed: true }),
  empty: () => ({ body: { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' } }),
  version: ({ request }) => ({
    body: {
      apiVersion: 'admission.k8s.io/v1beta1',
      kind: 'AdmissionReview',
      response: { uid: request.uid, allowed: true },
    },
  }),
  silence: () => 'silence',
  'hang-up': () => 'hang-up',
};

export function answerReview([name = '', ...args]: readonly string[], request: Json): WebhookAnswer {
  const behave = BEHAVIOURS[name];
  return behave === undefined ? { status: 404, body: 'no such behaviour' } : behave({ request, args });
}
