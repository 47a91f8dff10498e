'use client';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu } from '@/components/shared/menu';
import { switchCluster, useClusters } from './use-clusters';

/** Which cluster all of this is about; a menu where the kubeconfig knows more than one. */
export function ClusterSwitch() {
  const t = useTranslations('frame.cluster');
  const clusters = useClusters();
  if (clusters === null) return <span className="cluster-name text-ink-3">{t('unknown')}</span>;
  const { current, contexts } = clusters;
  if (contexts.length < 2) return <span className="cluster-name mono">{current}</span>;
  return (
    <Menu
      trigger={
        <button type="button" className="button cluster-name" aria-label={t('label', { name: current })}>
          <span className="mono min-w-0 truncate">{current}</span>
          <ChevronDown aria-hidden="true" size={14} className="shrink-0" />
        </button>
      }
      items={contexts.map(({ name, user }) => ({
        id: name,
        label: (
          <>
            <span className="mono block">{name}</span>
            <span className="block text-sm text-ink-3">{user}</span>
          </>
        ),
        isChecked: name === current,
        onSelect: () => switchCluster(name),
      }))}
    />
  );
}
