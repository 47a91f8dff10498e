'use client';
import './capture.css';
import { Route } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { HowThisWorks } from '@/components/shared/how-this-works';
import { Phrase } from '@/components/shared/phrase';
import type { CaptureAnswer, PacketRequestBody } from '@/lib/api/capture';
import type { CaptureEvidenceAnswer } from '@/lib/api/capture-evidence';
import type { Phrase as PhraseValue } from '@/lib/core/phrase';
import { AnnotationFaults } from './annotation-faults';
import { CaptureDifference } from './capture-difference';
import { EvidenceDifferences, EvidenceMark } from './capture-evidence';
import { CaptureMap } from './capture-map';
import { CaptureSettingsTable } from './capture-settings-table';
import { PacketTracer } from './packet-tracer';
import { usePacketUrl } from './packet-url';
import { RulesText } from './rules-text';
import { TrafficFacts } from './traffic-facts';
import { useTrace } from './use-trace';

const VIEWS = ['map', 'list', 'compare'] as const;
const FAMILIES = ['ipv4', 'ipv6'] as const;

interface CaptureViewProps {
  readonly answer: CaptureAnswer;
  /** Null until it is read. */
  readonly evidence: CaptureEvidenceAnswer | null;
  /** The pod's own API address. */
  readonly path: string;
}

/** The Capture tab: what is captured, in one sentence, then the picture or the rules, then the settings. */
export function CaptureView({ answer, evidence, path }: CaptureViewProps) {
  const t = useTranslations('capture');
  const [view, setView] = useQueryState('view', parseAsStringLiteral(VIEWS).withDefault('map'));
  const [familyName, setFamily] = useQueryState('family', parseAsStringLiteral(FAMILIES).withDefault('ipv4'));
  const [flowId, setFlow] = useQueryState('flow', parseAsString);
  const [request, setRequest] = usePacketUrl();
  const trace = useTrace(path, answer.families.length > 0 ? request : null);
  const shownFamily = trace.answer?.family ?? familyName;
  const family = answer.families.find((one) => one.family === shownFamily) ?? answer.families[0];
  const preset = family?.map.flows.find(({ id }) => id === flowId) ?? null;
  const flow = request === null ? preset : trace.answer === null ? null : { id: 'trace', steps: trace.answer.steps };
  const chooseFlow = (id: string | null) => {
    setRequest(null);
    void setFlow(id);
  };
  const chooseRequest = (next: PacketRequestBody | null) => {
    if (next !== null && flowId !== null) void setFlow(null);
    setRequest(next);
  };
  const open = () => chooseRequest(request === null ? firstRequest(family, preset) : null);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-72 flex-1 text-prose">
          <Phrase value={answer.verdict} />
        </p>
        <EvidenceMark evidence={evidence} />
        {answer.families.length > 1 && (
          <Choice
            label={t('view.family')}
            options={FAMILIES.map((id) => ({ id, name: t(`view.${id}`) }))}
            chosen={family?.family ?? 'ipv4'}
            onChoose={(id) => void setFamily(id)}
          />
        )}
        {family !== undefined && (
          <button type="button" className="button" aria-pressed={request !== null} onClick={open}>
            <Route aria-hidden="true" size={14} />
            {t('tracer.open')}
          </button>
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
      <EvidenceDifferences evidence={evidence} />
      <Remarks title={t('faults')} phrases={answer.faults} tone="text-state-refused" />
      <AnnotationFaults faults={answer.annotationFaults} />
      {family !== undefined && request !== null && (
        <PacketTracer request={request} onRequest={chooseRequest} family={family} answer={answer} trace={trace} />
      )}
      {family !== undefined && view === 'map' && (
        <CaptureMap key={family.family} family={family} flow={flow} onFlow={chooseFlow} onOwn={open} />
      )}
      {family !== undefined && view === 'compare' && <CaptureDifference path={path} others={answer.others} />}
      {family !== undefined && view === 'list' && <RulesText family={family} flow={flow} nft={answer.nft} />}
      {answer.explanation.length > 0 && (
        <HowThisWorks lines={answer.explanation.map((line) => <Phrase key={line.code} value={line} />)} />
      )}
      <Remarks title={t('notes')} phrases={answer.notes} tone="" />
      {family !== undefined && family.facts.length > 0 && <TrafficFacts facts={family.facts} onTrace={chooseRequest} />}
      {answer.settings.length > 0 && <CaptureSettingsTable settings={answer.settings} />}
    </div>
  );
}

/** What the tracer starts with: the flow that is lit, else the application calling out. */
function firstRequest(
  family: CaptureAnswer['families'][number] | undefined,
  preset: { readonly request: PacketRequestBody } | null,
): PacketRequestBody | null {
  const usual = family?.map.flows.find(({ id }) => id === 'outbound') ?? family?.map.flows[0];
  return preset?.request ?? usual?.request ?? null;
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
