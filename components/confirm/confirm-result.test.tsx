// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { afterEach, expect, it } from 'vitest';
import type { ConfirmAnswer } from '@/lib/api/confirm';
import confirm from '@/messages/en/confirm.json';
import shared from '@/messages/en/shared.json';
import { ConfirmResult } from './confirm-result';

const messages = { ...shared, ...confirm };
afterEach(cleanup);

const answer = (over: Partial<ConfirmAnswer>): ConfirmAnswer => ({
  namespace: 'shop',
  outcome: 'same',
  differences: [],
  setAside: [],
  engineRefusals: [],
  because: { code: 'confirm.aside.default' },
  notes: [],
  sent: 'kind: Pod\n',
  kubectl: 'kubectl create',
  ...over,
});

const show = (over: Partial<ConfirmAnswer>) =>
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <ConfirmResult answer={answer(over)} />
    </NextIntlClientProvider>,
  );

it('lays both values of each field side by side, and says what is not the injector’s', () => {
  show({
    outcome: 'differs',
    differences: [
      { path: 'spec.containers[istio-proxy].image', kind: 'value', engine: 'a:1', cluster: 'a:2', part: 'injection' },
      { path: 'spec.nodeSelector[zone]', kind: 'value', cluster: 'east', part: 'beside' },
    ],
  });
  expect(screen.getByText('The cluster gives another pod in 2 fields')).toBeDefined();
  const [, image, zone] = screen.getAllByRole('row');
  expect(image?.textContent).toMatch(/image.*a:1.*a:2/);
  expect(zone?.textContent).toMatch(/not the injector’s.*absent.*east/);
  expect(within(screen.getByRole('table')).getAllByRole('columnheader')).toHaveLength(3);
});

it('tells a refusal in the words of the cluster, once', () => {
  const message = 'pods "a" is forbidden: exceeded quota: q';
  const because = { code: 'injection.refusal.quota', values: { detail: 'exceeded quota: q' } };
  const { container } = show({ outcome: 'refused-beside', clusterRefusal: { because, message } });
  expect(container.textContent?.split('exceeded quota: q')).toHaveLength(2);
});

it('tells that the cluster could not make the pod, in plain words and in its own', () => {
  const message = 'Internal error occurred: remove operation does not apply';
  show({ outcome: 'cluster-fails', clusterRefusal: { because: { code: 'confirm.failed.patch' }, message } });
  expect(screen.getByText(/^The cluster could not make the pod/)).toBeDefined();
  expect(screen.getByText(/^A webhook answered with a patch that does not fit/)).toBeDefined();
  expect(screen.getByText(message)).toBeDefined();
});
