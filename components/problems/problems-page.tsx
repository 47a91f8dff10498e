'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { BulkDialog } from '@/components/injection/bulk-dialog';
import { announce } from '@/components/shared/announce';
import { Block } from '@/components/shared/block';
import { EmptyState } from '@/components/shared/empty-state';
import { MissingParts } from '@/components/shared/missing-parts';
import { PageHead } from '@/components/shared/page-head';
import { SkeletonLine } from '@/components/shared/skeleton';
import { useResource } from '@/components/shared/use-resource';
import { useShortcut } from '@/components/shared/use-shortcut';
import { type ProblemsAnswer, problemsAnswerSchema } from '@/lib/api/problems';
import { NothingWrong } from './nothing-wrong';
import { toProblemsQuery, useProblemFilters } from './problem-filters';
import { ProblemGroupBox } from './problem-group-box';
import { PROBLEM_KINDS } from './problem-kinds';
import { ProblemsSkeleton } from './problems-skeleton';
import { ProblemsToolbar } from './problems-toolbar';
import { ProblemsVerdict } from './problems-verdict';

/** Tells people who listen that causes came or went while the page is open. */
function useAnnouncedCauses(answer: ProblemsAnswer | undefined) {
  const t = useTranslations('problems');
  const told = useRef<number>(undefined);
  const causes = answer?.summary.causes;
  useEffect(() => {
    if (causes === undefined) return;
    if (told.current !== undefined && told.current !== causes) announce(t('changed', { causes }));
    told.current = causes;
  }, [causes, t]);
}

/** What is wrong in the whole cluster, by cause, worst first, with what to do about it. */
export function ProblemsPage() {
  const t = useTranslations('problems');
  const { filters, change, clear } = useProblemFilters();
  const path = `/api/v1/problems?${toProblemsQuery(filters, { limit: '1' })}`;
  const data = useResource(path, problemsAnswerSchema, PROBLEM_KINDS, { keepPrevious: true });
  const answer = data.status === 'ready' ? data.value : undefined;
  useAnnouncedCauses(answer);
  const [bulk, setBulk] = useState<readonly string[]>();

  const causes = answer?.groups.map(({ cause }) => cause) ?? [];
  // Until somebody chooses, the worst cause is open: it shows what a group holds.
  const open = new Set(filters.open ?? causes.slice(0, 1));
  const isAllOpen = causes.length > 0 && causes.every((cause) => open.has(cause));
  const toggleAll = () => change({ open: isAllOpen ? [] : causes });
  useShortcut('e', t('keys.toggleAll'), toggleAll);
  const toggle = (cause: string) => {
    const next = new Set(open);
    if (!next.delete(cause)) next.add(cause);
    change({ open: [...next] });
  };

  const list = ({ groups, list: found }: ProblemsAnswer) => {
    if (found.all === 0) return undefined;
    return groups.length === 0 ? (
      <EmptyState
        title={t('noMatch.title')}
        action={
          <button type="button" className="button" onClick={clear}>
            {t('noMatch.clear')}
          </button>
        }
      >
        {t('noMatch.hint', { objects: found.all })}
      </EmptyState>
    ) : (
      <div className="border-t border-line">
        {groups.map((group) => (
          <ProblemGroupBox
            key={group.cause}
            group={group}
            filters={filters}
            isOpen={open.has(group.cause)}
            onToggle={() => toggle(group.cause)}
            onBulk={setBulk}
          />
        ))}
      </div>
    );
  };

  return (
    <>
      <PageHead
        title={t('title')}
        verdict={
          answer === undefined ? (
            data.status === 'loading' && <SkeletonLine className="mt-1 w-96 max-w-full" />
          ) : (
            <ProblemsVerdict answer={answer} />
          )
        }
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} about={PROBLEM_KINDS} />}
      {answer?.list.all !== 0 && (
        <ProblemsToolbar
          filters={filters}
          onFilters={change}
          answer={answer}
          isAllOpen={isAllOpen}
          onToggleAll={toggleAll}
        />
      )}
      <Block data={data} skeleton={<ProblemsSkeleton />}>
        {(value) => list(value) ?? <NothingWrong answer={value} />}
      </Block>
      {bulk !== undefined && <BulkDialog names={bulk} action="enable" onClose={() => setBulk(undefined)} />}
    </>
  );
}
