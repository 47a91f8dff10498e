import 'server-only';
import { buildConfirmAnswer, type ConfirmedThing } from '@/lib/answers/build-confirm-answer';
import { type ConfirmAnswer, confirmRequestSchema } from '@/lib/api/confirm';
import { logWrite } from './log-write';
import { parseBody } from './read-request';
import { sessionOf } from './session-of';

/** Tries the next pod of a thing in its cluster, and logs that as the write that it is for the API server. */
export async function logConfirm(request: Request, thing: ConfirmedThing): Promise<ConfirmAnswer> {
  await parseBody(request, confirmRequestSchema);
  const session = await sessionOf(request);
  const entry = {
    who: session.userName,
    cluster: session.contextName,
    action: 'confirm',
    object: `${thing.kind} ${thing.namespace}/${thing.name}`,
    dryRun: true,
  };
  const { answer } = await logWrite(entry, async () => {
    const made = await buildConfirmAnswer(session, thing, request.signal);
    return { before: null, after: { outcome: made.outcome, differences: made.differences.length }, answer: made };
  });
  return answer;
}
