'use client';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';

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

interface WantedRow {
  readonly body: Element;
  readonly index: number;
}

/** False while the row is not drawn. Focus that has gone elsewhere since is left there. */
function focusDrawn({ body, index }: WantedRow): boolean {
  const row = body.querySelector<HTMLElement>(`tr[data-row="${index}"]`);
  if (row === null) return false;
  const { activeElement } = document;
  if (activeElement !== null && !body.contains(activeElement) && !activeElement.contains(body)) return true;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
  return true;
}

/** Arrow keys, Page, Home and End between rows, Enter to follow the row's link, Space to select it. */
export function useRowKeys({ count, scrollTo, onToggle }: RowKeysOptions) {
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, count - 1));

  // A row that is not drawn yet takes the focus as soon as the window has moved there.
  const wanted = useRef<WantedRow | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null && focusDrawn(wanted.current)) wanted.current = null;
  });
  const focusRow = (body: Element, index: number) => {
    setActive(index);
    scrollTo(index);
    const row = { body, index };
    wanted.current = focusDrawn(row) ? null : row;
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
