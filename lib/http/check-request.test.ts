import { describe, expect, it } from 'vitest';
import { checkRequest, parseAllowedHosts, type RequestFacts } from './check-request';

const read = (over: Partial<RequestFacts> = {}): RequestFacts => ({
  method: 'GET',
  host: '127.0.0.1:4600',
  origin: null,
  fetchSite: null,
  contentType: null,
  ...over,
});
const write = (over: Partial<RequestFacts> = {}): RequestFacts =>
  read({ method: 'POST', origin: 'http://127.0.0.1:4600', contentType: 'application/json', ...over });

const ALLOWED = parseAllowedHosts('mesh.example.com, admin.example.com:8443 not/a/host');

describe('checkRequest', () => {
  it.each<[name: string, request: RequestFacts, want: string | null]>([
    ['lets a read on 127.0.0.1 pass', read(), null],
    ['lets localhost pass on any port', read({ host: 'localhost:9' }), null],
    ['lets localhost pass without a port', read({ host: 'LocalHost' }), null],
    ['lets the whole loopback net pass', read({ host: '127.8.9.10:80' }), null],
    ['lets IPv6 loopback pass', read({ host: '[::1]:4600' }), null],
    ['refuses a foreign name (DNS rebinding)', read({ host: 'evil.example:4600' }), 'host-not-allowed'],
    ['refuses a name that only starts as ours', read({ host: 'localhost.evil.example' }), 'host-not-allowed'],
    ['refuses a name that only ends as ours', read({ host: 'evil-localhost' }), 'host-not-allowed'],
    ['refuses a name that starts as loopback', read({ host: '127.0.0.1.evil.example' }), 'host-not-allowed'],
    ['refuses the unspecified address', read({ host: '0.0.0.0:4600' }), 'host-not-allowed'],
    ['refuses a request without Host', read({ host: null }), 'host-not-allowed'],
    ['refuses an empty Host', read({ host: '' }), 'host-not-allowed'],
    ['refuses credentials in Host', read({ host: 'localhost@evil.example' }), 'host-not-allowed'],
    ['refuses two hosts in one header', read({ host: 'localhost, evil.example' }), 'host-not-allowed'],
    ['lets an allowed host pass on any port', read({ host: 'mesh.example.com:8080' }), null],
    ['lets an allowed host with a port pass there', read({ host: 'admin.example.com:8443' }), null],
    ['refuses it on another port', read({ host: 'admin.example.com:8444' }), 'host-not-allowed'],
    ['lets HEAD pass as a read', read({ method: 'HEAD' }), null],
    ['checks the Host of a write first', write({ host: 'evil.example' }), 'host-not-allowed'],

    ['lets a write with our Origin pass', write(), null],
    ['lets a write with Sec-Fetch-Site same-origin pass', write({ origin: null, fetchSite: 'same-origin' }), null],
    ['refuses a write that says nothing of its source', write({ origin: null }), 'cross-site-write'],
    ['refuses a write from another site', write({ fetchSite: 'cross-site' }), 'cross-site-write'],
    ['refuses a write from the same site but another origin', write({ fetchSite: 'same-site' }), 'cross-site-write'],
    ['refuses another port as Origin', write({ origin: 'http://127.0.0.1:4601' }), 'cross-site-write'],
    ['refuses another loopback name as Origin', write({ origin: 'http://localhost:4600' }), 'cross-site-write'],
    ['refuses the opaque Origin', write({ origin: 'null' }), 'cross-site-write'],
    ['refuses an Origin of another scheme', write({ origin: 'ftp://127.0.0.1:4600' }), 'cross-site-write'],
    ['takes https in front of us as the same origin', write({ host: 'localhost', origin: 'https://localhost' }), null],
    ['checks OPTIONS as a write', read({ method: 'OPTIONS' }), 'cross-site-write'],
    ['checks DELETE as a write', read({ method: 'DELETE', fetchSite: 'same-origin' }), 'json-only'],

    ['takes JSON with a charset', write({ contentType: 'Application/JSON; charset=utf-8' }), null],
    ['refuses a form', write({ contentType: 'application/x-www-form-urlencoded' }), 'json-only'],
    ['refuses plain text, which a form can send', write({ contentType: 'text/plain' }), 'json-only'],
    ['refuses a type that only starts as JSON', write({ contentType: 'application/jsonp' }), 'json-only'],
    ['refuses a write without a type', write({ contentType: null }), 'json-only'],
  ])('%s', (_name, request, want) => {
    expect(checkRequest(request, ALLOWED)?.code ?? null).toBe(want);
  });

  it('answers with the status of each refusal', () => {
    expect(checkRequest(read({ host: 'x' }), ALLOWED)?.status).toBe(421);
    expect(checkRequest(write({ fetchSite: 'none' }), ALLOWED)?.status).toBe(403);
    expect(checkRequest(write({ contentType: 'text/plain' }), ALLOWED)?.status).toBe(415);
  });
});
