'use client';
import { useTranslations } from 'next-intl';
import { NAMESPACE_KINDS } from '@/components/injection/namespace-kinds';
import { Block } from '@/components/shared/block';
import { EmptyState } from '@/components/shared/empty-state';
import { MissingParts } from '@/components/shared/missing-parts';
import { PageHead } from '@/components/shared/page-head';
import { SkeletonLine } from '@/components/shared/skeleton';
import { useResource } from '@/components/shared/use-resource';
import { controlPlanesAnswerSchema } from '@/lib/api/control-planes';
import { ArchitecturePicture } from './architecture-picture';
import { ControlPlanesSkeleton } from './control-planes-skeleton';
import { ControlPlanesVerdict } from './control-planes-verdict';
import { GatewaysTable } from './gateways-table';
import { HowControlPlanesWork } from './how-control-planes-work';
import { PlaneDetails } from './plane-details';
import { WebhooksTable } from './webhooks-table';

const KINDS = [...NAMESPACE_KINDS, 'services', 'endpointslices'];

/** What runs the mesh: the architecture with live facts, then the same as tables. */
export function ControlPlanesPage() {
  const t = useTranslations('controlPlanes');
  const data = useResource('/api/v1/control-planes', controlPlanesAnswerSchema, KINDS);
  const answer = data.status === 'ready' ? data.value : undefined;
  return (
    <>
      <PageHead
        title={t('title')}
        verdict={
          answer !== undefined ? (
            <ControlPlanesVerdict items={answer.items} />
          ) : (
            data.status === 'loading' && <SkeletonLine className="mt-1 w-96 max-w-full" />
          )
        }
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} about={KINDS} />}
      <Block data={data} skeleton={<ControlPlanesSkeleton />}>
        {({ items, gateways, injectorProblems }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneHint')}</EmptyState>
          ) : (
            <div className="flex flex-col gap-8">
              {injectorProblems.map(({ configMap, message }) => (
                <div key={configMap} role="alert" className="rounded-md border border-state-refused bg-panel px-4 py-3">
                  <p className="text-state-refused">
                    {t.rich('injectorProblem', { name: () => <code className="font-semibold">{configMap}</code> })}
                  </p>
                  <pre className="mt-1 text-sm break-words whitespace-pre-wrap">{message}</pre>
                </div>
              ))}
              <div>
                <HowControlPlanesWork planes={items} />
                <ArchitecturePicture planes={items} gateways={gateways} />
              </div>
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
