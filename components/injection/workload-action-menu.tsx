'use client';
import { CircleOff, Ellipsis, Eraser, Power, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu } from '@/components/shared/menu';
import { usePhraseText } from '@/components/shared/phrase';
import type { InjectionActionName } from '@/lib/api/injection';
import type { WorkloadRow } from '@/lib/api/namespaces';
import { whyNotSwitchable } from '@/lib/core/injection/workload-switch/template-kinds';

interface WorkloadActionMenuProps {
  readonly workload: Pick<WorkloadRow, 'kind' | 'name' | 'canRestart'>;
  readonly onAction: (action: InjectionActionName) => void;
  readonly onRestart?: () => void;
}

/** What can be done with one workload. Rights are told by the dialog, which asks for this very object. */
export function WorkloadActionMenu({ workload, onAction, onRestart }: WorkloadActionMenuProps) {
  const t = useTranslations('workloadSwitch');
  const text = usePhraseText();
  const { kind, name, canRestart } = workload;
  const why = whyNotSwitchable(kind);
  const act = (id: InjectionActionName, icon: typeof Power) => ({
    id,
    label: t(`menu.${id}`),
    icon,
    disabledReason: why === undefined ? undefined : text(why),
    onSelect: () => onAction(id),
  });
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="icon-button" aria-label={t('menuLabel', { name })}>
          <Ellipsis aria-hidden="true" size={16} />
        </button>
      }
      items={[
        act('enable', Power),
        act('disable', CircleOff),
        act('unset', Eraser),
        ...(onRestart !== undefined && canRestart
          ? [{ id: 'restart', label: t('menu.restart'), icon: RotateCw, onSelect: onRestart, startsGroup: true }]
          : []),
      ]}
    />
  );
}
