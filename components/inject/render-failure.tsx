'use client';
import { useTranslations } from 'next-intl';
import type { ApiError } from '@/components/shared/api-error';
import { BlockFailure } from '@/components/shared/block-failure';
import { StateShape } from '@/components/shared/state-shape';

/** What the rendering itself, and not the cluster, ended with. */
function readCause({ code, details }: ApiError): 'tooLarge' | 'tooSlow' | 'tooMuch' | 'injector' | undefined {
  if (code === 'too-large') return 'tooLarge';
  const part = typeof details === 'object' && details !== null && 'part' in details ? details.part : undefined;
  if (part === 'injector') return 'injector';
  if (part !== 'rendering') return undefined;
  return code === 'timeout' ? 'tooSlow' : code === 'invalid' ? 'tooMuch' : undefined;
}

/** What is wrong with the configuration, without the sentence around it. */
function readReason({ message, details }: ApiError): string {
  const isTold = typeof details === 'object' && details !== null && 'reason' in details;
  return isTold && typeof details.reason === 'string' ? details.reason : message;
}

interface RenderFailureProps {
  readonly error: ApiError;
  readonly onRetry: () => void;
}

/** Why nothing was rendered, and what to do. */
export function RenderFailure({ error, onRetry }: RenderFailureProps) {
  const t = useTranslations('inject.failure');
  const cause = readCause(error);
  if (cause === undefined) return <BlockFailure error={error} onRetry={onRetry} />;
  return (
    <div role="alert" className="flex gap-3">
      <span className="pt-0.5">
        <StateShape state="refused" size={14} />
      </span>
      <div className="min-w-0">
        <p className="font-semibold">{t(`${cause}.title`)}</p>
        {cause === 'injector' && (
          <pre className="mt-1 text-sm break-words whitespace-pre-wrap">{readReason(error)}</pre>
        )}
        <p className="text-ink-2">{t(`${cause}.action`)}</p>
      </div>
    </div>
  );
}
