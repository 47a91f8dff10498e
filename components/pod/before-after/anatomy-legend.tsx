import { useTranslations } from 'next-intl';
import type { AnatomyMark, PodAnatomy } from '@/lib/api/pod-diff';
import { MarkSign } from './mark-sign';

/** Only the signs that this picture uses. */
export function AnatomyLegend({ anatomy: { asWritten, asRuns } }: { readonly anatomy: PodAnatomy }) {
  const t = useTranslations('pod.beforeAfter.legend');
  const all = [asWritten, asRuns].flatMap(({ init, running, plugs, volumes }) => [
    ...[...init, ...running, ...plugs].map(({ mark }) => mark),
    ...volumes.map(({ mark, isFromApiServer }): AnatomyMark => (isFromApiServer ? 'same' : mark)),
  ]);
  const signs = (['added', 'changed', 'removed'] as const).filter((mark) => all.includes(mark));
  const hasWay = asRuns.plugs.some(({ viaPort }) => viaPort !== undefined);
  const hasCluster = asRuns.volumes.some(({ isFromApiServer }) => isFromApiServer);
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {signs.map((mark) => (
        <li key={mark} className="inline-flex items-center gap-1.5">
          <MarkSign mark={mark} />
          {t(mark)}
        </li>
      ))}
      {hasWay && (
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="h-0.5 w-4 bg-accent" />
          {t('captured')}
        </li>
      )}
      {hasCluster && (
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="h-3 w-4 rounded-sm border border-dashed border-edge" />
          {t('cluster')}
        </li>
      )}
      <li className="text-ink-3">{t('hint')}</li>
    </ul>
  );
}
