'use client';
import { useTranslations } from 'next-intl';
import { Block } from '@/components/shared/block';
import { MissingParts } from '@/components/shared/missing-parts';
import { Tabs, useTab } from '@/components/shared/tabs';
import { useResource } from '@/components/shared/use-resource';
import { podAnswerSchema } from '@/lib/api/pod-head';
import { BeforeAfterTab } from './before-after/before-after-tab';
import { CaptureTab } from './capture-tab';
import { EventsAndLogsTab } from './events-and-logs-tab';
import { PodHead } from './pod-head';
import { PortsTab } from './ports-tab';
import { ProcessesTab } from './processes-tab';
import { WhyTab } from './why-tab';

const TABS = ['why', 'before-after', 'ports', 'capture', 'processes', 'events-logs'] as const;
const KINDS = ['pods', 'namespaces', 'replicasets', 'deployments', 'events', 'mutatingwebhookconfigurations'];

interface PodPageProps {
  readonly namespace: string;
  readonly name: string;
}

/** One pod: its verdict above, and six views of it. */
export function PodPage({ namespace, name }: PodPageProps) {
  const t = useTranslations('podPage');
  const tabs = TABS.map((id) => ({ id, label: t(`tab.${id}`) }));
  const tab = useTab(tabs);
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  const data = useResource(path, podAnswerSchema, KINDS, { namespace });
  const answer = data.status === 'ready' ? data.value : undefined;
  const shared = { namespace, name, path };
  return (
    <>
      <PodHead namespace={namespace} name={name} answer={answer} isFailed={data.status === 'failed'} />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} />}
      {data.status === 'failed' ? (
        <Block data={data}>{() => null}</Block>
      ) : (
        <>
          <Tabs label={t('tabs')} tabs={tabs} />
          <div className="pt-0">
            {tab === 'why' && <Block data={data}>{(pod) => <WhyTab answer={pod} />}</Block>}
            {tab === 'before-after' && <BeforeAfterTab namespace={namespace} pod={name} />}
            {tab === 'ports' && <PortsTab {...shared} />}
            {tab === 'capture' && <CaptureTab {...shared} />}
            {tab === 'processes' && <ProcessesTab {...shared} />}
            {tab === 'events-logs' && <EventsAndLogsTab {...shared} containers={answer?.containers ?? []} />}
          </div>
        </>
      )}
    </>
  );
}
