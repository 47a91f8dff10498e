// @vitest-environment happy-dom

import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type CaptureAnswer, toCaptureAnswer } from '@/lib/api/capture';
import { buildPodCapture } from '@/lib/core/capture/build-pod-capture';
import { INJECTED_FLAGS } from '@/lib/core/capture/example-flags';
import type { Pod } from '@/lib/core/kube/pod-types';
import capture from '@/messages/en/capture.json';
import shared from '@/messages/en/shared.json';
import { CaptureView } from './capture-view';

const ARGS = ['istio-iptables', ...INJECTED_FLAGS];
const pod: Pod = {
  metadata: { name: 'web' },
  spec: {
    initContainers: [{ name: 'istio-init', args: ARGS }],
    containers: [{ name: 'nginx', ports: [{ containerPort: 80 }] }, { name: 'istio-proxy' }],
  },
  status: { podIP: '10.244.0.10' },
};
const captured = toCaptureAnswer(buildPodCapture(pod));
const bare = toCaptureAnswer(buildPodCapture({ metadata: { name: 'web' }, spec: { containers: [{ name: 'web' }] } }));

function show(answer: CaptureAnswer, search = '') {
  return render(
    <NuqsTestingAdapter searchParams={search} hasMemory>
      <NextIntlClientProvider locale="en" messages={{ ...capture, ...shared }} timeZone="UTC">
        <CaptureView answer={answer} evidence={null} path="/api/v1/namespaces/shop/pods/web" />
      </NextIntlClientProvider>
    </NuqsTestingAdapter>,
  );
}
const map = () => screen.getByRole('group', { name: 'Capture map, IPv4' });
const stop = (id: string) => map().querySelector<HTMLElement>(`[data-map-stop="${id}"]`) as HTMLElement;
const lit = () =>
  [...map().querySelectorAll('button[data-light="on"]')].map((one) => one.getAttribute('data-map-stop'));

afterEach(cleanup);

