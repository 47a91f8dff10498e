'use client';
import { useLocale, useTranslations } from 'next-intl';
import { dateFormat } from './date-format';
import { toAge } from './to-age';
import { useNow } from './use-now';

interface TimeProps {
  /** ISO form; null or nonsense shows a dash. */
  readonly at: string | null | undefined;
}

const isTime = (at: string | null | undefined): at is string => at != null && !Number.isNaN(Date.parse(at));

/** How long ago, in one unit ("4 d"); the exact time on hover. The server leaves its place empty. */
export function RelativeTime({ at }: TimeProps) {
  const t = useTranslations('shared.age');
  const locale = useLocale();
  const now = useNow();
  if (!isTime(at)) return <span>–</span>;
  if (now === null) return <time dateTime={at} />;
  const { unit, count } = toAge(now - Date.parse(at));
  const exact = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(at));
  return (
    <time dateTime={at} title={exact} className="whitespace-nowrap">
      {t(unit, { count })}
    </time>
  );
}

/** The time of day, to the second, in the reader's zone. */
export function ClockTime({ at }: TimeProps) {
  const locale = useLocale();
  const now = useNow();
  if (!isTime(at)) return <span>–</span>;
  if (now === null) return <time dateTime={at} />;
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {dateFormat(locale, options).format(new Date(at))}
    </time>
  );
}
