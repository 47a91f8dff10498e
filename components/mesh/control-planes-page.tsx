'use client';
import { useTranslations } from 'next-intl';
import { NAMESPACE_KINDS } from '@/components/injection/namespace-kinds';
import { Block } from '@/components/shared/block';
import { EmptyState } from '@/components/shared/empty-state';
import { MissingParts } from '@/components/shared/missing-parts';
import { PageHead } from '@/components/shared/page-head';
import { SkeletonLine } from '@/components/shared/skeleton';
import { useResource } from '@/components/shared/use-resource';
import { type ControlPlanesAnswer, controlPlanesAnswerSchema } from '@/lib/api/control-planes';
import { ArchitecturePicture } from './architecture-picture';
import { GatewaysTable } from './gateways-table';
import { PlaneDetails } from './plane-details';
import { WebhooksTable } from './webhooks-table';

const KINDS = [...NAMESPACE_KINDS, 'services', 'endpointslices'];

function Verdict({ answer }: { readonly answer: ControlPlanesAnswer }) {
  const t = useTranslations('controlPlanes');
  const { items } = answer;
  if (items.length === 0) return <>{t('none')}</>;
  const down = items.filter(({ isServing, health }) => !isServing && health !== 'external' && health !== 'unknown');
  const proxies = items.reduce((sum, { proxies: { total } }) => sum + total, 0);
  return (
    <>
      {t.rich('verdict', {
        b: (chunks) => <strong className="font-semibold text-ink">{chunks}</strong>,
        serving: items.length - down.length,
        planes: items.length,
        proxies,
      })}{' '}
      {down.length > 0 && (
        <span className="text-state-refused">
          {t('down', { revisions: down.map(({ revision }) => revision).join(', ') })}
        </span>
      )}
    </>
  );
}

/** What runs the mesh: the architecture with live facts, then the same as tables. */
export function ControlPlanesPage() {
  const t = useTranslations('controlPlanes');
  const data = useResource('/api/v1/control-planes', controlPlanesAnswerSchema, KINDS);
  const answer = data.status === 'ready' ? data.value : undefined;
  return (
    <>
      <PageHead
        title={t('title')}
        verdict={answer === undefined ? <SkeletonLine className="mt-1 w-96" /> : <Verdict answer={answer} />}
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} />}
      <Block data={data}>
        {({ items, gateways, injectorProblems }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
          ) : (
            <div className="flex flex-col gap-8">
              {injectorProblems.map(({ configMap, message }) => (
                <p key={configMap} role="alert" className="text-state-refused">
                  {t('injectorProblem')} <code>{message}</code>
                </p>
              ))}
              <ArchitecturePicture planes={items} gateways={gateways} />
              <PlaneDetails planes={items} />
              <WebhooksTable planes={items} />
              <GatewaysTable gateways={gateways} />
            </div>
          )
        }
      </Block>
    </>
  );
}
