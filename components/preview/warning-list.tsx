import { Phrase } from '@/components/shared/phrase';
import type { StateName } from '@/components/shared/state-names';
import { StateShape } from '@/components/shared/state-shape';
import type { Phrase as PhraseValue } from '@/lib/core/phrase';

interface WarningListProps {
  readonly phrases: readonly PhraseValue[];
  readonly state?: Extract<StateName, 'missing' | 'not-injected' | 'unknown'>;
}

/** Sentences to be heeded, one a line. */
export function WarningList({ phrases, state = 'missing' }: WarningListProps) {
  if (phrases.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {phrases.map((phrase) => (
        <li
          key={`${phrase.code} ${JSON.stringify(phrase.values)}`}
          className={`flex items-baseline gap-2 ${state === 'missing' ? 'text-state-missing' : 'text-ink-2'}`}
        >
          <span className="translate-y-px">
            <StateShape state={state} size={10} />
          </span>
          <span className="min-w-0 break-words">
            <Phrase value={phrase} />
          </span>
        </li>
      ))}
    </ul>
  );
}
