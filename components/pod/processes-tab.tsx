'use client';
import { useTranslations } from 'next-intl';
import { Block } from '@/components/shared/block';
import { CopyButton } from '@/components/shared/copy-button';
import { Phrase } from '@/components/shared/phrase';
import { useResource } from '@/components/shared/use-resource';
import { type PodProcess, podProcessesAnswerSchema } from '@/lib/api/pod-ports';
import { ProcessChain } from './process-chain';
import { ProcessName } from './process-name';
import { POD_KINDS, type TabProps } from './tab-props';

function ProcessCard({ process }: { readonly process: PodProcess }) {
  const t = useTranslations('podPage.processes');
  const command = [process.command, ...process.args].join(' ');
  return (
    <article className="border-t border-line py-4 first:border-t-0">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="text-prose font-semibold">
          <ProcessName process={process.process} container={process.container} />
        </h3>
        <span className="text-ink-3">{t('inContainer', { container: process.container })}</span>
        {process.uid !== undefined && (
          <span className="mono text-ink-3">
            uid {process.uid}
            {process.gid === undefined ? '' : ` gid ${process.gid}`}
          </span>
        )}
        {process.capabilities !== undefined && (
          <span className="text-ink-3">
            {t.rich('capabilities', {
              count: process.capabilities.length,
              names: () => <code>{process.capabilities?.join(', ')}</code>,
            })}
          </span>
        )}
      </header>
      <p className="mt-0.5 text-ink-2">
        <Phrase value={process.role} />
      </p>
      <div className="mt-2 flex items-start gap-2 rounded-md border border-line bg-sunk py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 py-0.5 break-words whitespace-pre-wrap">{command}</code>
        <CopyButton text={command} />
      </div>
      <dl className="mt-3 grid gap-x-8 gap-y-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <div>
          <dt className="text-sm text-ink-3">{t('listensOn')}</dt>
          <dd className="flex flex-wrap gap-x-3">
            {process.listensOn.length === 0
              ? t('nothing')
              : process.listensOn.map((address) => <code key={address}>{address}</code>)}
          </dd>
        </div>
        <div>
          <dt className="text-sm text-ink-3">{t('talksTo')}</dt>
          <dd>
            {process.talksTo.length === 0 && t('nothingKnown')}
            <ul>
              {process.talksTo.map(({ address, because }) => (
                <li key={`${address} ${because.code}`} className="flex flex-wrap gap-x-2">
                  <code className="break-all">{address}</code>
                  <span className="text-ink-2">
                    <Phrase value={because} />
                  </span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
    </article>
  );
}

/** What runs in the pod, and the chain from the application to the API server. */
export function ProcessesTab({ path, namespace }: TabProps) {
  const data = useResource(`${path}/processes`, podProcessesAnswerSchema, POD_KINDS, { namespace });
  return (
    <Block data={data}>
      {({ verdict, chain, links, processes }) => (
        <>
          <p className="mb-4 text-prose text-ink-2">
            <Phrase value={verdict} />.
          </p>
          <ProcessChain chain={chain} links={links} />
          {processes.map((process) => (
            <ProcessCard key={process.id} process={process} />
          ))}
        </>
      )}
    </Block>
  );
}
