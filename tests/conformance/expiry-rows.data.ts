import { CONFIG_MAPS, createMaps } from './config-map-steps';
import { ABSENT, PRESENT } from './match-value';
import type { Row, Step } from './row';

const query = { labelSelector: 'row' };
/** A page that began at the first version of all, which every compacted cluster has forgotten. */
const OLD_PAGE = Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 1, start: '/b\0' })).toString('base64url');
/** The API server has watched this kind only since it was installed, and remembers nothing from before. */
const SIDECARS = '/apis/networking.istio.io/v1/namespaces/{ns}/sidecars';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

const EXPIRED_LIST = {
  status: 410,
  body: {
    reason: 'Expired',
    code: 410,
    message: 'The resourceVersion for the provided list is too old.',
    metadata: { continue: ABSENT },
  },
};
const EXPIRED_WATCH = {
  type: 'ERROR',
  object: {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason: 'Expired',
    message: /^too old resource version: 1 \(\d+\)$/,
    code: 410,
  },
};
const compact: Step = { compact: true };

/** Rows of this subject run alone. */
export const EXPIRY_ROWS: readonly Row[] = [
  {
    name: 'expiry: a page of a forgotten list gets 410 with a token that goes on in the present state',
    steps: [
      ...createMaps('a', 'b', 'c', 'd', 'e'),
      compact,
      {
        send: { path: CONFIG_MAPS, query: { ...query, limit: 2, continue: OLD_PAGE } },
        expect: {
          status: 410,
          body: {
            reason: 'Expired',
            message:
              /^The provided continue parameter is too old to display a consistent list result\. .*inconsistent list/,
            metadata: { continue: PRESENT },
          },
        },
        save: { next: 'body.metadata.continue' },
      },
      {
        send: { path: CONFIG_MAPS, query: { ...query, limit: 2, continue: '{next}' } },
        expect: { status: 200, body: { items: [{ metadata: { name: 'c' } }, { metadata: { name: 'd' } }] } },
        save: { next: 'body.metadata.continue' },
      },
      {
        send: { path: CONFIG_MAPS, query: { ...query, continue: '{next}' } },
        expect: { status: 200, body: { metadata: { continue: ABSENT }, items: [{ metadata: { name: 'e' } }] } },
      },
    ],
  },
  {
    name: 'expiry: a list of a forgotten version',
    steps: [
      compact,
      {
        send: { path: CONFIG_MAPS, query: { ...query, resourceVersion: 1, resourceVersionMatch: 'Exact' } },
        expect: EXPIRED_LIST,
      },
      { send: { path: CONFIG_MAPS, query: { ...query, resourceVersion: 1, limit: 1 } }, expect: EXPIRED_LIST },
    ],
  },
  {
    name: 'expiry: a watch from a forgotten version tells of it in one event and ends',
    steps: [
      compact,
      {
        watch: { path: SIDECARS, query: { resourceVersion: 1 } },
        until: 'end',
        expect: { events: [EXPIRED_WATCH] },
      },
      {
        watch: { path: SIDECARS, query: { resourceVersion: 1 }, accept: TABLE },
        until: 'end',
        expect: { events: [EXPIRED_WATCH] },
      },
    ],
  },
];
