import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Loadable } from '@/components/shared/use-resource';
import type { AccessAnswer } from '@/lib/api/namespace';
import type { WorkloadRow } from '@/lib/api/namespaces';
import { toRestartRight } from './restart-right';
import { RightButton } from './restart-right-button';

interface RestartButtonProps {
  readonly access: Loadable<AccessAnswer>;
  readonly workloads: readonly WorkloadRow[];
  readonly onClick: () => void;
}

function useReason({ access, workloads }: Pick<RestartButtonProps, 'access' | 'workloads'>): string | undefined {
  const t = useTranslations('namespace.restartDialog');
  const kinds = [...new Set(workloads.filter(({ canRestart }) => canRestart).map(({ kind }) => kind))];
  const rights = kinds.map((kind) => toRestartRight(access, kind));
  if (kinds.length === 0) return t('nothing');
  if (rights.some(({ kind }) => kind === 'allowed' || kind === 'asking')) return undefined;
  const [first] = rights;
  if (first?.kind === 'forbidden') return t('noRight', { right: first.right });
  return first?.kind === 'failed' ? first.message : t('readOnly');
}

/** Opens the restart dialog; off, with the reason, where nothing can be restarted or no right is there. */
export function RestartButton({ access, workloads, onClick }: RestartButtonProps) {
  const t = useTranslations('namespace');
  return (
    <RightButton reason={useReason({ access, workloads })} onClick={onClick}>
      <RotateCw aria-hidden="true" size={14} />
      {t(workloads.length === 1 ? 'restartOne' : 'restart')}
    </RightButton>
  );
}
