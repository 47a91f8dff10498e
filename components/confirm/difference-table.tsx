import { useTranslations } from 'next-intl';
import type { ConfirmDifference } from '@/lib/api/confirm';

function Value({ text }: { readonly text: string | undefined }) {
  const t = useTranslations('confirm.differences');
  if (text === undefined || text === '')
    return <span className="text-ink-3">{t(text === undefined ? 'absent' : 'empty')}</span>;
  return <pre className="mono max-h-60 overflow-y-auto break-words whitespace-pre-wrap">{text}</pre>;
}

function Remark({ children }: { readonly children: string }) {
  return <span className="text-sm text-ink-3"> {children}</span>;
}

/** A narrow screen has no room for three columns, so each value then says whose it is. */
function Side({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  return (
    <td className="px-3 py-1.5 align-top max-sm:block max-sm:pt-0">
      <span className="block text-sm text-ink-3 sm:hidden" aria-hidden="true">
        {name}
      </span>
      <Value text={text} />
    </td>
  );
}

/** Field by field: what Sidelight foresees and what the cluster gives. */
export function DifferenceTable({ differences }: { readonly differences: readonly ConfirmDifference[] }) {
  const t = useTranslations('confirm.differences');
  return (
    <table className="confirm-table">
      <caption className="sr-only">{t('caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('engine')}</th>
          <th scope="col">{t('cluster')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ path, kind, part, engine, cluster }) => (
          <tr key={`${path} ${kind}`} className="max-sm:block">
            <th scope="row" className="px-3 py-1.5 text-left align-top font-normal max-sm:block">
              <code className="break-words">{path}</code>
              {kind === 'order' && <Remark>{t('order')}</Remark>}
              {part === 'beside' && <Remark>{t('beside')}</Remark>}
            </th>
            <Side name={t('engine')} text={engine} />
            <Side name={t('cluster')} text={cluster} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
