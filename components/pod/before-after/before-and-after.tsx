import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/shared/copy-button';
import type { PodChange } from '@/lib/api/pod-diff';
import { useAfterWord } from './after-word';

interface ValueProps {
  readonly name: string;
  readonly text: string | undefined;
}

function Value({ name, text }: ValueProps) {
  const t = useTranslations('pod.beforeAfter.change');
  return (
    <div className="min-w-0 flex-1 basis-60">
      <div className="flex h-6 items-center gap-1 text-sm text-ink-3">
        {name}
        {text !== undefined && text !== '' && <CopyButton text={text} label={t('copy', { name })} />}
      </div>
      {text === undefined ? (
        <p className="text-ink-3">{t('absent')}</p>
      ) : text === '' ? (
        <p className="text-ink-3">{t('empty')}</p>
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="mono max-h-80 overflow-auto rounded-sm bg-sunk px-2 py-1 break-words whitespace-pre-wrap"
        >
          {text}
        </pre>
      )}
    </div>
  );
}

/** One value as it was written and as it is now. */
export function BeforeAndAfter({ change }: { readonly change: PodChange }) {
  const t = useTranslations('pod.beforeAfter');
  const after = useAfterWord();
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1">
      <Value name={t('asWritten')} text={change.before} />
      <Value name={after} text={change.after} />
    </div>
  );
}
