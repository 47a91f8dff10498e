// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, cleanup, render, screen } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConnectionRemedy } from './connection-remedy';
import { ConnectionState } from './connection-state';

/** Stands in for the browser's own, which the tests' environment does not have. */
class FakeEventSource {
  static last: FakeEventSource | undefined;
  readyState = 1;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor() {
    FakeEventSource.last = this;
  }
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(type, listener);
  }
  tell(state: object): void {
    act(() => this.#listeners.get('state')?.(new MessageEvent('state', { data: JSON.stringify(state) })));
  }
  close(): void {
    this.readyState = 2;
  }
}

beforeAll(() => vi.stubGlobal('EventSource', FakeEventSource));
afterEach(cleanup);
afterAll(() => vi.unstubAllGlobals());

const messagesOf = (locale: string) => {
  const read = (area: string) =>
    JSON.parse(readFileSync(join(process.cwd(), `messages/${locale}/${area}.json`), 'utf8'));
  return { ...read('shared'), ...read('frame') } as Record<string, unknown>;
};

function show(locale: string, state: object): void {
  render(
    <NextIntlClientProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <ConnectionState />
      <ConnectionRemedy />
    </NextIntlClientProvider>,
  );
  FakeEventSource.last?.tell(state);
}

const staleSince = '2026-01-02T03:04:05Z';

describe('the state of the connection', () => {
  it.each<[state: object, says: RegExp, remedy: RegExp | undefined]>([
    [{ status: 'live' }, /^live$/, undefined],
    [{ status: 'stale', staleSince, problem: 'unreachable' }, /^cluster unreachable, data from 03:04:05/, undefined],
    [{ status: 'stale', staleSince }, /^cluster unreachable, data from 03:04:05/, undefined],
    [{ status: 'stale', staleSince, problem: 'failing' }, /^cluster answers with errors, data from/, undefined],
    [
      { status: 'stale', staleSince, problem: 'unauthorized' },
      /^login refused, data from/,
      /credentials of this context/,
    ],
    [
      { status: 'stale', staleSince, problem: 'untrusted' },
      /^certificate not trusted, data from/,
      /certificate authority/,
    ],
    [{ status: 'syncing' }, /^reading the cluster$/, undefined],
    [{ status: 'syncing', problem: 'unreachable' }, /^cluster unreachable$/, undefined],
    [{ status: 'syncing', problem: 'unauthorized' }, /^login refused$/, /no need to restart/],
  ])('%j', (state, says, remedy) => {
    show('en', state);
    expect(screen.getByRole('status').textContent).toMatch(says);
    const alert = screen.queryByRole('alert');
    if (remedy === undefined) expect(alert).toBeNull();
    else expect(alert?.textContent).toMatch(remedy);
  });

  it('is told in Chinese as well', () => {
    show('zh-CN', { status: 'stale', staleSince, problem: 'unauthorized' });
    expect(screen.getByRole('status').textContent).toMatch(/登录被拒绝，数据截至 03:04:05/);
    expect(screen.getByRole('alert').textContent).toMatch(/kubeconfig/);
  });
});
