'use client';
import { usePathname, useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import type { MouseEvent, ReactNode } from 'react';

export interface Tab {
  readonly id: string;
  readonly label: ReactNode;
  /** A small figure beside the label. */
  readonly count?: number | undefined;
}

interface TabsProps {
  /** What the tabs are views of. */
  readonly label: string;
  readonly tabs: readonly Tab[];
}

/** The tab that the URL names (`?tab=`), else the first. */
export function useTab(tabs: readonly Tab[]): string {
  const [tab] = useQueryState('tab', parseAsString);
  return tabs.find(({ id }) => id === tab)?.id ?? tabs[0]?.id ?? '';
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** Views of one object as links: each has an address, opens in another window, and steps back with the browser. */
export function Tabs({ label, tabs }: TabsProps) {
  const [, setTab] = useQueryState('tab', parseAsString.withOptions({ history: 'push' }));
  const current = useTab(tabs);
  const path = usePathname();
  const router = useRouter();
  return (
    <nav aria-label={label} className="tabs">
      {tabs.map(({ id, label: text, count }) => (
        <a
          key={id}
          href={`${path}?tab=${id}`}
          aria-current={id === current ? 'page' : undefined}
          className="tab"
          onClick={(event) => {
            if (!isPlainClick(event)) return;
            event.preventDefault();
            // What else stands in the query belonged to the tab that is left.
            if (location.search === '' || location.search.startsWith('?tab=')) void setTab(id);
            else router.push(`${path}?tab=${id}`);
          }}
        >
          {text}
          {count !== undefined && <span className="ml-1.5 text-ink-3">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
