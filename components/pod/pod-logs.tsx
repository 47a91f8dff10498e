'use client';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import { Block } from '@/components/shared/block';
import { CopyButton } from '@/components/shared/copy-button';
import { FilterChip } from '@/components/shared/filter-chip';
import { SearchBox } from '@/components/shared/search-box';
import { useResource } from '@/components/shared/use-resource';
import { podLogsAnswerSchema } from '@/lib/api/pod-head';

const TAIL = '500';
const PREFERRED = ['istio-proxy', 'istio-init'];

interface PodLogsProps {
  readonly path: string;
  readonly containers: readonly string[];
}

function Marked({ line, search }: { readonly line: string; readonly search: string }) {
  const at = search === '' ? -1 : line.toLowerCase().indexOf(search.toLowerCase());
  if (at < 0) return <>{line}</>;
  return (
    <>
      {line.slice(0, at)}
      <mark className="bg-state-missing-bg text-ink">{line.slice(at, at + search.length)}</mark>
      {line.slice(at + search.length)}
    </>
  );
}

/** The last lines of one container's log, with search. They are read when asked for; nothing follows by itself. */
export function PodLogs({ path, containers }: PodLogsProps) {
  const t = useTranslations('podPage.logs');
  const [{ container, find, previous }, setQuery] = useQueryStates({
    container: parseAsString.withDefault(''),
    find: parseAsString.withDefault(''),
    previous: parseAsBoolean.withDefault(false),
  });
  const chosen = containers.includes(container)
    ? container
    : (PREFERRED.find((name) => containers.includes(name)) ?? containers[0]);
  const query = new URLSearchParams({ container: chosen ?? '', tail: TAIL, previous: String(previous) });
  const data = useResource(chosen === undefined ? null : `${path}/logs?${query}`, podLogsAnswerSchema, [], {
    keepPrevious: true,
  });
  const actions = (
    <>
      <SearchBox label={t('search')} value={find} onChange={(text) => void setQuery({ find: text })} />
      {data.status !== 'loading' && (
        <button type="button" className="button" onClick={() => void data.refresh()}>
          {t('refresh')}
        </button>
      )}
    </>
  );
  return (
    <section className="min-w-0">
      <fieldset className="mb-2 flex flex-wrap gap-1.5">
        <legend className="sr-only">{t('container')}</legend>
        {containers.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === chosen}
            className={`mono h-7 rounded-md border px-2.5 ${name === chosen ? 'border-accent bg-accent-bg text-accent' : 'border-line-2 text-ink-2 hover:text-ink'}`}
            onClick={() => void setQuery({ container: name })}
          >
            {name}
          </button>
        ))}
        <FilterChip isOn={previous} onToggle={() => void setQuery({ previous: previous ? null : true })}>
          {t('previous')}
        </FilterChip>
      </fieldset>
      <Block data={data} title={t('title')} actions={actions}>
        {({ lines }) => {
          const shown = find === '' ? lines : lines.filter((line) => line.toLowerCase().includes(find.toLowerCase()));
          return (
            <>
              <p role="status" className="mb-1 flex items-center gap-2 text-ink-3">
                {t('count', { shown: shown.length, total: lines.length })}
                <CopyButton text={shown.join('\n')} label={t('copy')} />
              </p>
              <section
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
                tabIndex={0}
                aria-label={t('label', { container: chosen ?? '' })}
                className="mono max-h-128 overflow-auto rounded-md border border-line bg-sunk px-3 py-2 text-sm leading-5"
              >
                {shown.map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat, and their place is what tells them apart.
                  <span key={index} className="block break-words whitespace-pre-wrap">
                    <Marked line={line} search={find} />
                  </span>
                ))}
                {shown.length === 0 && <span className="text-ink-3">{t('none')}</span>}
              </section>
            </>
          );
        }}
      </Block>
    </section>
  );
}
