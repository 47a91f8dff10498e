'use client';
import { useTranslations } from 'next-intl';
import type { InjectAnswer } from '@/lib/api/inject';
import { BusyLine } from './busy-line';
import { ObjectList } from './object-list';
import { OutputActions } from './output-actions';
import { RenderFailure } from './render-failure';
import type { Rendering } from './use-render';

interface ResultBoxProps {
  readonly rendering: Rendering;
  /** The result is of another text or setting than what stands there now. */
  readonly isOld: boolean;
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly onPlace: (line: number, column?: number) => void;
  readonly onRender: () => void;
  readonly onCancel: () => void;
  readonly onExample: () => void;
}

/** What became of the manifests, object by object. */
export function ResultBox(props: ResultBoxProps) {
  const t = useTranslations('inject.result');
  const { rendering, isOld } = props;
  return (
    <section aria-labelledby="inject-result" className="flex min-w-0 flex-col rounded-md border border-line bg-panel">
      <header className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 id="inject-result" className="mr-auto font-semibold">
          {t('title')}
        </h2>
        {rendering.status === 'done' && <OutputActions output={rendering.answer.output} />}
      </header>
      <div className="max-h-(--editor-height) min-h-0 flex-1 overflow-y-auto">
        {isOld && (
          <p className="flex flex-wrap items-center gap-x-3 border-b border-line px-3 py-1.5 text-state-missing">
            {t('old')}
            <button type="button" className="link" onClick={props.onRender}>
              {t('again')}
            </button>
          </p>
        )}
        <ResultBody {...props} />
      </div>
    </section>
  );
}

function ResultBody(props: ResultBoxProps) {
  const t = useTranslations('inject');
  const { rendering, onRender, onCancel, onExample } = props;
  switch (rendering.status) {
    case 'idle':
      return (
        <div className="max-w-prose px-4 py-5">
          <p className="text-prose font-semibold">{t('empty.title')}</p>
          <p className="mt-1 text-ink-2">{t('empty.text')}</p>
          <button type="button" className="button mt-3" onClick={onExample}>
            {t('empty.try')}
          </button>
        </div>
      );
    case 'busy':
      return (
        <div className="px-4 py-3">
          <BusyLine onCancel={onCancel} />
        </div>
      );
    case 'cancelled':
      return (
        <p className="flex flex-wrap items-center gap-3 px-4 py-3 text-ink-2">
          {t('busy.cancelled')}
          <button type="button" className="button" onClick={onRender}>
            {t('result.again')}
          </button>
        </p>
      );
    case 'failed':
      return (
        <div className="px-4 py-3">
          <RenderFailure error={rendering.error} onRetry={onRender} />
        </div>
      );
    case 'done':
      return <Objects answer={rendering.answer} {...props} />;
  }
}

function Objects({ answer, selected, onSelect, onPlace }: ResultBoxProps & { readonly answer: InjectAnswer }) {
  const t = useTranslations('inject.result');
  const { objects, notices, injector } = answer;
  return (
    <>
      {injector.problem !== undefined && (
        <p role="alert" className="border-b border-line px-3 py-2 text-state-missing">
          {t('previous', { message: injector.problem })}
        </p>
      )}
      {objects.length === 0 && <p className="px-4 py-3 text-ink-2">{t('none')}</p>}
      <ObjectList objects={objects} selected={selected} onSelect={onSelect} onPlace={onPlace} />
      {notices.length > 0 && (
        <div className="border-t border-line px-3 py-2">
          <p className="text-sm text-ink-3">{t('notices')}</p>
          <pre className="mt-1 text-sm break-words whitespace-pre-wrap text-ink-2">{notices.join('\n')}</pre>
        </div>
      )}
    </>
  );
}
