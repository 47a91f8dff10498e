// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { afterEach, describe, expect, it } from 'vitest';
import type { ControlPlane, GatewayWorkload } from '@/lib/api/control-planes';
import controlPlanes from '@/messages/en/control-planes.json';
import shared from '@/messages/en/shared.json';
import { ArchitecturePicture } from './architecture-picture';

type Configuration = ControlPlane['webhookConfigurations'][number];

const configuration = (name: string, over: Partial<Configuration> = {}): Configuration => ({
  name,
  isDeactivated: false,
  failurePolicy: 'Fail',
  target: 'istio-system/istiod:443',
  health: 'serving',
  because: { code: 'injection.plane.serving' },
  namespaces: 1,
  ...over,
});

const plane = (revision: string, over: Partial<ControlPlane> = {}): ControlPlane => ({
  revision,
  tags: [],
  namespace: 'istio-system',
  version: '1.30.1',
  image: 'istio/pilot:1.30.1',
  ready: 1,
  wanted: 1,
  deployments: ['istiod'],
  pods: [],
  webhookConfigurations: [configuration(`injector-${revision}`)],
  health: 'serving',
  because: { code: 'injection.plane.serving' },
  isServing: true,
  proxies: { total: 3, byVersion: [{ version: '1.30.1', count: 3 }] },
  progress: { revision, version: '1.30.1', tags: [], health: 'serving', wanted: 3, current: 3, leaving: 0 },
  ...over,
});

const gateway = (name: string, revision: string): GatewayWorkload => ({
  kind: 'Deployment',
  namespace: 'edge',
  name,
  pods: 1,
  ready: 1,
  revision,
  version: '1.30.1',
});

function show(planes: readonly ControlPlane[], gateways: readonly GatewayWorkload[] = []) {
  render(
    <NextIntlClientProvider locale="en" messages={{ ...controlPlanes, ...shared }} timeZone="UTC">
      <ArchitecturePicture planes={planes} gateways={gateways} />
    </NextIntlClientProvider>,
  );
  const picture = screen.getByRole('figure', { name: 'How the mesh is run' });
  const [lanes] = within(picture).getAllByRole('list');
  return [...(lanes?.children ?? [])].map((lane) => within(lane as HTMLElement));
}

afterEach(cleanup);

describe('the picture of the mesh', () => {
  it('draws one lane per revision, and leads from each station to its own words', () => {
    const [first, second] = show([plane('default'), plane('1-10-2')]);
    expect(first?.getByRole('link', { name: /istiod · istio-system/ }).getAttribute('href')).toBe('#plane-default');
    expect(second?.getByRole('link', { name: /15017 webhook/ }).getAttribute('href')).toBe('#plane-1-10-2');
    expect(second?.getByRole('link', { name: '3 proxies' }).getAttribute('href')).toBe('/namespaces?revision=1-10-2');
  });

  it('says on the wire that nothing answers, only for the webhook that is cut', () => {
    const [lane] = show([
      plane('default', {
        health: 'down',
        webhookConfigurations: [configuration('cut', { health: 'down' }), configuration('fine')],
      }),
    ]);
    expect(lane?.getAllByText('no answer')).toHaveLength(1);
    expect(lane?.getAllByText('443 → 15017')).toHaveLength(1);
  });

  it('draws no way through a deactivated webhook, even where its service is gone', () => {
    const [lane] = show([
      plane('default', { webhookConfigurations: [configuration('old', { isDeactivated: true, health: 'down' })] }),
    ]);
    expect(lane?.queryByText('CREATE')).toBeNull();
    expect(lane?.queryByText('no answer')).toBeNull();
    expect(lane?.getByText('deactivated, never matches')).toBeTruthy();
  });

  it('says that no webhook leads to a control plane', () => {
    const [lane] = show([plane('idle', { webhookConfigurations: [] })]);
    expect(lane?.getByText('no webhook leads here')).toBeTruthy();
  });

  it('puts gateways into the lane of their revision, three by name', () => {
    const names = ['a', 'b', 'c', 'd'];
    const [first, second] = show(
      [plane('default'), plane('1-10-2')],
      [...names.map((name) => gateway(name, 'default')), gateway('stray', '')],
    );
    expect(first?.getByRole('link', { name: 'edge/a' }).getAttribute('href')).toBe(
      '/namespaces/edge/workloads/Deployment/a',
    );
    expect(first?.queryByText('edge/d')).toBeNull();
    expect(first?.getByText('and 1 more')).toBeTruthy();
    expect(second?.queryByText(/gateway/)).toBeNull();
    expect(screen.queryByText('edge/stray')).toBeNull();
  });
});
