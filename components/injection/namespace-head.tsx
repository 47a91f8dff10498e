import { useTranslations } from 'next-intl';
import { PageHead } from '@/components/shared/page-head';
import { Phrase } from '@/components/shared/phrase';
import { PodsBar } from '@/components/shared/pods-bar';
import { RelativeTime } from '@/components/shared/relative-time';
import { SkeletonLine } from '@/components/shared/skeleton';
import type { InjectionActionName } from '@/lib/api/injection';
import type { NamespaceAnswer } from '@/lib/api/namespace';
import { ModeBadge, ServedBy } from './mode-badge';
import { NamespaceActions } from './namespace-actions';

interface NamespaceHeadProps {
  readonly name: string;
  readonly answer: NamespaceAnswer | undefined;
  readonly isFailed: boolean;
  readonly onToggle: (action: InjectionActionName) => void;
  readonly onRestart: () => void;
}

function LabelFact({ mode }: Pick<NamespaceAnswer['namespace'], 'mode'>) {
  const t = useTranslations('namespace.fact');
  if (mode.label !== '') return <code>{mode.label}</code>;
  return <span className="text-ink-3">{t(mode.kind === 'unknown' ? 'notKnown' : 'none')}</span>;
}

function useFacts(answer: NamespaceAnswer | undefined) {
  const t = useTranslations('namespace.fact');
  if (answer === undefined) return [];
  const { namespace, labelsChanged, managedBy, workloads } = answer;
  const { total: _total, ...states } = namespace.counts;
  return [
    { label: t('label'), value: <LabelFact mode={namespace.mode} /> },
    { label: t('servedBy'), value: <ServedBy mode={namespace.mode} /> },
    { label: t('pods'), value: <PodsBar counts={states} /> },
    { label: t('workloads'), value: workloads.length },
    ...(labelsChanged === undefined
      ? []
      : [
          {
            label: t('changed'),
            value: (
              <>
                <RelativeTime at={labelsChanged.at} /> · <code>{labelsChanged.manager}</code>
              </>
            ),
          },
        ]),
    ...(managedBy === undefined ? [] : [{ label: t('managedBy'), value: <code>{managedBy}</code> }]),
    { label: t('age'), value: <RelativeTime at={namespace.createdAt} /> },
  ];
}

/** How far the pods are from what the labels ask, as far as that can be told. */
function Astray({ counts }: Pick<NamespaceAnswer['namespace'], 'counts'>) {
  const t = useTranslations('namespace.verdict');
  const { outdated, missing, refused, unknown, total } = counts;
  const astray = outdated + missing + refused;
  const judged = total - unknown;
  const b = (chunks: React.ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;
  if (total === 0) return <>{t('noPods')}</>;
  return (
    <>
      {astray > 0 && t.rich('astray', { b, astray, total })}
      {astray === 0 && judged > 0 && t('fine', { total: judged })} {unknown > 0 && t('unknown', { unknown })}
    </>
  );
}

export function NamespaceHead({ name, answer, isFailed, onToggle, onRestart }: NamespaceHeadProps) {
  const t = useTranslations('namespace');
  const facts = useFacts(answer);
  const mode = answer?.namespace.mode;
  return (
    <PageHead
      crumbs={[{ label: t('namespaces'), href: '/namespaces' }]}
      kind="Namespace"
      title={name}
      isName
      facts={facts}
      verdict={
        mode === undefined ? (
          isFailed ? undefined : (
            <SkeletonLine className="mt-1 w-96" />
          )
        ) : (
          <span className="inline-flex flex-wrap items-baseline gap-x-2">
            <ModeBadge mode={{ ...mode, label: '' }} />
            <span>
              <Phrase value={mode.because} /> {answer !== undefined && <Astray counts={answer.namespace.counts} />}
            </span>
          </span>
        )
      }
      actions={answer !== undefined && <NamespaceActions answer={answer} onToggle={onToggle} onRestart={onRestart} />}
    />
  );
}
