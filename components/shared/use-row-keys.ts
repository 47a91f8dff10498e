'use client';
import { type KeyboardEvent, useState } from 'react';

interface RowKeysOptions {
  readonly count: number;
  readonly scrollTo: (index: number) => void;
  readonly onToggle: ((index: number) => void) | undefined;
}

const STEP: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index) => index + 15,
  PageUp: (index) => index - 15,
  Home: () => 0,
  End: (_index, last) => last,
};

/** Arrow keys, Page, Home and End between rows, Enter to follow the row's link, Space to select it. */
export function useRowKeys({ count, scrollTo, onToggle }: RowKeysOptions) {
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, count - 1));

  const focusRow = (body: Element, index: number) => {
    setActive(index);
    scrollTo(index);
    const focus = () => {
      const row = body.querySelector<HTMLElement>(`tr[data-row="${index}"]`);
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
      return row !== null;
    };
    // At once where the row is drawn, so that a key pressed right after meets it; else when the window has moved there.
    if (!focus()) requestAnimationFrame(focus);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const { target, key, currentTarget } = event;
    if (!(target instanceof HTMLTableRowElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEP[key];
    if (step !== undefined) {
      event.preventDefault();
      focusRow(currentTarget, Math.max(0, Math.min(count - 1, step(current, count - 1))));
    } else if (key === 'Enter') {
      target.querySelector<HTMLElement>('a[href]')?.click();
    } else if (key === ' ' && onToggle !== undefined) {
      event.preventDefault();
      onToggle(current);
    }
  };
  const onFocus = ({ target }: { readonly target: Element }) => {
    const index = Number(target.closest('tr')?.dataset.row);
    if (Number.isInteger(index)) setActive(index);
  };
  return { active: current, onKeyDown, onFocus };
}
