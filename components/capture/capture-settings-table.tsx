'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Term } from '@/components/shared/term';
import type { CaptureSettingAnswer } from '@/lib/api/capture';

/** Those that a person sets or asks for; the others show when they differ from their default, or on request. */
const IMPORTANT: ReadonlySet<string> = new Set([
  'interceptionMode',
  'inboundPortsInclude',
  'inboundPortsExclude',
  'outboundIpRangesInclude',
  'outboundIpRangesExclude',
  'outboundPortsInclude',
  'outboundPortsExclude',
  'redirectDns',
  'ambientDns',
  'ambientBypassInbound',
]);

const isShown = (setting: CaptureSettingAnswer) =>
  IMPORTANT.has(setting.key) || setting.value !== setting.defaultValue || setting.from === 'assumed';

/** The pod's capture settings: value, default, and where the value comes from. */
export function CaptureSettingsTable({ settings }: { readonly settings: readonly CaptureSettingAnswer[] }) {
  const t = useTranslations('capture.settings');
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? settings : settings.filter(isShown);
  return (
    <section>
      <header className="mb-2 flex min-h-8 items-center">
        <h2 className="text-prose font-semibold">{t('title')}</h2>
        {settings.some((setting) => !isShown(setting)) && (
          <button type="button" className="link ml-auto" aria-expanded={isAll} onClick={() => setIsAll(!isAll)}>
            {isAll ? t('showLess') : t('showAll', { count: settings.length })}
          </button>
        )}
      </header>
      <div className="table-frame">
        <table className="table" aria-label={t('label')}>
          <thead>
            <tr>
              {(['name', 'value', 'default', 'from'] as const).map((column) => (
                <th key={column} scope="col" className="table-head-cell h-8 px-3 text-ink-2">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((setting) => (
              <SettingRow key={setting.key} setting={setting} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SettingRow({ setting }: { readonly setting: CaptureSettingAnswer }) {
  const t = useTranslations('capture.settings');
  const isChanged = setting.value !== setting.defaultValue;
  const cell = 'h-9 border-b border-line px-3 py-1.5';
  return (
    <tr className="hover:bg-hover">
      <th scope="row" className={`${cell} text-left font-normal`}>
        {setting.key === 'interceptionMode' ? (
          <Term id="interception-mode">{t('key.interceptionMode')}</Term>
        ) : (
          t(`key.${setting.key}`)
        )}
      </th>
      <td className={cell}>
        <Value text={setting.value} />
        {isChanged && <span className="ml-2 text-sm text-accent">{t('changed')}</span>}
      </td>
      <td className={`${cell} text-ink-3`}>
        <Value text={setting.defaultValue} />
      </td>
      <td className={`${cell} text-ink-2`}>
        <SettingOrigin setting={setting} />
      </td>
    </tr>
  );
}

/** A value as a person reads it: words for the wildcard, for nothing and for switches, the text itself otherwise. */
function Value({ text }: { readonly text: string }) {
  const t = useTranslations('capture.settings');
  switch (text) {
    case '':
      return <span className="text-ink-3">{t('empty')}</span>;
    case '*':
      return <span>{t('all')}</span>;
    case 'true':
      return <span>{t('on')}</span>;
    case 'false':
      return <span>{t('off')}</span>;
    default:
      return <code className="break-words">{text.replaceAll(',', ', ')}</code>;
  }
}

/** Where a setting's value comes from, and the annotation that asked for it. */
export function SettingOrigin({ setting }: { readonly setting: CaptureSettingAnswer }) {
  const t = useTranslations('capture.settings');
  const code = (chunks: React.ReactNode) => <code className="break-words">{chunks}</code>;
  return (
    <>
      {t.rich(`source.${setting.from}`, { source: setting.source, code })}
      {setting.askedBy !== undefined && (
        <span className="block text-sm text-ink-3">{t.rich('askedBy', { annotation: setting.askedBy, code })}</span>
      )}
    </>
  );
}
