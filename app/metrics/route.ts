import { renderMetrics } from '@/lib/http/metrics';

export const dynamic = 'force-dynamic';

/** GET: the server's own metrics in Prometheus' text format. */
export async function GET(): Promise<Response> {
  const { contentType, text } = await renderMetrics();
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } });
}