describe('the Capture tab', () => {
  it('says first what is captured', () => {
    show(captured);
    expect(screen.getByText(/captures all inbound TCP but 15090, 15021, 15020 and all outbound TCP/)).toBeDefined();
  });

  it('says why nothing is captured, without a map or a table', () => {
    show(bare);
    expect(screen.getByText(/this pod has no sidecar/)).toBeDefined();
    expect(screen.queryByRole('group', { name: /Capture map/ })).toBeNull();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('names every rule of the map for people who do not see it', () => {
    show(captured);
    const name = 'Envoy’s health check'.replace('’', "'");
    expect(
      within(map()).getByRole('button', {
        name: `${name}, 15021: leave alone. Rule 3 of ISTIO_INBOUND, table nat: -p tcp --dport 15021 -j RETURN`,
      }),
    ).toBeDefined();
    expect(map().querySelectorAll('.map-rule')).toHaveLength(18);
  });

  it('lights what belongs to the rule that has focus, and says it in words', () => {
    show(captured);
    fireEvent.focus(stop('nat/ISTIO_OUTPUT/9'));
    expect(lit()).toEqual(['nat/ISTIO_OUTPUT/9']);
    expect(within(map()).getByText('ISTIO_OUTPUT, rule 9')).toBeDefined();
    fireEvent.blur(stop('nat/ISTIO_OUTPUT/9'));
    expect(lit()).toEqual([]);
  });

  it('follows a packet: lights its rules and numbers its steps', () => {
    show(captured);
    fireEvent.click(screen.getByRole('button', { name: 'outside → :80' }));
    expect(lit()).toEqual([
      'nat/PREROUTING/1',
      'nat/ISTIO_INBOUND/5',
      'nat/ISTIO_IN_REDIRECT/1',
      'nat/OUTPUT/1',
      'nat/ISTIO_OUTPUT/1',
      'end/app/nginx/80',
      'end/envoy/15006',
    ]);
    const steps = within(screen.getByRole('region', { name: 'Reading' })).getAllByRole('listitem');
    expect(steps.map((step) => step.textContent)).toHaveLength(9);
    expect(steps[8]?.textContent).toBe('9nginx receives it on 80');
  });

  it('opens with the flow that the address names, and puts it out when pressed again', () => {
    show(captured, '?flow=outbound');
    const chip = screen.getByRole('button', { name: 'app → outside' });
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(chip);
    expect(lit()).toEqual([]);
  });

  it('is walked with the arrow keys; right follows a jump, left goes back', () => {
    show(captured);
    const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
    const here = () => document.activeElement?.getAttribute('data-map-stop');
    stop('nat/PREROUTING').focus();
    press('ArrowDown');
    expect(here()).toBe('nat/PREROUTING/1');
    press('ArrowRight');
    expect(here()).toBe('nat/ISTIO_INBOUND');
    press('ArrowLeft');
    expect(here()).toBe('nat/PREROUTING/1');
    press('End');
    expect(here()).toBe('end/envoy/15090');
    press('Home');
    expect(here()).toBe('nat/PREROUTING');
  });

  it('has one stop for Tab, the last one that had focus', () => {
    show(captured);
    const stops = () =>
      [...map().querySelectorAll('[data-map-stop][tabindex="0"]')].map((one) => one.getAttribute('data-map-stop'));
    expect(stops()).toEqual(['nat/PREROUTING']);
    fireEvent.focus(stop('nat/ISTIO_OUTPUT/2'));
    expect(stops()).toEqual(['nat/ISTIO_OUTPUT/2']);
  });

  it('shows the rules as text, each with its meaning, jumps as links', () => {
    show(captured, '?view=list');
    const chain = screen.getByRole('table', { name: 'ISTIO_OUTPUT in table nat' });
    expect(within(chain).getAllByRole('row')).toHaveLength(10);
    expect(within(chain).getByText('Everything else: to the proxy')).toBeDefined();
    expect(within(chain).getByRole('link', { name: 'ISTIO_REDIRECT' }).getAttribute('href')).toBe(
      '#rules-nat-ISTIO_REDIRECT',
    );
    expect(screen.getByRole('button', { name: 'Copy as iptables-restore text' })).toBeDefined();
  });

  it('offers nftables text of a pod that loads it, and of no other', () => {
    const initContainers = [{ name: 'istio-init', args: [...ARGS, '--native-nftables'] }];
    const native = toCaptureAnswer(buildPodCapture({ ...pod, spec: { ...pod.spec, initContainers } }));
    expect(native.nft?.commands).toContain('add table inet istio-proxy-nat\n');
    expect(native.nft?.list).toContain('table inet istio-proxy-nat {\n');
    show(native, '?view=list');
    expect(screen.getByRole('button', { name: 'Copy as nft -f text' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Copy as nft list ruleset text' })).toBeDefined();
    cleanup();
    show(captured, '?view=list');
    expect(screen.queryByRole('button', { name: /nft/ })).toBeNull();
  });

  it('draws ztunnel where the node’s proxy takes the traffic', () => {
    const annotations = { 'ambient.istio.io/redirection': 'enabled' };
    const spec = { containers: [{ name: 'nginx', ports: [{ containerPort: 80 }] }] };
    show(
      toCaptureAnswer(
        buildPodCapture({ metadata: { name: 'web', annotations }, spec, status: { podIP: '10.244.0.10' } }),
      ),
    );
    expect(map().querySelector('[data-kind="ztunnel"]')?.textContent).toContain('15006');
    expect(screen.getByText(/ztunnel completes the connection on 15006/)).toBeDefined();
  });

  it('lists the settings that matter, all on request', () => {
    show(captured);
    const table = screen.getByRole('table', { name: 'Capture settings of this pod' });
    expect(within(table).queryByText('Loopback range')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /Show all/ }));
    expect(within(table).getByText('Loopback range')).toBeDefined();
  });
});

describe('annotations with a wrong value', () => {
  it('are named with the words of whoever refuses them', () => {
    const annotations = { 'traffic.sidecar.istio.io/excludeInboundPorts': '70000' };
    show(toCaptureAnswer(buildPodCapture({ ...pod, metadata: { name: 'web', annotations } })));
    const faults = screen.getByRole('region', { name: 'Annotations that the next start would meet' });
    expect(within(faults).getByText('traffic.sidecar.istio.io/excludeInboundPorts: 70000')).toBeDefined();
    expect(faults.textContent).toContain('value out of range');
  });
});
