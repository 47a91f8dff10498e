'use client';
import { CircleOff, Power } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useResource } from '@/components/shared/use-resource';
import type { InjectionActionName } from '@/lib/api/injection';
import { accessAnswerSchema, type NamespaceAnswer } from '@/lib/api/namespace';
import { NamespaceMenu } from './namespace-menu';
import { RestartButton } from './restart-button';
import { RightButton } from './restart-right-button';
import { useRefusedReason } from './use-refused-reason';

interface NamespaceActionsProps {
  readonly answer: NamespaceAnswer;
  readonly onToggle: (action: InjectionActionName) => void;
  readonly onRestart: () => void;
}

/** The nearest switch and the restart as buttons, the rest in the menu. Each says why when it is off. */
export function NamespaceActions({ answer, onToggle, onRestart }: NamespaceActionsProps) {
  const t = useTranslations('namespaces.menu');
  const { name, mode } = answer.namespace;
  const access = useResource(`/api/v1/namespaces/${encodeURIComponent(name)}/access`, accessAnswerSchema, []);
  const reason = useRefusedReason(access, ({ patchNamespace }) => patchNamespace);
  const action = mode.kind === 'sidecar' ? 'disable' : 'enable';
  const Icon = action === 'enable' ? Power : CircleOff;
  return (
    <>
      <RightButton reason={access.status === 'loading' ? undefined : reason} onClick={() => onToggle(action)}>
        <Icon aria-hidden="true" size={14} />
        {t(action)}
      </RightButton>
      <RestartButton access={access} workloads={answer.workloads} onClick={onRestart} />
      <NamespaceMenu name={name} onAction={onToggle} isOnPage />
    </>
  );
}
