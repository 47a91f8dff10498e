import { buildInjectAnswer } from '@/lib/answers/build-inject-answer';
import { injectRequestSchema, MOST_MANIFEST_BYTES } from '@/lib/api/inject';
import { BadRequest } from '@/lib/http/bad-request';
import { parseBody } from '@/lib/http/read-request';
import { respond } from '@/lib/http/respond';
import { sessionOf } from '@/lib/http/session-of';

export const dynamic = 'force-dynamic';

/** JSON writes line ends and quotes in two characters, and a ConfigMap may come along. */
const MOST_BODY_BYTES = 2 * MOST_MANIFEST_BYTES;

/**
 * POST: what injection makes of manifests. It changes nothing, so `--read-only` allows it, and what was sent is not logged.
 * 400 a field is wrong, 413 too large, 422 the injector's configuration cannot be used, 504 it took too long.
 */
export function POST(request: Request): Promise<Response> {
  return respond(request, 'inject', async () => {
    const body = await parseBody(request, injectRequestSchema, MOST_BODY_BYTES);
    if (Buffer.byteLength(body.manifests) > MOST_MANIFEST_BYTES) {
      throw new BadRequest('The manifests are larger than 10 MiB; give them in parts.', 'too-large', 413);
    }
    if (body.manifests.trim() === '') throw new BadRequest('Field "manifests": there is nothing in it to inject.');
    return buildInjectAnswer(await sessionOf(request), body, request.signal);
  });
}
