import { useFormatter, useTranslations } from 'next-intl';
import type { PodChangeSummary } from '@/lib/api/pod-diff';

const COUNTS = ['containers', 'listeningPorts', 'env', 'volumes', 'mounts', 'annotations', 'labels'] as const;

/** What injection added, in numbers; only what is not zero. */
export function ChangeSummary({ summary }: { readonly summary: PodChangeSummary }) {
  const t = useTranslations('pod.beforeAfter.summary');
  const format = useFormatter();
  const signed = (count: number) => format.number(count, { signDisplay: 'always' });
  const { cpuRequest, memoryRequest, probesRewritten } = summary;
  const more = [cpuRequest, memoryRequest].filter((amount) => amount !== '');
  const facts = [
    ...COUNTS.filter((key) => summary[key] !== 0).map((key) => ({
      id: key as string,
      value: signed(summary[key]),
      label: t(key, { count: Math.abs(summary[key]) }),
    })),
    ...(probesRewritten === 0
      ? []
      : [{ id: 'probes', value: format.number(probesRewritten), label: t('probes', { count: probesRewritten }) }]),
    ...(more.length === 0 ? [] : [{ id: 'requests', value: more.join(' / '), label: t('requests') }]),
  ];
  if (facts.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-2">
      {facts.map(({ id, value, label }) => (
        <div key={id} className="flex flex-col-reverse">
          <dt className="text-ink-3">{label}</dt>
          <dd className="text-lead font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
