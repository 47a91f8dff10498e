'use client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type ReactNode, useRef } from 'react';
import { ExportMenu } from '@/components/shared/export-menu';
import { HowThisWorks } from '@/components/shared/how-this-works';
import type { PodChange, PodDiffAnswer } from '@/lib/api/pod-diff';
import type { ExportRow } from '@/lib/core/to-csv';
import { ChangeList } from './change-list';
import { ChangeSummary } from './change-summary';
import { Choice } from './choice';
import { LeadSentence } from './lead-sentence';
import { PodAnatomy } from './pod-anatomy';
import { RecoveredParts } from './recovered-parts';
import { useChangeFilter } from './use-change-filter';
import { YamlCompare } from './yaml-compare';

const VIEWS = ['changes', 'yaml'] as const;

function toExportRow({ kind, group, path, container, before, after, origin, because }: PodChange) {
  return {
    kind,
    group,
    path,
    container: container ?? '',
    before: before ?? '',
    after: after ?? '',
    origin,
    because: because.code,
  };
}

interface BeforeAfterViewProps {
  readonly answer: PodDiffAnswer;
  readonly pod: string;
  /** Replaces the first sentence where the pod does not run yet. */
  readonly lead?: ReactNode;
  /** Stands for the list of changes where the engine itself says why each part is there, and for its rows in an export. */
  readonly parts?: { readonly list: ReactNode; readonly rows: () => readonly ExportRow[]; readonly json: unknown };
}

/** The answer in one sentence, then the picture, the numbers, and the evidence as list or YAML. */
export function BeforeAfterView({ answer, pod, lead, parts }: BeforeAfterViewProps) {
  const t = useTranslations('pod.beforeAfter');
  const [view, setView] = useQueryState('view', parseAsStringLiteral(VIEWS).withDefault('changes'));
  const { setSearch } = useChangeFilter();
  const evidence = useRef<HTMLElement>(null);
  const { anatomy, changes, summary, yaml, owner, source } = answer;
  const find = (name: string) => {
    void setView(null);
    setSearch(name);
    evidence.current?.scrollIntoView({ block: 'start' });
  };
  const sourceName =
    owner === undefined ? t(`source.short.${source}`) : t('source.short.template', { kind: owner.kind });
  return (
    <>
      {lead === undefined ? <LeadSentence answer={answer} /> : lead}
      <PodAnatomy anatomy={anatomy} sourceName={sourceName} changes={changes} onFind={find} />
      {lead === undefined && <RecoveredParts answer={answer} />}
      <section ref={evidence} aria-label={t('evidence')} className="scroll-mt-16">
        <div className="mb-4 flex flex-wrap items-end gap-x-8 gap-y-3">
          <ChangeSummary summary={summary} />
          <div className="ml-auto flex flex-wrap items-center gap-2">
            <Choice
              label={t('views')}
              options={VIEWS.map((id) => ({ id, label: t(`view.${id}`) }))}
              value={view}
              onChange={(id) => void setView(id === 'changes' ? null : id)}
            />
            <ExportMenu
              fileName={`${pod}-changes`}
              rows={parts?.rows ?? (() => changes.map(toExportRow))}
              json={() => parts?.json ?? answer}
            />
          </div>
        </div>
        {view === 'changes' ? (parts?.list ?? <ChangeList changes={changes} />) : <YamlCompare {...yaml} />}
      </section>
      <div className="mt-6">
        <HowThisWorks
          lines={(['admission', 'template', 'post', 'recover', 'origin', 'once'] as const).map((line) =>
            t(`how.${line}`),
          )}
        />
      </div>
    </>
  );
}
