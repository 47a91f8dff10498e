import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import type { Phrase as PhraseValue } from '@/lib/core/phrase';

/** What is wrong with a node or an edge; red where it breaks traffic, amber where it may be meant. */
export function ProblemList({
  problems,
  isBroken,
}: {
  readonly problems: readonly PhraseValue[];
  readonly isBroken: boolean;
}) {
  if (problems.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5">
      {problems.map((problem) => (
        <li key={JSON.stringify(problem)} className="flex gap-2">
          <span className="pt-0.5">
            <StateShape state={isBroken ? 'refused' : 'missing'} />
          </span>
          <span className="min-w-0 break-words">
            <Phrase value={problem} />
          </span>
        </li>
      ))}
    </ul>
  );
}
