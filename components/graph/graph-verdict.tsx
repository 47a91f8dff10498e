import { useTranslations } from 'next-intl';
import type { GraphAnswer } from '@/lib/api/graph';

/** The page's answer: what is drawn, and how much of it leads nowhere. */
export function GraphVerdict({ answer }: { readonly answer: GraphAnswer }) {
  const t = useTranslations('graph.verdict');
  const { graph, isCollapsed, objects } = answer;
  const b = (chunks: React.ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;
  if (isCollapsed) {
    return t.rich('collapsed', { objects, namespaces: graph.nodes.length, b });
  }
  if (graph.nodes.length === 0) return t('nothing');
  const count = (kind: string) => graph.nodes.filter((node) => node.kind === kind && !node.isOutside).length;
  const broken = graph.edges.filter(({ problems }) => problems.length > 0).length;
  const inside = graph.boxes.filter(({ isOutside }) => !isOutside).length;
  return (
    <>
      {t.rich('drawn', {
        workloads: count('workload'),
        services: count('service'),
        gateways: count('gateway'),
        namespaces: inside,
        b,
      })}{' '}
      {broken > 0 ? <span className="text-state-refused">{t('broken', { count: broken })}</span> : t('whole')}
    </>
  );
}
