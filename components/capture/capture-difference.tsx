'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useId } from 'react';
import { Block } from '@/components/shared/block';
import { useResource } from '@/components/shared/use-resource';
import type { CaptureAnswer } from '@/lib/api/capture';
import { type CaptureDifferenceAnswer, captureDifferenceAnswerSchema } from '@/lib/api/capture-difference';

interface CaptureDifferenceProps {
  /** The pod's own API address. */
  readonly path: string;
  readonly others: CaptureAnswer['others'];
}

const DEFAULTS = 'defaults';
const SIGN = { same: ' ', added: '+', removed: '−' } as const;

/** This pod's rules beside those of another pod, or of one that asks for nothing. */
export function CaptureDifference({ path, others }: CaptureDifferenceProps) {
  const t = useTranslations('capture.difference');
  const id = useId();
  const [other, setOther] = useQueryState('with', parseAsString.withDefault(DEFAULTS));
  const data = useResource(
    `${path}/capture/difference?with=${encodeURIComponent(other)}`,
    captureDifferenceAnswerSchema,
    ['pods'],
  );
  return (
    <section aria-label={t('label')} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label htmlFor={id} className="text-ink-2">
          {t('with')}
        </label>
        <select
          id={id}
          className="field mono max-w-full"
          value={other}
          onChange={({ target }) => void setOther(target.value)}
        >
          <option value={DEFAULTS}>{t('defaults')}</option>
          {[...new Set([...(other === DEFAULTS ? [] : [other]), ...others])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <p className="ml-auto text-sm">
          {t.rich('legend', {
            a: (chunks) => <span className="text-accent">{chunks}</span>,
            r: (chunks) => <span className="ml-3 text-state-refused">{chunks}</span>,
          })}
        </p>
      </div>
      <Block data={data}>{(answer) => <Difference answer={answer} />}</Block>
    </section>
  );
}

function Difference({ answer: { families, settings } }: { readonly answer: CaptureDifferenceAnswer }) {
  const t = useTranslations('capture.difference');
  const chains = families.flatMap(({ family, chains: own }) => own.map((chain) => ({ family, ...chain })));
  return (
    <div className="grid gap-3">
      {chains.length === 0 && <p className="text-prose text-ink-2">{t('same')}</p>}
      {chains.map(({ family, table, chain, lines }) => (
        <div key={`${family} ${table} ${chain}`} className="table-frame">
          <h3 className="mono border-b border-line bg-sunk px-3 py-1.5">
            <span className="font-semibold">{chain}</span>{' '}
            <span className="text-ink-3">
              {table}
              {families.length > 1 && `, ${family === 'ipv6' ? 'IPv6' : 'IPv4'}`}
            </span>
          </h3>
          <ol className="py-1">
            {lines.map(({ kind, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same rule may stand twice, and the list never changes its order
              <li key={`${kind} ${text} ${index}`} className="rule-line" data-kind={kind}>
                <span aria-hidden="true">{SIGN[kind]}</span>
                <code className="break-words">{text}</code>
              </li>
            ))}
          </ol>
        </div>
      ))}
      <SettingDifferences settings={settings} />
    </div>
  );
}

function SettingDifferences({ settings }: Pick<CaptureDifferenceAnswer, 'settings'>) {
  const t = useTranslations('capture');
  if (settings.length === 0) return <p className="text-ink-2">{t('difference.sameSettings')}</p>;
  const say = (value: string) => (value === '' ? t('settings.empty') : value === '*' ? t('settings.all') : value);
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            {(['setting', 'mine', 'other'] as const).map((column) => (
              <th key={column} scope="col" className="table-head-cell h-8 px-3 text-ink-2">
                {t(`difference.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.map(({ key, mine, other }) => (
            <tr key={key}>
              <th scope="row" className="h-9 border-b border-line px-3 text-left font-normal">
                {t(`settings.key.${key}`)}
              </th>
              <td className="border-b border-line px-3">
                <code className="break-words">{say(mine)}</code>
              </td>
              <td className="border-b border-line px-3 text-ink-2">
                <code className="break-words">{say(other)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
