'use client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Block } from '@/components/shared/block';
import { HowThisWorks } from '@/components/shared/how-this-works';
import { MissingParts } from '@/components/shared/missing-parts';
import { useResource } from '@/components/shared/use-resource';
import { namespaceAnswerSchema } from '@/lib/api/namespace';
import { KindReachView } from './kind-reach-view';
import { NamespaceHead } from './namespace-head';
import { NAMESPACE_KINDS } from './namespace-kinds';
import { NamespaceSkeleton } from './namespace-skeleton';
import { NamespaceTroubles } from './namespace-troubles';
import { NamespaceWorkloads } from './namespace-workloads';
import { RestartDialog } from './restart-dialog';
import { ToggleDialog } from './toggle-dialog';
import { TruthTableView } from './truth-table-view';

const KINDS = [...NAMESPACE_KINDS, 'services'];
/** Dialogs that an address can open (`?do=`): links from elsewhere lead straight to the act. */
const DIALOGS = ['enable', 'disable', 'unset', 'restart'] as const;

/** One namespace: what its labels mean, how far its workloads are, and what can be done. */
export function NamespacePage({ name }: { readonly name: string }) {
  const t = useTranslations('namespace');
  const [dialog, setDialog] = useQueryState('do', parseAsStringLiteral(DIALOGS));
  const close = () => void setDialog(null);
  const path = `/api/v1/namespaces/${encodeURIComponent(name)}`;
  const data = useResource(path, namespaceAnswerSchema, KINDS, { namespace: name });
  const answer = data.status === 'ready' ? data.value : undefined;
  return (
    <>
      <NamespaceHead
        name={name}
        answer={answer}
        isFailed={data.status === 'failed'}
        onToggle={(action) => void setDialog(action)}
        onRestart={() => void setDialog('restart')}
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} about={KINDS} />}
      <Block data={data} skeleton={<NamespaceSkeleton />}>
        {({ namespace, workloads, truthTable, reach }) => (
          <>
            <NamespaceTroubles mode={namespace.mode} problems={namespace.problems} />
            <HowThisWorks
              lines={[
                t('how.labels', { label: namespace.mode.label === '' ? t('noLabel') : namespace.mode.label }),
                namespace.mode.kind === 'unknown'
                  ? t('how.unknown')
                  : t('how.webhook', { webhook: namespace.mode.servedBy?.webhook ?? t('nobody') }),
                t('how.pods'),
                t('how.creation'),
                t('how.optOut'),
                t('how.both'),
              ]}
            />
            <NamespaceWorkloads namespace={name} workloads={workloads} />
            <TruthTableView table={truthTable} isKnown={namespace.mode.kind !== 'unknown'} />
            <KindReachView reach={reach} />
          </>
        )}
      </Block>
      {dialog !== null && dialog !== 'restart' && <ToggleDialog names={[name]} action={dialog} onClose={close} />}
      {dialog === 'restart' && answer !== undefined && (
        <RestartDialog namespace={name} workloads={answer.workloads} onClose={close} />
      )}
    </>
  );
}
