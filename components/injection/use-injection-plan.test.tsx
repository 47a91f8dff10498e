// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InjectionPlanAnswer } from '@/lib/api/injection';
import { useInjectionPlan } from './use-injection-plan';

const ON = { 'istio-injection': 'enabled' };
const MODE = { kind: 'off', label: '', because: { code: 'x' }, servedBy: null, notes: [] } as const;

const plan = (resourceVersion: string, before: Readonly<Record<string, string>>): InjectionPlanAnswer => ({
  namespace: 'shop',
  resourceVersion,
  labels: { before, after: { 'istio-injection': 'disabled' }, lines: [], kubectl: 'kubectl', isNoChange: false },
  modeBefore: { ...MODE, notes: [] },
  modeAfter: { ...MODE, notes: [] },
  facts: [],
  warnings: [],
  workloads: [],
  targets: [],
  access: { allowed: true, right: 'patch namespaces "shop"' },
});

let answer: InjectionPlanAnswer;
beforeEach(() => {
  vi.stubGlobal('EventSource', class extends EventTarget {});
  vi.stubGlobal('fetch', async () => Response.json(answer));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(first: InjectionPlanAnswer) {
  answer = first;
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <SWRConfig value={{ provider: () => new Map() }}>{children}</SWRConfig>
  );
  const { result } = renderHook(() => useInjectionPlan('shop', 'disable'), { wrapper });
  await waitFor(() => expect(result.current.plan.status).toBe('ready'));
  const read = (next: InjectionPlanAnswer) =>
    act(async () => {
      answer = next;
      if (result.current.plan.status === 'ready') await result.current.plan.refresh();
    });
  const state = () => {
    const { isBehind, isOvertaken } = result.current;
    return { isBehind, isOvertaken };
  };
  return { result, read, state };
}

describe('the plan of a switch', () => {
  it('asks for a second look where somebody else changed the labels, and builds on what was seen then', async () => {
    const { result, read, state } = await open(plan('5', {}));
    expect(state()).toEqual({ isBehind: false, isOvertaken: false });
    await read(plan('7', ON));
    expect(state()).toEqual({ isBehind: false, isOvertaken: true });
    await act(async () => result.current.accept(ON));
    expect(state()).toEqual({ isBehind: false, isOvertaken: false });
    await read(plan('9', { 'istio.io/rev': 'canary' }));
    expect(state().isOvertaken).toBe(true);
  });

  it('takes the labels that a conflict told as seen, also where answers from before it still arrive', async () => {
    const { result, read, state } = await open(plan('5', {}));
    await act(async () => result.current.accept(ON, '5'));
    expect(state()).toEqual({ isBehind: true, isOvertaken: false });
    await read(plan('5', {}));
    expect(state()).toEqual({ isBehind: true, isOvertaken: false });
    await read(plan('7', ON));
    expect(state()).toEqual({ isBehind: false, isOvertaken: false });
  });

  it('asks again where the labels are others than the conflict told', async () => {
    const { result, read, state } = await open(plan('5', {}));
    await act(async () => result.current.accept(ON, '5'));
    await read(plan('8', { 'istio.io/rev': 'canary' }));
    expect(state()).toEqual({ isBehind: false, isOvertaken: true });
  });
});
