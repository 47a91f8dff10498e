'use client';
import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/shared/dialog';
import { areSingleKeysOn, listShortcuts } from '@/components/shared/shortcuts';

interface KeyRow {
  readonly keys: readonly string[];
  readonly label: string;
}

const shown = (keys: string): readonly string[] =>
  keys.startsWith('mod+') ? ['Ctrl', keys.slice(4).toUpperCase()] : [keys];

function KeyList({ heading, rows }: { readonly heading: string; readonly rows: readonly KeyRow[] }) {
  return (
    <section className="mb-4">
      <h3 className="mb-1.5 text-sm font-medium text-ink-3">{heading}</h3>
      <dl>
        {rows.map(({ keys, label }) => (
          <div key={label} className="flex items-center justify-between gap-4 border-b border-line py-1.5">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="key">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** All keys: those that this page listens to now, and those that every list understands. */
export default function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('frame.keys');
  const here = new Map(listShortcuts().map(({ keys, label }) => [keys, { keys: shown(keys), label }]));
  const lists: readonly KeyRow[] = [
    { keys: ['↑', '↓'], label: t('move') },
    { keys: ['PgUp', 'PgDn'], label: t('page') },
    { keys: ['Home', 'End'], label: t('ends') },
    { keys: ['Enter'], label: t('enter') },
    { keys: ['Space'], label: t('space') },
  ];
  return (
    <Dialog isOpen onClose={onClose} title={t('title')}>
      {!areSingleKeysOn() && <p className="mb-3 text-state-missing">{t('off')}</p>}
      <KeyList heading={t('everywhere')} rows={[...here.values()]} />
      <KeyList heading={t('lists')} rows={lists} />
    </Dialog>
  );
}
