'use client';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { InjectedObject, RefusalReason } from '@/lib/api/inject';
import { OUTCOME_STATE, objectKey } from './object-verdict';

interface ObjectListProps {
  readonly objects: readonly InjectedObject[];
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onPlace: (line: number, column?: number) => void;
}

/** Every object of the file in its order, each with what becomes of it. */
export function ObjectList({ objects, selected, onSelect, onPlace }: ObjectListProps) {
  const t = useTranslations('inject.result');
  return (
    <ul className="divide-y divide-line">
      {objects.map((object, index) => (
        <li key={objectKey(object, index)} className={index === selected ? 'bg-accent-bg' : ''}>
          <ObjectHead
            object={object}
            isSelected={index === selected}
            onSelect={() => onSelect(index)}
            onPlace={onPlace}
          />
          <div className="flex flex-col gap-2 px-3 pb-2 empty:hidden">
            {object.because !== undefined && (
              <p className="text-ink-2">
                <Phrase value={object.because} />
              </p>
            )}
            {object.reasons.map((reason) => (
              <Reason key={`${reason.line} ${reason.text}`} reason={reason} onPlace={onPlace} />
            ))}
            {object.warnings.map((warning) => (
              <p key={`${warning.code} ${JSON.stringify(warning.values)}`} className="text-state-missing">
                <Phrase value={warning} />
              </p>
            ))}
            {object.outcome === 'injected' && object.comparison === undefined && (
              <p className="text-ink-3">{t('notCompared')}</p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

interface ObjectHeadProps extends Pick<ObjectListProps, 'onPlace'> {
  readonly object: InjectedObject;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function ObjectHead({ object, isSelected, onSelect, onPlace }: ObjectHeadProps) {
  const t = useTranslations('inject.result');
  const { objectKind, name, namespace, number, line, outcome, templates, reasons, comparison } = object;
  const title =
    objectKind === '' ? (
      t('document', { number })
    ) : (
      <>
        <span className="text-ink-3">{objectKind}</span>{' '}
        <span className="mono">{namespace === '' ? name : `${namespace}/${name}`}</span>
      </>
    );
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
      {comparison === undefined ? (
        <span className="min-w-0 break-words">{title}</span>
      ) : (
        <button
          type="button"
          aria-pressed={isSelected}
          onClick={onSelect}
          className="link min-w-0 text-left break-words"
        >
          {title}
        </button>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-x-3">
        {templates.length > 0 && <span className="text-sm text-ink-3">{templates.join(', ')}</span>}
        {outcome === 'passed' ? (
          <span className="text-ink-3">{t('outcome.passed')}</span>
        ) : (
          <StateBadge state={OUTCOME_STATE[outcome]}>{t(`outcome.${outcome}`)}</StateBadge>
        )}
        {reasons.length === 0 && (
          <button type="button" className="link text-sm" onClick={() => onPlace(line)}>
            {t('line', { line })}
          </button>
        )}
      </span>
    </div>
  );
}

interface ReasonProps extends Pick<ObjectListProps, 'onPlace'> {
  readonly reason: RefusalReason;
}

function Reason({ reason: { phrase, text, line, column }, onPlace }: ReasonProps) {
  const t = useTranslations('inject.result');
  return (
    <div className="border-l-2 border-state-refused pl-2.5">
      <p className="break-words">
        <Phrase value={phrase} />{' '}
        <button type="button" className="link whitespace-nowrap" onClick={() => onPlace(line, column)}>
          {column === undefined ? t('goLine', { line }) : t('goPlace', { line, column })}
        </button>
      </p>
      <details className="text-sm text-ink-3">
        <summary>{t('ownWords')}</summary>
        <pre className="mt-1 max-h-40 overflow-auto break-words whitespace-pre-wrap">{text}</pre>
      </details>
    </div>
  );
}
