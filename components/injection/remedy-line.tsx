import { Wrench } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Phrase } from '@/components/shared/phrase';
import type { Verdict } from '@/lib/api/workload';

interface RemedyLineProps {
  readonly remedy: Verdict['remedies'][number];
  /** The page that carries it out; plain words where there is none. */
  readonly href: string | undefined;
  readonly children?: ReactNode;
}

/** One step that would change the answer, as the way to it. */
export function RemedyLine({ remedy, href, children }: RemedyLineProps) {
  return (
    <span className="flex items-baseline gap-2">
      <Wrench aria-hidden="true" size={12} className="shrink-0 translate-y-px text-ink-3" />
      <span className="min-w-0">
        {href === undefined ? (
          <Phrase value={remedy.text} />
        ) : (
          <Link href={href} className="link" prefetch={false}>
            <Phrase value={remedy.text} />
          </Link>
        )}
        {children}
      </span>
    </span>
  );
}
