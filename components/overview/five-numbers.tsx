import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { StateName } from '@/components/shared/state-names';
import { StateShape } from '@/components/shared/state-shape';
import type { OverviewAnswer } from '@/lib/api/overview';

const NUMBERS: readonly {
  readonly id: keyof OverviewAnswer['numbers'];
  readonly state: StateName | null;
  readonly href: string;
}[] = [
  { id: 'injected', state: 'injected', href: '/namespaces?state=injected' },
  { id: 'missing', state: 'missing', href: '/namespaces?state=missing' },
  { id: 'outdated', state: 'outdated', href: '/namespaces?state=outdated' },
  { id: 'refused', state: 'refused', href: '/namespaces?state=refused' },
  { id: 'controlPlanes', state: null, href: '/control-planes' },
];

/** Five figures, each the way to its list. */
export function FiveNumbers({ numbers }: Pick<OverviewAnswer, 'numbers'>) {
  const t = useTranslations('overview.number');
  const format = useFormatter();
  return (
    <ul className="grid grid-cols-2 border-y border-line sm:grid-cols-3 lg:grid-cols-5">
      {NUMBERS.map(({ id, state, href }) => (
        <li key={id} className="min-w-0">
          <Link href={href} prefetch={false} className="group block h-full py-3 pr-4 hover:bg-hover">
            <span
              className={`block text-[1.75rem] leading-9 font-semibold tracking-tight ${numbers[id] === 0 ? 'text-ink-3' : ''}`}
            >
              {format.number(numbers[id])}
            </span>
            <span className="flex items-center gap-1.5 text-ink-2 group-hover:underline">
              {state !== null && <StateShape state={state} />}
              {t(id, { count: numbers[id] })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
