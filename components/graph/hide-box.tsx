'use client';
import { EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

const PAUSE_MS = 250;

/** What the picture leaves out, as an expression. */
export function HideBox({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  const t = useTranslations('graph');
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="relative w-48 max-w-full">
      <EyeOff aria-hidden="true" size={14} className="pointer-events-none absolute top-2 left-2.5 text-ink-3" />
      <input
        type="search"
        aria-label={t('hide')}
        placeholder={t('hide')}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setText(target.value)}
        className="field w-full pr-2 pl-8"
      />
    </div>
  );
}
