'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { BlockFailure } from '@/components/shared/block-failure';
import { Dialog } from '@/components/shared/dialog';
import { KubectlLine } from '@/components/shared/kubectl-line';
import { useResource } from '@/components/shared/use-resource';
import { accessAnswerSchema } from '@/lib/api/namespace';
import type { WorkloadRow } from '@/lib/api/namespaces';
import { type RestartedWorkload, type RestartTarget, restartAll } from './restart-all';
import { RestartList, restartId } from './restart-list';
import { mayBeChosen, toRestartRight } from './restart-right';
import { RolloutProgress } from './rollout-progress';

interface RestartDialogProps {
  readonly namespace: string;
  readonly workloads: readonly WorkloadRow[];
  readonly onClose: () => void;
  /** Ticked from the start; those that need a restart when absent. */
  readonly initial?: readonly string[];
}

const NEEDING: ReadonlySet<string> = new Set(['outdated', 'missing']);

const toCommand = (namespace: string, targets: readonly RestartTarget[]) =>
  `kubectl -n ${namespace} rollout restart ${targets.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`).join(' ')}`;

/** Restarts some or all workloads of a namespace, and follows their rollouts. */
export function RestartDialog({ namespace, workloads, onClose, initial }: RestartDialogProps) {
  const t = useTranslations('namespace.restartDialog');
  // What the person saw stays in the list while rollouts move the rows below.
  const [rows] = useState(workloads.filter(({ canRestart }) => canRestart));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(initial ?? rows.filter(({ state }) => NEEDING.has(state)).map(restartId)),
  );
  const [started, setStarted] = useState<readonly RestartedWorkload[]>([]);
  const [phase, setPhase] = useState<'choosing' | 'busy' | 'done'>('choosing');
  const [failure, setFailure] = useState<ApiError>();
  const access = useResource(`/api/v1/namespaces/${encodeURIComponent(namespace)}/access`, accessAnswerSchema, []);
  const rightOf = (kind: string) => toRestartRight(access, kind);
  const targets = rows.filter((row) => chosen.has(restartId(row)) && mayBeChosen(rightOf(row.kind)));
  const [only] = rows;
  const isOne = rows.length === 1 && only !== undefined;

  const submit = async () => {
    setPhase('busy');
    setFailure(undefined);
    try {
      await restartAll(namespace, targets, (restarted) => setStarted((before) => [...before, restarted]));
    } catch (error) {
      setFailure(toApiError(error));
    }
    setPhase('done');
  };

  const isDone = phase === 'done' && (started.length > 0 || failure === undefined);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={isOne ? t('titleOne', { kind: only.kind, name: only.name }) : t('title', { namespace })}
      description={t('description')}
      footer={
        isDone ? (
          <button type="button" className="button button-primary" onClick={onClose}>
            {t('close')}
          </button>
        ) : (
          <>
            {access.status === 'ready' && access.value.isReadOnly && (
              <p className="mr-auto text-state-missing">{t('readOnly')}</p>
            )}
            <button type="button" className="button" onClick={onClose}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="button button-primary"
              disabled={phase === 'busy' || targets.length === 0 || access.status !== 'ready'}
              onClick={() => void submit()}
            >
              {t(phase === 'busy' ? 'busy' : 'act', { count: targets.length })}
            </button>
          </>
        )
      }
    >
      {(failure ?? (access.status === 'failed' ? access.error : undefined)) !== undefined && (
        <div className="mb-4">
          {failure !== undefined && <BlockFailure error={failure} />}
          {access.status === 'failed' && <BlockFailure error={access.error} onRetry={() => void access.refresh()} />}
          {failure !== undefined && started.length > 0 && <p className="mt-2">{t('stopped')}</p>}
        </div>
      )}
      {isDone && started.length > 0 ? (
        <RolloutProgress namespace={namespace} workloads={started} />
      ) : (
        <>
          <RestartList rows={rows} chosen={chosen} onChosen={setChosen} rightOf={rightOf} />
          {targets.length > 0 && <KubectlLine command={toCommand(namespace, targets)} />}
        </>
      )}
    </Dialog>
  );
}
