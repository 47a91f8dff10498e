import './preview.css';
import { Play, Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { BlockFailure } from '@/components/shared/block-failure';
import type { PreviewStream } from './use-preview-stream';
import { WarningList } from './warning-list';

/** How far the rendering is, with the button that ends it or goes on; and who rendered. */
export function PreviewStatus({ stream, planned }: { readonly stream: PreviewStream; readonly planned: number }) {
  const t = useTranslations('preview.status');
  const { status, start, totals, error, stop, resume } = stream;
  const total = start?.total ?? planned;
  const rows = totals?.rows ?? 0;
  const isStreaming = status === 'streaming';
  return (
    <div className="mb-3 flex flex-col gap-2">
      {error === undefined || isStreaming ? (
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
          <p role="status" className="text-ink-2">
            {t(status, { rows, total })}
          </p>
          {status !== 'done' && (
            <button type="button" className="button ml-auto" onClick={isStreaming ? stop : resume}>
              {isStreaming ? <Square aria-hidden="true" size={12} /> : <Play aria-hidden="true" size={12} />}
              {t(isStreaming ? 'stop' : 'resume')}
            </button>
          )}
        </div>
      ) : (
        <>
          <p role="status" className="text-ink-2">
            {t('failed', { rows, total })}
          </p>
          <BlockFailure error={error} onRetry={resume} />
        </>
      )}
      <progress
        className={`preview-progress ${status === 'done' ? 'invisible' : ''}`}
        max={Math.max(total, 1)}
        value={status === 'done' ? Math.max(total, 1) : rows}
        aria-label={t('progress')}
      />
      {start !== undefined && <WarningList phrases={start.notes} state="unknown" />}
    </div>
  );
}
