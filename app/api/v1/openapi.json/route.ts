import { buildOpenApi } from '@/lib/api/build-openapi';
import { respond } from '@/lib/http/respond';
import { version } from '@/package.json';

export const dynamic = 'force-dynamic';

/** GET: this API as an OpenAPI 3.1 document. */
export function GET(request: Request): Promise<Response> {
  return respond(request, 'openapi', () => buildOpenApi(version));
}
