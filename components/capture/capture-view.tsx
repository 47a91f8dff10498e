'use client';
import './capture.css';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { HowThisWorks } from '@/components/shared/how-this-works';
import { Phrase } from '@/components/shared/phrase';
import type { CaptureAnswer } from '@/lib/api/capture';
import type { Phrase as PhraseValue } from '@/lib/core/phrase';
import { CaptureMap } from './capture-map';
import { CaptureSettingsTable } from './capture-settings-table';
import { RulesText } from './rules-text';

const VIEWS = ['map', 'list'] as const;
const FAMILIES = ['ipv4', 'ipv6'] as const;

/** The Capture tab: what is captured, in one sentence, then the picture or the rules, then the settings. */
export function CaptureView({ answer }: { readonly answer: CaptureAnswer }) {
  const t = useTranslations('capture');
  const [view, setView] = useQueryState('view', parseAsStringLiteral(VIEWS).withDefault('map'));
  const [familyName, setFamily] = useQueryState('family', parseAsStringLiteral(FAMILIES).withDefault('ipv4'));
  const [flow, setFlow] = useQueryState('flow', parseAsString);
  const family = answer.families.find((one) => one.family === familyName) ?? answer.families[0];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 text-prose">
          <Phrase value={answer.verdict} />
        </p>
        {answer.families.length > 1 && (
          <Choice
            label={t('view.family')}
            options={FAMILIES.map((id) => ({ id, name: t(`view.${id}`) }))}
            chosen={family?.family ?? 'ipv4'}
            onChoose={(id) => void setFamily(id)}
          />
        )}
        {family !== undefined && (
          <Choice
            label={t('view.switch')}
            options={VIEWS.map((id) => ({ id, name: t(`view.${id}`) }))}
            chosen={view}
            onChoose={(id) => void setView(id)}
          />
        )}
      </header>
      <Remarks title={t('faults')} phrases={answer.faults} tone="text-state-refused" />
      {family !== undefined && view === 'map' && (
        <CaptureMap key={family.family} family={family} flow={flow} onFlow={(id) => void setFlow(id)} />
      )}
      {family !== undefined && view === 'list' && <RulesText family={family} />}
      {answer.explanation.length > 0 && (
        <HowThisWorks lines={answer.explanation.map((line) => <Phrase key={line.code} value={line} />)} />
      )}
      <Remarks title={t('notes')} phrases={answer.notes} tone="" />
      {answer.settings.length > 0 && <CaptureSettingsTable settings={answer.settings} />}
    </div>
  );
}

interface RemarksProps {
  readonly title: string;
  readonly phrases: readonly PhraseValue[];
  readonly tone: string;
}

function Remarks({ title, phrases, tone }: RemarksProps) {
  return phrases.length === 0 ? null : (
    <section>
      <h2 className={`text-prose font-semibold ${tone}`}>{title}</h2>
      <ul className="mt-1 max-w-prose-wide list-disc pl-5 text-ink-2">
        {phrases.map((phrase) => (
          <li key={`${phrase.code} ${Object.values(phrase.values ?? {}).join(' ')}`}>
            <Phrase value={phrase} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChoiceProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly name: string }[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
}

/** A few ways to see the same thing, one at a time. */
function Choice<Id extends string>({ label, options, chosen, onChoose }: ChoiceProps<Id>) {
  return (
    <fieldset className="choice">
      <legend className="sr-only">{label}</legend>
      {options.map(({ id, name }) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
