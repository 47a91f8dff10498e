'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { Checkbox } from '@/components/shared/checkbox';
import { Dialog } from '@/components/shared/dialog';
import { KubectlLine } from '@/components/shared/kubectl-line';
import { StateBadge } from '@/components/shared/state-badge';
import { type Loadable, useResource } from '@/components/shared/use-resource';
import { type AccessAnswer, accessAnswerSchema } from '@/lib/api/namespace';
import type { WorkloadRow } from '@/lib/api/namespaces';
import { type RestartTarget, restartAll } from './restart-all';
import { RolloutProgress } from './rollout-progress';

interface RestartDialogProps {
  readonly namespace: string;
  readonly workloads: readonly WorkloadRow[];
  readonly onClose: () => void;
  /** Ticked from the start; those that need a restart when absent. */
  readonly initial?: readonly string[];
}

const idOf = ({ kind, name }: RestartTarget) => `${kind}/${name}`;
const NEEDING = new Set(['outdated', 'missing']);

function mayRestart(access: Loadable<AccessAnswer>, kind: string): boolean {
  if (access.status !== 'ready' || access.value.isReadOnly) return false;
  return Object.entries(access.value.restart).some(([name, { allowed }]) => name === kind && allowed);
}

/** Restarts some or all workloads of a namespace, and follows their rollouts. */
export function RestartDialog({ namespace, workloads, onClose, initial }: RestartDialogProps) {
  const t = useTranslations('namespace.restartDialog');
  const able = workloads.filter(({ canRestart }) => canRestart);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(initial ?? able.filter(({ state }) => NEEDING.has(state)).map(idOf)),
  );
  const [started, setStarted] = useState<readonly RestartTarget[]>();
  const [failure, setFailure] = useState<ApiError>();
  const [isBusy, setIsBusy] = useState(false);
  const access = useResource(`/api/v1/namespaces/${encodeURIComponent(namespace)}/access`, accessAnswerSchema, []);
  const targets = able.filter((row) => chosen.has(idOf(row)));
  const forbidden = targets.filter(({ kind }) => !mayRestart(access, kind));

  const submit = async () => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      await restartAll(namespace, targets);
      setStarted(targets);
    } catch (error) {
      setFailure(toApiError(error));
    }
    setIsBusy(false);
  };
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(id);
    else next.delete(id);
    setChosen(next);
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="wide"
      title={t('title', { namespace })}
      description={t('description')}
      footer={
        started === undefined ? (
          <>
            {access.status === 'ready' && forbidden.length > 0 && (
              <p className="mr-auto text-state-missing">
                {access.value.isReadOnly
                  ? t('readOnly')
                  : t('noRight', { kinds: [...new Set(forbidden.map(({ kind }) => kind))].join(', ') })}
              </p>
            )}
            <button type="button" className="button" onClick={onClose}>
              {t('cancel')}
            </button>
            <button
              type="button"
              className="button button-primary"
              disabled={isBusy || targets.length === 0 || forbidden.length > 0}
              onClick={() => void submit()}
            >
              {t('act', { count: targets.length })}
            </button>
          </>
        ) : (
          <button type="button" className="button button-primary" onClick={onClose}>
            {t('close')}
          </button>
        )
      }
    >
      {failure !== undefined && (
        <p role="alert" className="mb-3 text-state-refused">
          {failure.message}
        </p>
      )}
      {started !== undefined ? (
        <RolloutProgress namespace={namespace} workloads={started} />
      ) : (
        <>
          <ul className="mb-4 rounded-md border border-line">
            {able.map((row) => (
              <li key={idOf(row)} className="flex items-center gap-3 border-b border-line px-3 py-1.5 last:border-b-0">
                <Checkbox
                  label={t('one', { name: row.name })}
                  isChecked={chosen.has(idOf(row))}
                  onChange={(isOn) => toggle(idOf(row), isOn)}
                />
                <span className="min-w-0 flex-1 truncate">
                  <span className="text-ink-3">{row.kind}</span> <code>{row.name}</code>
                </span>
                <StateBadge state={row.state} />
              </li>
            ))}
          </ul>
          {targets.length > 0 && (
            <KubectlLine
              command={`kubectl -n ${namespace} rollout restart ${targets.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`).join(' ')}`}
            />
          )}
        </>
      )}
    </Dialog>
  );
}
