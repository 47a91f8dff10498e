import { type NextRequest, NextResponse } from 'next/server';
import { checkRequest, parseAllowedHosts } from '@/lib/http/check-request';
import { API_POLICY, buildPagePolicy, SECURITY_HEADERS } from '@/lib/http/security-headers';

const ALLOWED_HOSTS = parseAllowedHosts(process.env.SIDELIGHT_ALLOWED_HOSTS);
const isPage = (path: string) => !/^\/(api|_next)\//.test(path);

function withHeaders(response: NextResponse, policy: string | null): NextResponse {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  if (policy !== null) response.headers.set('content-security-policy', policy);
  return response;
}

/** Runs before every path: refuses what must not reach a route, then sets the security headers. */
export function proxy(request: NextRequest): NextResponse {
  const header = (name: string) => request.headers.get(name);
  const refusal = checkRequest(
    {
      method: request.method,
      host: header('host'),
      origin: header('origin'),
      fetchSite: header('sec-fetch-site'),
      contentType: header('content-type'),
    },
    ALLOWED_HOSTS,
  );
  if (refusal !== null) {
    const { status, code, message } = refusal;
    return withHeaders(NextResponse.json({ error: { code, message } }, { status }), API_POLICY);
  }

  const headers = new Headers(request.headers);
  headers.delete('x-nonce');
  headers.delete('content-security-policy');
  const path = request.nextUrl.pathname;
  if (!isPage(path)) {
    return withHeaders(NextResponse.next({ request: { headers } }), path.startsWith('/api/') ? API_POLICY : null);
  }

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = buildPagePolicy(nonce, process.env.NODE_ENV === 'development');
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  return withHeaders(NextResponse.next({ request: { headers } }), policy);
}
