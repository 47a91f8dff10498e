import { useTranslations } from 'next-intl';
import type { ArrivingContainer } from '@/lib/api/preview';
import { Amounts, isNothing } from './amounts';

/** The containers that injection brings, each with what it is for, its image and its requests. */
export function ArrivingContainers({ containers }: { readonly containers: readonly ArrivingContainer[] }) {
  const t = useTranslations('preview.containers');
  if (containers.length === 0) return <p className="text-ink-3">{t('none')}</p>;
  return (
    <ul className="flex flex-col gap-1.5">
      {containers.map(({ name, image, role, requests }) => (
        <li key={name} className="min-w-0">
          <p>
            <span aria-hidden="true" className="mono inline-block w-4 text-accent">
              +
            </span>
            <code className="font-semibold">{name}</code> <span className="text-ink-2">{t(`role.${role}`)}</span>
          </p>
          <p className="pl-4 break-all text-ink-3">
            <span className="mono">{image}</span>
            {!isNothing(requests) && (
              <>
                {' · '}
                <Amounts value={requests} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
