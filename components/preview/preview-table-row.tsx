import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Ref } from 'react';
import { Checkbox } from '@/components/shared/checkbox';
import { Phrase, usePhraseText } from '@/components/shared/phrase';
import { SkeletonLine } from '@/components/shared/skeleton';
import { StateBadge } from '@/components/shared/state-badge';
import type { StateName } from '@/components/shared/state-names';
import type { PreviewRow } from '@/lib/api/preview';
import { Amounts } from './amounts';
import { type Becomes, isRestartable, type TableRow } from './preview-rows';

/** The shape and colour of what a workload becomes. */
const BECOMES_STATE: Readonly<Record<Becomes, StateName>> = {
  gains: 'planned',
  loses: 'not-injected',
  'changes-revision': 'planned',
  keeps: 'injected',
  'stays-without': 'not-injected',
  refused: 'refused',
  unknown: 'unknown',
};

interface PreviewTableRowProps {
  readonly row: TableRow;
  readonly index: number;
  /** Of the drawn items, rows and details alike. */
  readonly item: number;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  /** A rendering may still come. */
  readonly isAwaited: boolean;
  readonly isChosen: boolean;
  readonly detailId: string;
  readonly measure: Ref<HTMLTableRowElement> | undefined;
  readonly onOpen: (id: string) => void;
  readonly onChoose: (id: string, isOn: boolean) => void;
}

/** The first thing to know of a row: who refuses it, what could not be rendered, or why it becomes what it becomes. */
function Why({ row, isWhole }: { readonly row: TableRow; readonly isWhole: boolean }) {
  const toText = usePhraseText();
  const t = useTranslations('preview.row');
  const { preview, because } = row;
  const [first, ...others] = preview?.refusals ?? [];
  if (first !== undefined) {
    return (
      <span className="block break-words whitespace-normal text-state-refused">
        <Phrase value={first.because} />
        {others.length > 0 && <span className="text-ink-2"> {t('more', { count: others.length })}</span>}
      </span>
    );
  }
  const said = preview?.problem ?? because;
  return (
    <span
      className={`block ${isWhole ? 'break-words whitespace-normal' : 'truncate'} ${preview?.problem === undefined ? 'text-ink-3' : 'text-state-missing'}`}
      title={toText(said)}
    >
      <Phrase value={said} />
    </span>
  );
}

function Requested({
  requests: { perPod, replicas, total },
}: {
  readonly requests: NonNullable<PreviewRow['requests']>;
}) {
  const t = useTranslations('preview.requests');
  return (
    <>
      <Amounts value={total} />
      <span className="block text-sm text-ink-3">
        {t.rich('each', { replicas, perPod: () => <Amounts value={perPod} /> })}
      </span>
    </>
  );
}

/** One workload of a switch: whether it is restarted, what it becomes and why, what it requests. */
export function PreviewTableRow(props: PreviewTableRowProps) {
  const { row, index, item, isActive, isOpen, isAwaited, isChosen, detailId, measure, onOpen, onChoose } = props;
  const t = useTranslations('preview');
  const tBecomes = useTranslations('toggle.becomes');
  const { id, kind, name, pods, becomes, preview } = row;
  const isWaiting = preview === undefined && isAwaited;
  const cell = `px-3 py-1.5 align-top ${isOpen ? '' : 'border-b border-line'}`;
  return (
    <tr
      ref={measure}
      data-index={item}
      data-row={index}
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      className={isChosen ? 'bg-accent-bg' : 'hover:bg-hover'}
    >
      <td className={`${cell} pr-0`}>
        {isRestartable(row) && (
          <Checkbox label={t('restart.one', { name })} isChecked={isChosen} onChange={(isOn) => onChoose(id, isOn)} />
        )}
      </td>
      <td className={`${cell} min-w-0`}>
        <button
          type="button"
          aria-expanded={isOpen}
          {...(isOpen ? { 'aria-controls': detailId } : {})}
          disabled={preview === undefined}
          onClick={() => onOpen(id)}
          className="group flex w-full min-w-0 items-baseline gap-1.5 text-left"
        >
          <ChevronRight
            aria-hidden="true"
            size={12}
            className={`shrink-0 translate-y-0.5 text-ink-3 ${isOpen ? 'rotate-90' : ''} ${preview === undefined ? 'opacity-30' : ''}`}
          />
          <span className="min-w-0 break-words group-enabled:group-hover:underline">
            <span className="text-ink-3">{kind}</span> <code className="font-semibold">{name}</code>
          </span>
        </button>
        <span className="block pl-4.5 text-sm">
          {isWaiting ? <SkeletonLine className="my-1 w-48 max-w-full" /> : <Why row={row} isWhole={isOpen} />}
        </span>
      </td>
      <td className={`${cell} text-right max-sm:hidden`}>{pods}</td>
      <td className={`${cell} max-sm:pl-0`}>
        {isWaiting ? (
          <SkeletonLine className="mt-1.5 w-24 max-w-full" />
        ) : (
          <>
            <StateBadge state={BECOMES_STATE[becomes]}>{tBecomes(becomes)}</StateBadge>
            {preview === undefined && <span className="block text-sm text-ink-3">{t('row.forecast')}</span>}
          </>
        )}
      </td>
      <td className={`${cell} text-right max-md:hidden`}>
        {isWaiting ? (
          <SkeletonLine className="mt-1.5 ml-auto w-28 max-w-full" />
        ) : (
          preview?.requests !== undefined && <Requested requests={preview.requests} />
        )}
      </td>
    </tr>
  );
}
