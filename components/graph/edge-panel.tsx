'use client';
import { useTranslations } from 'next-intl';
import { Phrase } from '@/components/shared/phrase';
import type { EdgeRoute, MeshEdge } from '@/lib/core/graph/graph-types';
import { ProblemList } from './problem-list';

const parts = ({ hosts, paths, subset, weight, port, protocol }: EdgeRoute) =>
  [
    ['hosts', hosts.join(', ')],
    ['paths', paths.join(', ')],
    ['subset', subset ?? ''],
    ['weight', weight === undefined ? '' : `${weight}%`],
    ['port', port ?? ''],
    ['protocol', protocol],
  ] as const;

/** Why an edge is there, which objects make it, and what they send over it. */
export function EdgePanel({ edge }: { readonly edge: MeshEdge }) {
  const t = useTranslations('graph');
  return (
    <>
      <p className="text-ink-2">
        {edge.count > 1 ? t('panel.joined', { count: edge.count }) : <Phrase value={edge.reason} />}
      </p>
      {edge.isUnrouted && <p className="text-ink-2">{t('panel.unrouted')}</p>}
      <ProblemList problems={edge.problems} isBroken />
      <section>
        <h3 className="text-sm text-ink-3">{t('panel.madeBy', { count: edge.from.length })}</h3>
        <ul>
          {edge.from.map(({ kind, namespace, name }) => (
            <li key={`${kind}/${namespace}/${name}`} className="break-words">
              {kind} <span className="mono">{`${namespace}/${name}`}</span>
            </li>
          ))}
        </ul>
      </section>
      {edge.routes.length > 0 && (
        <section>
          <h3 className="text-sm text-ink-3">{t('panel.routes', { count: edge.routes.length })}</h3>
          <ul className="flex flex-col divide-y divide-line">
            {edge.routes.map((route) => (
              <li key={JSON.stringify(route)} className="py-1.5">
                <dl className="grid grid-cols-[5.5rem_1fr] gap-x-2">
                  {parts(route)
                    .filter(([, value]) => value !== '')
                    .map(([name, value]) => (
                      <div key={name} className="contents">
                        <dt className="text-ink-3">{t(`route.${name}`)}</dt>
                        <dd className="mono min-w-0 break-words">{value}</dd>
                      </div>
                    ))}
                </dl>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
