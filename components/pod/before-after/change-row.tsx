'use client';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { Phrase } from '@/components/shared/phrase';
import type { PodChange } from '@/lib/api/pod-diff';
import { BeforeAndAfter } from './before-and-after';
import { MarkSign } from './mark-sign';

/** The group's name stands above the rows already. */
function placeIn({ group, path }: PodChange): string {
  return path.startsWith(`${group} `) ? path.slice(group.length + 1) : path;
}

/** One difference: sign, place, purpose, origin; opens to the value before and after. */
export function ChangeRow({ change }: { readonly change: PodChange }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const { kind, because, originLabel, origin } = change;
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className="change-row"
      >
        <span className="inline-flex h-4.5 items-center">
          <MarkSign mark={kind} />
        </span>
        <span className="mono break-words">{placeIn(change)}</span>
        <span className="change-words">
          <Phrase value={because} />
        </span>
        <span className={`change-origin ${origin === 'unknown' ? 'text-state-missing' : 'text-ink-3'}`}>
          <Phrase value={originLabel} />
        </span>
        <ChevronRight
          aria-hidden="true"
          size={14}
          className={`mt-0.5 justify-self-end text-ink-3 transition-transform ${isOpen ? 'rotate-90' : ''}`}
        />
      </button>
      {isOpen && (
        <div id={id} className="px-3 pb-3 sm:pl-10">
          <BeforeAndAfter change={change} />
        </div>
      )}
    </li>
  );
}
