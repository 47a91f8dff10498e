// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildMeshGraph } from '@/lib/core/graph/build-mesh-graph';
import { document as document_, records, service, verdict, workload } from '@/lib/core/graph/mesh-fixtures';
import { GraphPanel } from './graph-panel';

const read = (area: string): object =>
  JSON.parse(readFileSync(join(process.cwd(), `messages/en/${area}.json`), 'utf8')) as object;
const messages = { ...read('shared'), ...read('graph') };

const graph = buildMeshGraph(
  records({
    services: [service('cart')],
    workloads: [workload('cart')],
    virtualServices: [
      document_('VirtualService', 'v', { hosts: ['cart'], http: [{ route: [{ destination: { host: 'gone' } }] }] }),
    ],
  }),
  { namespaces: [], injectionOf: () => verdict({ missing: 2 }) },
);

afterEach(cleanup);

const open = (selected: string) => {
  const onSelect = vi.fn<(id: string) => void>();
  const none = () => undefined;
  render(
    <NextIntlClientProvider locale="en" messages={messages}>
      <GraphPanel graph={graph} selected={selected} focus="" onSelect={onSelect} onFocus={none} onNamespace={none} />
    </NextIntlClientProvider>,
  );
  return onSelect;
};

describe('a node', () => {
  it('says its state and what it leads to, and goes there', () => {
    const onSelect = open('shop/service/cart');
    expect(screen.getByText('missing')).toBeTruthy();
    expect(screen.getByText('Leads to (2)')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'gone' }));
    expect(onSelect).toHaveBeenCalledWith('shop/absent/service:gone');
  });

  it('links a workload to its page', () => {
    open('shop/deployment/cart');
    expect(screen.getByRole('link', { name: 'Open workload' }).getAttribute('href')).toBe(
      '/namespaces/shop/workloads/Deployment/cart',
    );
  });

  it('takes the focus and closes with Escape', () => {
    const onSelect = open('shop/service/cart');
    expect(globalThis.document.activeElement?.textContent).toBe('cart');
    fireEvent.keyDown(screen.getByRole('complementary'), { key: 'Escape' });
    expect(onSelect).toHaveBeenCalledWith('');
  });
});

describe('an edge', () => {
  it('says why it is broken and which object makes it', () => {
    open('shop/service/cart>shop/absent/service:gone:routes');
    expect(screen.getByText('cart → gone')).toBeTruthy();
    expect(screen.getByText(/No Service and no ServiceEntry answers to/)).toBeTruthy();
    expect(screen.getByText('shop/v', { selector: 'span' })).toBeTruthy();
  });
});

it('says when what was selected is gone', () => {
  open('shop/service/was-here');
  expect(screen.getByText('This is no longer part of the graph.')).toBeTruthy();
});
