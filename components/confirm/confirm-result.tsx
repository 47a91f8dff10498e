'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/shared/copy-button';
import { KubectlLine } from '@/components/shared/kubectl-line';
import { Phrase } from '@/components/shared/phrase';
import type { StateName } from '@/components/shared/state-names';
import { StateShape } from '@/components/shared/state-shape';
import type { ConfirmAnswer } from '@/lib/api/confirm';
import { AsideTable } from './aside-table';
import { DifferenceTable } from './difference-table';

const SHAPE: Readonly<Record<ConfirmAnswer['outcome'], StateName>> = {
  same: 'injected',
  'same-untouched': 'not-injected',
  'same-injection': 'injected',
  'same-refusal': 'refused',
  differs: 'missing',
  'passed-open': 'missing',
  'cluster-refuses': 'refused',
  'engine-refuses': 'missing',
  'refused-beside': 'refused',
  unreachable: 'refused',
  'cluster-fails': 'refused',
  'no-dry-run': 'unknown',
  'no-engine': 'unknown',
};

/** The cluster's answer beside Sidelight's: the verdict first, then every field that differs. */
export function ConfirmResult({ answer }: { readonly answer: ConfirmAnswer }) {
  const t = useTranslations('confirm');
  const { outcome, differences, setAside, clusterRefusal, engineRefusals, notes, sent, kubectl } = answer;
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="flex items-center gap-2 text-prose font-semibold">
          <StateShape state={SHAPE[outcome]} size={14} />
          {t(`outcome.${outcome}`, { count: differences.length })}
        </p>
        <p className="text-ink-2">{t(`explain.${outcome}`)}</p>
      </div>
      {clusterRefusal !== undefined && (
        <Said title={t('refusal.cluster')} because={clusterRefusal.because}>
          {clusterRefusal.message}
        </Said>
      )}
      {outcome !== 'same-refusal' &&
        engineRefusals.map(({ because, text }) => (
          <Said key={text} title={t('refusal.engine')} because={because}>
            {text}
          </Said>
        ))}
      {differences.length > 0 && <DifferenceTable differences={differences} />}
      <ul className="flex flex-col gap-0.5 text-sm text-ink-2">
        {notes.map((note) => (
          <li key={note.code}>
            <Phrase value={note} />
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-1">
        {setAside.length > 0 && (
          <Fold title={t('aside.show', { count: setAside.length })}>
            <AsideTable setAside={setAside} />
          </Fold>
        )}
        <Fold title={t('sent.show')}>
          <div className="flex flex-col gap-2">
            <KubectlLine command={kubectl} />
            <div>
              <CopyButton text={sent}>{t('sent.copy')}</CopyButton>
            </div>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
              tabIndex={0}
              className="mono max-h-80 overflow-auto rounded-md border border-line bg-sunk px-3 py-2 whitespace-pre"
            >
              {sent}
            </pre>
          </div>
        </Fold>
      </div>
    </div>
  );
}

interface SaidProps {
  readonly title: string;
  readonly because: ConfirmAnswer['because'];
  readonly children: string;
}

/** In plain words where they add to it, then in those of the program. */
function Said({ title, because, children }: SaidProps) {
  const detail = because.values?.detail;
  const isRepeated = typeof detail === 'string' && children.includes(detail);
  return (
    <div>
      <p className="text-sm text-ink-3">{title}</p>
      {!isRepeated && (
        <p>
          <Phrase value={because} />
        </p>
      )}
      <pre className="mt-1 rounded-md border border-line bg-sunk px-3 py-1.5 text-sm break-words whitespace-pre-wrap">
        {children.trim()}
      </pre>
    </div>
  );
}

function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="group/fold">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-1.5 text-ink-2 hover:text-ink">
        <ChevronRight aria-hidden="true" size={14} className="transition-transform group-open/fold:rotate-90" />
        {title}
      </summary>
      <div className="pt-1 pb-2">{children}</div>
    </details>
  );
}
