'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** The general rule in a few lines, told with this object's own values; folded until asked for. */
export function HowThisWorks({ lines }: { readonly lines: readonly ReactNode[] }) {
  const t = useTranslations('shared');
  return (
    <details className="group mb-4">
      <summary className="inline-flex list-none items-center gap-1 rounded-sm text-ink-2 hover:text-ink">
        <ChevronRight aria-hidden="true" size={14} className="transition-transform group-open:rotate-90" />
        {t('how')}
      </summary>
      <ol className="mt-2 ml-1.5 flex max-w-prose-wide flex-col gap-1 border-l border-line-2 pl-4 text-prose">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are fixed and keep their order.
          <li key={index}>{line}</li>
        ))}
      </ol>
    </details>
  );
}
