// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PodDiffAnswer } from '@/lib/api/pod-diff';
import { plainPod, sidecarPod } from '@/lib/core/pod/example-pods';
import { mergeMessages } from '@/lib/i18n/merge-messages';
import pod from '@/messages/en/pod.json';
import shared from '@/messages/en/shared.json';
import uninject from '@/messages/en/uninject.json';
import { BeforeAfterView } from './before-after-view';
import { exampleAnswer } from './example-state';

let isWide = true;
beforeEach(() => {
  isWide = true;
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('min-width') ? isWide : true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(answer: PodDiffAnswer, search = '') {
  return render(
    <NuqsTestingAdapter searchParams={search} hasMemory>
      <NextIntlClientProvider locale="en" messages={mergeMessages(mergeMessages(pod, shared), uninject)} timeZone="UTC">
        <BeforeAfterView answer={answer} pod="shop-1" />
      </NextIntlClientProvider>
    </NuqsTestingAdapter>,
  );
}
const probed = () =>
  exampleAnswer(
    sidecarPod({ app: { readinessProbe: { httpGet: { path: '/app-health/app/readyz', port: 15020 } } } }),
    plainPod({
      spec: {
        containers: [
          {
            name: 'app',
            image: 'shop:1',
            ports: [{ containerPort: 80 }],
            readinessProbe: { httpGet: { path: '/ready', port: 80 } },
          },
        ],
      },
    }),
  );
const picture = (name: string) => screen.getByRole('region', { name });
const part = (key: string) => picture('As it runs').querySelector<HTMLElement>(`[data-part="${key}"]`) as HTMLElement;

describe('the tab Before / after', () => {
  it('says first what injection made of the pod', () => {
    const { container } = show(exampleAnswer());
    expect(container.textContent).toMatch(/^Injection made 1 container into 3 and 1 listening port into 7\./);
    expect(container.textContent).toContain('the template of ReplicaSet shop-5d');
  });

  it('says that nothing changed in a pod without a sidecar, and lists no change', () => {
    const { container } = show(exampleAnswer(plainPod()));
    expect(container.textContent).toMatch(/^Injection changed nothing here\. No sidecar/);
    expect(screen.getByText('Injection changed nothing in this pod')).toBeTruthy();
  });

  it('draws both pods side by side, with marks on what is new', () => {
    show(exampleAnswer());
    expect(within(picture('As written')).queryByText('istio-proxy')).toBeNull();
    expect(part('container:istio-proxy').dataset.mark).toBe('added');
    expect(part('container:app').dataset.mark).toBe('same');
    expect(part('gate')).toBeTruthy();
  });

  it('draws one at a time where there is no room for two', () => {
    isWide = false;
    show(exampleAnswer());
    expect(screen.queryByRole('region', { name: 'As written' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'As written' }));
    expect(screen.queryByRole('region', { name: 'As it runs' })).toBeNull();
    expect(within(picture('As written')).queryByText('istio-init')).toBeNull();
  });

  it('lights up who mounts a drawer, also for the keyboard', () => {
    show(exampleAnswer());
    fireEvent.focus(part('volume:istio-envoy'));
    expect(part('container:istio-proxy').dataset.light).toBe('on');
    expect(part('container:app').dataset.light).toBe('off');
    fireEvent.blur(part('volume:istio-envoy'));
    expect(part('container:app').dataset.light).toBeUndefined();
  });

  it('opens a changed part with what it was and what it is', () => {
    show(probed());
    fireEvent.click(part('container:app'));
    const details = screen.getByRole('dialog', { name: 'Details of app' });
    expect(details.textContent).toContain('As written:   path: /ready');
    expect(details.textContent).toContain('As it runs:   path: /app-health/app/readyz');
  });

  it('leads from a new container to its parts in the list', async () => {
    show(exampleAnswer());
    fireEvent.click(part('container:istio-proxy'));
    fireEvent.click(screen.getByRole('button', { name: /^Show its \d+ changes in the list$/ }));
    expect(await screen.findByDisplayValue('istio-proxy')).toBeTruthy();
    expect(screen.getByText(/env CA_ADDR/)).toBeTruthy();
  });

  it('folds the parts of new containers until asked, and opens a row to its values', () => {
    show(exampleAnswer());
    expect(screen.queryByText(/env CA_ADDR/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /^Environment/ }));
    fireEvent.click(screen.getByRole('button', { name: /env CA_ADDR/ }));
    expect(screen.getByText('istiod.istio-system.svc:15012')).toBeTruthy();
    expect(screen.getByText('not there')).toBeTruthy();
  });

  it('keeps the cluster’s own work folded away', () => {
    const injected = sidecarPod();
    show(exampleAnswer({ ...injected, spec: { ...injected.spec, nodeName: 'node-1' } }));
    expect(screen.queryByText('nodeName')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show 1 change by others' }));
    expect(screen.getByText('nodeName')).toBeTruthy();
  });

  it('follows the filters of the address, and offers to clear them', () => {
    show(exampleAnswer(), '?q=nothing-like-this');
    expect(screen.getByText('No change matches')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Clear search and filters' }));
    expect(screen.queryByText('No change matches')).toBeNull();
  });

  it('lists what is not known for sure', () => {
    const answer = { ...exampleAnswer(), ownerProblem: 'ReplicaSet "shop-5d" is gone.' };
    show(answer);
    expect(screen.getByText('The template of the owner could not be used: ReplicaSet "shop-5d" is gone.')).toBeTruthy();
  });
});

describe('how the pod as written is known', () => {
  const recovered = (): PodDiffAnswer => {
    const answer = exampleAnswer(
      sidecarPod({
        app: {
          ports: [{ name: 'web', containerPort: 80 }],
          livenessProbe: { httpGet: { path: '/app-health/app/livez', port: 15020 } },
        },
        env: [
          { name: 'ISTIO_KUBE_APP_PROBERS', value: '{"/app-health/app/livez":{"httpGet":{"path":"/","port":80}}}' },
        ],
      }),
    );
    const { owner: _owner, ...rest } = answer;
    return { ...rest, source: 'recovered', ownerDifferences: [] };
  };

  it('names what injection destroyed, and what may have stood there', () => {
    const { container } = show(recovered());
    expect(container.textContent).toContain('spec.containers[app].livenessProbe.httpGet.port');
    expect(container.textContent).toContain('Possible: web');
  });

  it('counts how each part is known, the unknown first', () => {
    const { container } = show(recovered());
    expect(screen.getByText(/recorded, 2 implied, 1 unknown$/)).toBeTruthy();
    const words = [...container.querySelectorAll<HTMLElement>('.recovered-word')].map((each) => each.dataset.certainty);
    expect(words[0]).toBe('unknown');
    expect(words.at(-1)).toBe('recorded');
  });

  it('leaves no doubt where the owner’s template is there', () => {
    const { container } = show({
      ...recovered(),
      source: 'owner-template',
      owner: { kind: 'ReplicaSet', name: 'shop-5d' },
    });
    expect(container.textContent).not.toContain('Not known for sure');
  });

  it('shows where the template says otherwise, and who may have done it', () => {
    const { container } = show(exampleAnswer(plainPod({ metadata: { labels: { app: 'shop', team: 'a' } } })));
    expect(container.textContent).toContain('metadata.labels[team]');
    expect(container.textContent).toContain('Neither the injection nor another webhook of this cluster explains it.');
  });
});
