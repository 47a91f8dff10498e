// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkloadRow } from '@/lib/api/namespaces';
import namespace from '@/messages/en/namespace.json';
import shared from '@/messages/en/shared.json';
import toggle from '@/messages/en/toggle.json';
import { RestartDialog } from './restart-dialog';

const NONE = { injected: 0, outdated: 0, 'not-injected': 0, missing: 0, refused: 0, ambient: 0, unknown: 0, total: 0 };
const row = (kind: string, name: string, over: Partial<WorkloadRow> = {}): WorkloadRow => ({
  kind,
  apiVersion: 'apps/v1',
  name,
  namespace: 'shop',
  createdAt: '2026-03-01T10:00:00Z',
  state: 'injected',
  because: { code: 'injection.pod.injected' },
  counts: { ...NONE, injected: 2, total: 2 },
  asWanted: 2,
  revisions: ['default'],
  canRestart: true,
  ...over,
});
const ROWS = [
  row('Deployment', 'cart'),
  row('Deployment', 'catalog', { state: 'missing' }),
  row('StatefulSet', 'cache', { state: 'outdated' }),
  row('CronJob', 'report', { state: 'missing', canRestart: false }),
];

const right = (resource: string, allowed: boolean) => ({ allowed, right: `patch ${resource} in namespace "shop"` });
const accessOf = (allowed: { readonly StatefulSet: boolean }, isReadOnly = false) => ({
  isReadOnly,
  patchNamespace: right('namespaces', true),
  restart: {
    Deployment: right('deployments.apps', true),
    StatefulSet: right('statefulsets.apps', allowed.StatefulSet),
    DaemonSet: right('daemonsets.apps', true),
  },
});
const meta = { cluster: 'demo', status: 'live', version: 1, missing: [] };
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

const restartOf = (path: string) => {
  const [kind = '', name = ''] = path.split('/').slice(-3);
  return { kind, namespace: 'shop', name, restartedAt: '2026-03-02T10:00:00Z', generation: 3, kubectl: 'kubectl' };
};

/** Our server as the dialog meets it: what is allowed, which restart it refuses, and the rows that it shows meanwhile. */
function serve(access: unknown, refused?: string, rows = ROWS): readonly string[] {
  const posted: string[] = [];
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      posted.push(path);
      const body = { error: { code: 'conflict', message: 'It changed.' } };
      return Promise.resolve(refused !== undefined && path.includes(refused) ? json(body, 409) : json(restartOf(path)));
    }
    if (path.endsWith('/access')) return Promise.resolve(json(access));
    return Promise.resolve(json({ items: rows, list: { total: 4, all: 4 }, meta }));
  });
  return posted;
}

function open(rows = ROWS) {
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <NextIntlClientProvider locale="en" messages={{ ...namespace, ...shared, ...toggle }} timeZone="UTC">
        <RestartDialog namespace="shop" workloads={rows} onClose={() => undefined} />
      </NextIntlClientProvider>
    </SWRConfig>,
  );
}
const box = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const act = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Restart/ });
const ready = () => waitFor(() => expect(act().disabled).toBe(false));

beforeEach(() => {
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {
        this.dispatchEvent(new Event('close'));
      }
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('restarting workloads of a namespace', () => {
  it('starts with those that need it, and leaves out what has no rollout', async () => {
    serve(accessOf({ StatefulSet: true }));
    open();
    await ready();
    expect([box('Restart cart').checked, box('Restart catalog').checked, box('Restart cache').checked]).toEqual([
      false,
      true,
      true,
    ]);
    expect(screen.queryByLabelText('Restart report')).toBeNull();
    expect(screen.getByText(/rollout restart deployment\/catalog statefulset\/cache/)).toBeTruthy();
  });

  it('keeps from a kind that the user may not restart, and says the right', async () => {
    const posted = serve(accessOf({ StatefulSet: false }));
    open();
    await ready();
    expect(box('Restart cache').disabled).toBe(true);
    expect(box('Restart cache').checked).toBe(false);
    expect(screen.getByText('You lack the right: patch statefulsets.apps in namespace "shop"')).toBeTruthy();
    fireEvent.click(box('All 2 that you may restart'));
    fireEvent.click(act());
    await waitFor(() => expect(posted).toHaveLength(2));
    expect(posted.every((path) => path.includes('/Deployment/'))).toBe(true);
  });

  it('can only be looked at where Sidelight is read only', async () => {
    serve(accessOf({ StatefulSet: true }, true));
    open();
    expect(await screen.findByText('Sidelight runs read only.')).toBeTruthy();
    expect(act().disabled).toBe(true);
  });

  it('restarts one after the other and then follows the rollouts', async () => {
    const posted = serve(accessOf({ StatefulSet: true }));
    open();
    await ready();
    fireEvent.click(act());
    expect(await screen.findByText(/run their new pods/)).toBeTruthy();
    expect(posted).toEqual([
      '/api/v1/namespaces/shop/workloads/Deployment/catalog/restart',
      '/api/v1/namespaces/shop/workloads/StatefulSet/cache/restart',
    ]);
  });

  it('does not take the state from before the restart for its end', async () => {
    const done = { replicas: 2, updated: 2, ready: 2, isObserved: true };
    const rows = [
      row('Deployment', 'catalog', { rollout: { ...done, generation: 2 } }),
      row('StatefulSet', 'cache', { rollout: { ...done, generation: 3 } }),
    ];
    serve(accessOf({ StatefulSet: true }), undefined, rows);
    open();
    await ready();
    fireEvent.click(act());
    expect(await screen.findByText('1 of 2 workloads run their new pods.')).toBeTruthy();
  });

  it('stops at the first refusal and still shows what had been restarted', async () => {
    const posted = serve(accessOf({ StatefulSet: true }), 'StatefulSet/cache');
    open();
    await ready();
    fireEvent.click(act());
    expect(await screen.findByText('It changed.')).toBeTruthy();
    expect(screen.getByText(/had been restarted before/)).toBeTruthy();
    expect(await screen.findByText('catalog')).toBeTruthy();
    expect(posted).toHaveLength(2);
  });

  it('lets the choice stand when the first one is refused', async () => {
    serve(accessOf({ StatefulSet: true }), 'Deployment/catalog');
    open();
    await ready();
    fireEvent.click(act());
    expect(await screen.findByText('It changed.')).toBeTruthy();
    expect(box('Restart catalog').checked).toBe(true);
    expect(act().disabled).toBe(false);
  });

  it('names the workload where there is only one', async () => {
    serve(accessOf({ StatefulSet: true }));
    open(ROWS.slice(1, 2));
    await ready();
    expect(screen.getByRole('dialog', { name: 'Restart Deployment catalog' })).toBeTruthy();
  });
});
