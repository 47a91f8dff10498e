import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { Phrase } from '@/components/shared/phrase';
import type { ChainStation, PodProcessesAnswer } from '@/lib/api/pod-ports';

type ChainProps = Pick<PodProcessesAnswer, 'chain' | 'links'>;

const IN_POD: ReadonlySet<ChainStation> = new Set(['application', 'envoy', 'pilot-agent']);

function Station({ station }: { readonly station: ChainStation }) {
  const t = useTranslations('podPage.processes.station');
  const tone = IN_POD.has(station)
    ? station === 'application'
      ? 'border-edge bg-panel'
      : 'border-state-injected bg-state-injected-bg'
    : 'border-dashed border-edge bg-sunk';
  return (
    <div className={`flex min-h-14 min-w-28 flex-col justify-center rounded-md border px-3 py-2 ${tone}`}>
      <span className="font-semibold">{t(`${station}.name`)}</span>
      <span className="text-sm text-ink-3">{t(`${station}.place`)}</span>
    </div>
  );
}

function BothWays() {
  const tip = 'size-0 border-y-4 border-y-transparent';
  return (
    <span aria-hidden="true" className="flex h-6 w-2 shrink-0 items-center max-xl:hidden xl:h-auto xl:w-full">
      <span className={`${tip} border-r-6 border-r-edge`} />
      <span className="h-px flex-1 bg-edge" />
      <span className={`${tip} border-l-6 border-l-edge`} />
    </span>
  );
}

/** Who stands between the application and the API server, left to right, and what passes between each two. */
export function ProcessChain({ chain, links }: ChainProps) {
  const t = useTranslations('podPage.processes');
  if (chain.length < 2) return null;
  const between = (a: ChainStation, b: ChainStation) =>
    links.filter(({ from, to }) => (from === a && to === b) || (from === b && to === a));
  return (
    <ol
      aria-label={t('chain')}
      className="mb-6 flex flex-col items-stretch rounded-md border border-line bg-panel p-4 xl:flex-row xl:items-center"
    >
      {chain.map((station, index) => {
        const next = chain[index + 1];
        return (
          <Fragment key={station}>
            <li>
              <Station station={station} />
            </li>
            {next !== undefined && (
              <li className="flex min-w-0 flex-1 items-center gap-2 px-3 py-1.5 xl:flex-col xl:gap-0.5 xl:py-0">
                <BothWays />
                <span className="text-sm text-ink-2 xl:text-center break-words">
                  {between(station, next).map(({ from, to, because }) => (
                    <span key={`${from} ${to} ${because.code}`} className="block">
                      <Phrase value={because} />
                    </span>
                  ))}
                </span>
              </li>
            )}
          </Fragment>
        );
      })}
    </ol>
  );
}
