/** Pure. What the checks look at: header values as they came, null where the header is absent. */
export interface RequestFacts {
  readonly method: string;
  readonly host: string | null;
  readonly origin: string | null;
  readonly fetchSite: string | null;
  readonly contentType: string | null;
}

export type RequestRefusal = {
  readonly status: 403 | 415 | 421;
  readonly code: 'host-not-allowed' | 'cross-site-write' | 'json-only';
  readonly message: string;
};

const READS = new Set(['GET', 'HEAD']);
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const HOST = /^(?<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?<port>:\d{1,5})?$/;

/** Reads SIDELIGHT_ALLOWED_HOSTS: names parted by commas or spaces, `name` for any port or `name:port` for one. */
export function parseAllowedHosts(text: string | undefined): readonly string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => HOST.test(entry));
}

function isAllowedHost(host: string | null, allowed: readonly string[]): boolean {
  const parts = HOST.exec((host ?? '').toLowerCase())?.groups;
  const name = parts?.name;
  if (name === undefined) return false;
  return LOOPBACK.test(name) || allowed.includes(name) || allowed.includes(`${name}${parts?.port ?? ''}`);
}

function isOwnOrigin(origin: string | null, host: string | null): boolean {
  if (origin === null || host === null || !URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  return (protocol === 'http:' || protocol === 'https:') && from === host.toLowerCase();
}

/**
 * Decides whether a request may go on, before anything else looks at it.
 *
 * Every request must name a Host that is ours, which stops DNS rebinding. A write must also come from our own page
 * (`Sec-Fetch-Site: same-origin`, or where a client does not send it an Origin equal to the Host) and carry JSON,
 * which no HTML form can send.
 * Output: null to go on, else the refusal. Never throws.
 */
export function checkRequest(request: RequestFacts, allowedHosts: readonly string[]): RequestRefusal | null {
  if (!isAllowedHost(request.host, allowedHosts)) {
    const message = `Host "${request.host ?? ''}" is not served here; start Sidelight with --allowed-host to add it.`;
    return { status: 421, code: 'host-not-allowed', message };
  }
  if (READS.has(request.method.toUpperCase())) return null;

  const { fetchSite } = request;
  const isOwn = fetchSite === null ? isOwnOrigin(request.origin, request.host) : fetchSite === 'same-origin';
  if (!isOwn) {
    const message = 'Writes are taken from this dashboard only: send Sec-Fetch-Site: same-origin or a matching Origin.';
    return { status: 403, code: 'cross-site-write', message };
  }
  if (!/^application\/json\s*(;|$)/i.test(request.contentType ?? '')) {
    return { status: 415, code: 'json-only', message: 'Send the body as application/json.' };
  }
  return null;
}
