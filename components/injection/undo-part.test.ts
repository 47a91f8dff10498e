import { afterEach, describe, expect, it, vi } from 'vitest';
import { partOfNamespace, partOfWorkload, type UndoOutcome, undoPart } from './undo-part';

const NAMESPACE = partOfNamespace({
  namespace: 'shop',
  before: {},
  after: { 'istio-injection': 'enabled' },
  resourceVersion: '5',
  kubectl: '',
  dryRun: false,
  undo: { action: 'unset' },
});
const WORKLOAD = partOfWorkload({
  kind: 'Deployment',
  namespace: 'shop',
  name: 'cart',
  before: null,
  after: 'true',
  resourceVersion: '5',
  fingerprint: 'print',
  generation: 2,
  kubectl: '',
  dryRun: false,
  undo: { action: 'unset' },
});

/** Answers as the API would, one after the other, and keeps what was asked. */
function answering(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const asked: unknown[] = [];
  const rest = [...answers];
  vi.stubGlobal('document', { cookie: '' });
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body));
    const [status, answer] = rest.shift() ?? [500, {}];
    return new Response(JSON.stringify(answer), { status });
  });
  return asked;
}
afterEach(() => vi.unstubAllGlobals());

const conflict = (current: object) =>
  [409, { error: { code: 'conflict', message: 'changed', details: { current } } }] as const;
const undone = { namespace: 'shop', before: {}, after: {}, resourceVersion: '9', kubectl: '', dryRun: false };

describe('undoPart', () => {
  it('writes what stood there before', async () => {
    const asked = answering([200, undone]);
    expect(await undoPart(NAMESPACE)).toEqual({ kind: 'undone', now: '' });
    expect(asked).toEqual([{ action: 'unset', resourceVersion: '5' }]);
  });

  it('tries again where the namespace moved on and its labels did not', async () => {
    const current = { resourceVersion: '8', labels: { 'istio-injection': 'enabled', team: 'space' } };
    const asked = answering(conflict(current), [200, undone]);
    expect(await undoPart(NAMESPACE)).toEqual({ kind: 'undone', now: '' });
    expect(asked.at(-1)).toEqual({ action: 'unset', resourceVersion: '8' });
  });

  it('gives up where somebody set another label, and says which', async () => {
    const asked = answering(conflict({ resourceVersion: '8', labels: { 'istio.io/rev': 'canary' } }));
    expect(await undoPart(NAMESPACE)).toEqual({ kind: 'changed', now: 'istio.io/rev=canary' });
    expect(asked).toHaveLength(1);
  });

  it('names the template that it means, and gives up where it was edited', async () => {
    const asked = answering(conflict({ resourceVersion: '8', fingerprint: 'other', label: 'true' }));
    expect(await undoPart(WORKLOAD)).toEqual({ kind: 'changed', now: 'sidecar.istio.io/inject=true' });
    expect(asked).toEqual([{ action: 'unset', resourceVersion: '5', fingerprint: 'print' }]);
  });

  it('hands on a refusal', async () => {
    answering([403, { error: { code: 'forbidden', message: 'no right' } }]);
    expect(await undoPart(NAMESPACE)).toMatchObject({ kind: 'failed', error: { code: 'forbidden' } });
  });

  it('does not ask for what cannot be written', async () => {
    const asked = answering();
    const { undo: _none, ...part } = NAMESPACE;
    expect(await undoPart(part)).toEqual<UndoOutcome>({ kind: 'impossible' });
    expect(asked).toEqual([]);
  });
});
