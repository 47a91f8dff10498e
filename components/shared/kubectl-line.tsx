import { useTranslations } from 'next-intl';
import { CopyButton } from './copy-button';

interface KubectlLineProps {
  /** The whole command, as a person would paste it. */
  readonly command: string;
  readonly isLabelHidden?: boolean;
}

/** The command that does the same from a shell. */
export function KubectlLine({ command, isLabelHidden = false }: KubectlLineProps) {
  const t = useTranslations('shared.kubectl');
  return (
    <div>
      <p className={isLabelHidden ? 'sr-only' : 'mb-1 text-sm text-ink-3'}>{t('label')}</p>
      <div className="flex items-start gap-2 rounded-md border border-line bg-sunk py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 py-0.5 break-words whitespace-pre-wrap">
          <span aria-hidden="true" className="text-ink-3 select-none">
            ${' '}
          </span>
          {command}
        </code>
        <CopyButton text={command} label={t('copy')} />
      </div>
    </div>
  );
}
