// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { loadMessages } from '@/lib/i18n/load-messages';
import { Dialog } from './dialog';

const messages = await loadMessages('en');

function Page() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
      <button type="button" onClick={() => setIsOpen(true)}>
        Open
      </button>
      {isOpen && (
        <Dialog isOpen onClose={() => setIsOpen(false)} title="Enable injection in shop">
          <p>Nothing restarts.</p>
        </Dialog>
      )}
    </NextIntlClientProvider>
  );
}

function open() {
  render(<Page />);
  const button = screen.getByText('Open');
  button.focus();
  fireEvent.click(button);
  return button;
}

afterEach(cleanup);

it('is named by its title and takes the focus', async () => {
  open();
  const dialog = await screen.findByRole('dialog', { name: 'Enable injection in shop' });
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
});

it('writes no style element, which the security policy would refuse', async () => {
  open();
  await screen.findByRole('dialog');
  expect(document.querySelectorAll('style')).toHaveLength(0);
});

it('gives the focus back to where it came from when Escape closes it', async () => {
  const button = open();
  fireEvent.keyDown(await screen.findByRole('dialog'), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(button));
});
