'use client';
import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from './use-shortcut';

const PAUSE_MS = 150;

interface SearchBoxProps {
  /** What is searched, as placeholder and name ("Search names and labels"). */
  readonly label: string;
  readonly value: string;
  /** Called once typing pauses. */
  readonly onChange: (text: string) => void;
}

/** A list's search; `/` puts the cursor there, Escape empties it. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const t = useTranslations('shared.search');
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(value);
  const [text, setText] = useState(value);
  useShortcut('/', t('shortcut'), () => input.current?.select());

  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);

  return (
    <div className="relative w-60 max-w-full">
      <Search aria-hidden="true" size={14} className="pointer-events-none absolute top-2 left-2.5 text-ink-3" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText('');
        }}
        className="field w-full pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {text === '' ? (
        <span aria-hidden="true" className="key pointer-events-none absolute top-1.25 right-2">
          /
        </span>
      ) : (
        <button
          type="button"
          aria-label={t('clear')}
          className="icon-button absolute top-0.75 right-1"
          onClick={() => {
            setText('');
            input.current?.focus();
          }}
        >
          <X aria-hidden="true" size={14} />
        </button>
      )}
    </div>
  );
}
