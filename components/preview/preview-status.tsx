import './preview.css';
import { Play, Square } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { BlockFailure } from '@/components/shared/block-failure';
import type { PreviewStream } from './use-preview-stream';

interface PreviewStatusProps {
  readonly stream: PreviewStream;
  /** Rows that are known before the stream tells how many there are. */
  readonly planned: number;
  readonly actions: ReactNode;
}

/** How far the rendering is, with the button that ends it or goes on. */
export function PreviewStatus({ stream, planned, actions }: PreviewStatusProps) {
  const t = useTranslations('preview.status');
  const { status, start, totals, error, stop, resume } = stream;
  const total = start?.total ?? planned;
  const rows = totals?.rows ?? 0;
  const isStreaming = status === 'streaming';
  const hasFailed = status === 'failed' && error !== undefined;
  return (
    <div className="mb-3 flex flex-col gap-1.5">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <p role="status" className="min-w-0 text-ink-2">
          {t(status, { rows, total })}
        </p>
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {status !== 'done' && !hasFailed && (
            <button type="button" className="button" onClick={isStreaming ? stop : resume}>
              {isStreaming ? <Square aria-hidden="true" size={12} /> : <Play aria-hidden="true" size={12} />}
              {t(isStreaming ? 'stop' : 'resume')}
            </button>
          )}
          {actions}
        </div>
      </div>
      <progress
        className={`preview-progress ${status === 'done' ? 'invisible' : ''}`}
        max={Math.max(total, 1)}
        value={status === 'done' ? Math.max(total, 1) : rows}
        aria-label={t('progress')}
      />
      {hasFailed && <BlockFailure error={error} onRetry={resume} />}
    </div>
  );
}
