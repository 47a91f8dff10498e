import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { ConfirmAnswer } from '@/lib/api/confirm';

/** What the API server fills in by itself, each place with the reason. */
export function AsideTable({ setAside }: { readonly setAside: ConfirmAnswer['setAside'] }) {
  const t = useTranslations('confirm');
  return (
    <table className="confirm-table">
      <caption className="sr-only">{t('aside.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('differences.field')}</th>
          <th scope="col">{t('aside.value')}</th>
          <th scope="col">{t('aside.why')}</th>
        </tr>
      </thead>
      <tbody>
        {setAside.map(({ path, value, because }) => (
          <tr key={path} className="max-sm:block">
            <th scope="row" className="px-3 py-1 text-left align-top font-normal max-sm:block">
              <code className="break-words">{path}</code>
            </th>
            <td className="px-3 py-1 align-top max-sm:block max-sm:pt-0">
              <pre className="mono max-h-24 overflow-y-auto break-words whitespace-pre-wrap">{value}</pre>
            </td>
            <td className="px-3 py-1 align-top text-ink-2 max-sm:block max-sm:pt-0">
              <Phrase value={because} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
