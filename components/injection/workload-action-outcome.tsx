'use client';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/shared/dialog';
import { StateBadge } from '@/components/shared/state-badge';
import type { WorkloadSwitchResult } from '@/lib/api/workload-switch';
import { INJECT_KEY } from '@/lib/core/kube/names';
import { isRolloutKind } from '@/lib/core/kube/rollout-kinds';
import { RolloutProgress } from './rollout-progress';
import { canUndo } from './undo-store';
import { useRecentActions } from './use-recent-actions';
import { useUndo } from './use-undo';
import { useUndoWords } from './use-undo-words';
import type { SwitchedWorkloadName } from './workload-action-dialog';

interface WorkloadActionOutcomeProps {
  readonly workload: SwitchedWorkloadName;
  readonly result: WorkloadSwitchResult;
  readonly actionId: number;
  readonly onClose: () => void;
}

/** After the switch: what stands on the template now, how the rollout goes, and the way back. */
export function WorkloadActionOutcome({ workload, result, actionId, onClose }: WorkloadActionOutcomeProps) {
  const t = useTranslations('workloadSwitch.done');
  const tUndo = useTranslations('undo');
  const wordsOf = useUndoWords();
  const { undo, offer } = useUndo();
  const action = useRecentActions().find(({ id }) => id === actionId);
  const { kind, namespace, name } = workload;
  const { after, before, generation } = result;
  const close = () => {
    onClose();
    offer(actionId);
  };
  const [part] = action?.parts ?? [];
  const [outcome] = action?.outcomes ?? [];
  return (
    <Dialog
      isOpen
      onClose={close}
      size="wide"
      title={t('title', { kind: workload.kind, name: workload.name })}
      footer={
        <>
          {action !== undefined && canUndo(action) && (
            <button type="button" className="button mr-auto" onClick={() => void undo(actionId)}>
              <Undo2 aria-hidden="true" size={14} />
              {tUndo('undo')}
            </button>
          )}
          <button type="button" className="button button-primary" onClick={close}>
            {tUndo('close')}
          </button>
        </>
      }
    >
      <p role="status" className="mb-4 flex flex-wrap items-center gap-2">
        <StateBadge state="injected">{t(after === null ? 'removed' : 'written')}</StateBadge>
        <code>{`${INJECT_KEY}: ${JSON.stringify(after ?? before ?? '')}`}</code>
      </p>
      {part !== undefined && outcome !== undefined && (
        <p role="status" className="mb-4">
          {wordsOf(part, outcome)}
        </p>
      )}
      {isRolloutKind(kind) ? (
        <RolloutProgress namespace={namespace} workloads={[{ kind, name, generation }]} />
      ) : (
        <p className="text-ink-2">{t('nothingRestarts')}</p>
      )}
    </Dialog>
  );
}
