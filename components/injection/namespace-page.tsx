'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Block } from '@/components/shared/block';
import { HowThisWorks } from '@/components/shared/how-this-works';
import { MissingParts } from '@/components/shared/missing-parts';
import { Phrase } from '@/components/shared/phrase';
import { StateShape } from '@/components/shared/state-shape';
import { useResource } from '@/components/shared/use-resource';
import type { InjectionActionName } from '@/lib/api/injection';
import { type NamespaceAnswer, namespaceAnswerSchema } from '@/lib/api/namespace';
import { KindReachView } from './kind-reach-view';
import { NamespaceHead } from './namespace-head';
import { NAMESPACE_KINDS } from './namespace-kinds';
import { NamespaceWorkloads } from './namespace-workloads';
import { RestartDialog } from './restart-dialog';
import { ToggleDialog } from './toggle-dialog';
import { TruthTableView } from './truth-table-view';

function Notes({ notes }: { readonly notes: NamespaceAnswer['namespace']['mode']['notes'] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="mb-5 flex flex-col gap-1">
      {notes.map((note) => (
        <li
          key={`${note.code} ${JSON.stringify(note.values)}`}
          className="flex items-baseline gap-2 text-state-missing"
        >
          <span className="translate-y-px">
            <StateShape state="missing" size={10} />
          </span>
          <span>
            <Phrase value={note} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** One namespace: what its labels mean, how far its workloads are, and what can be done. */
export function NamespacePage({ name }: { readonly name: string }) {
  const t = useTranslations('namespace');
  const [toggle, setToggle] = useState<InjectionActionName>();
  const [isRestarting, setIsRestarting] = useState(false);
  const path = `/api/v1/namespaces/${encodeURIComponent(name)}`;
  const data = useResource(path, namespaceAnswerSchema, [...NAMESPACE_KINDS, 'services'], { namespace: name });
  const answer = data.status === 'ready' ? data.value : undefined;
  return (
    <>
      <NamespaceHead
        name={name}
        answer={answer}
        isFailed={data.status === 'failed'}
        onToggle={setToggle}
        onRestart={() => setIsRestarting(true)}
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} />}
      <Block data={data}>
        {({ namespace, workloads, truthTable, reach }) => (
          <>
            <Notes notes={namespace.mode.notes} />
            <HowThisWorks
              lines={[
                t('how.labels', { label: namespace.mode.label === '' ? t('noLabel') : namespace.mode.label }),
                t('how.webhook', { webhook: namespace.mode.servedBy?.webhook ?? t('nobody') }),
                t('how.pods'),
                t('how.creation'),
                t('how.optOut'),
                t('how.both'),
              ]}
            />
            <NamespaceWorkloads namespace={name} workloads={workloads} />
            <TruthTableView table={truthTable} />
            <KindReachView reach={reach} />
          </>
        )}
      </Block>
      {toggle !== undefined && <ToggleDialog names={[name]} action={toggle} onClose={() => setToggle(undefined)} />}
      {isRestarting && answer !== undefined && (
        <RestartDialog namespace={name} workloads={answer.workloads} onClose={() => setIsRestarting(false)} />
      )}
    </>
  );
}
