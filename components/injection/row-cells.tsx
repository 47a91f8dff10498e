import Link from 'next/link';
import { CopyButton } from '@/components/shared/copy-button';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { StateName } from '@/components/shared/state-names';
import type { Phrase as PhraseValue } from '@/lib/core/phrase';

/** An object's name in a list: the way to its page, and a copy of it on hover. */
export function NameCell({ href, name }: { readonly href: string; readonly name: string }) {
  return (
    <span className="group flex min-w-0 items-center gap-1">
      <Link href={href} className="mono truncate font-semibold hover:underline" prefetch={false}>
        {name}
      </Link>
      <CopyButton text={name} isQuiet />
    </span>
  );
}

/** A verdict in a list: state and reason on one line, the whole reason as its title. */
export function VerdictCell({ state, because }: { readonly state: StateName; readonly because: PhraseValue }) {
  const phraseText = usePhraseText();
  return (
    <span className="flex min-w-0 items-center gap-2" title={phraseText(because)}>
      <StateBadge state={state} />
      <span className="min-w-0 truncate text-ink-2">
        <Phrase value={because} />
      </span>
    </span>
  );
}
