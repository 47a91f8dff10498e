'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Tooltip } from './tooltip';

/** The terms that are explained in place; `shared.term` holds name, two sentences and source of each. */
export const TERMS = [
  'injection',
  'sidecar',
  'native-sidecar',
  'control-plane',
  'revision',
  'revision-tag',
  'webhook',
  'capture',
  'interception-mode',
  'tproxy',
  'ambient',
  'pilot-agent',
  'envoy',
  'injection-template',
] as const;
export type TermId = (typeof TERMS)[number];

/** A term of the trade with its explanation on hover, focus or press. Without children it says its own name. */
export function Term({ id, children }: { readonly id: TermId; readonly children?: ReactNode }) {
  const t = useTranslations('shared.term');
  return (
    <Tooltip
      opensOnPress
      content={
        <>
          <span className="block">{t(`${id}.text`)}</span>
          <span className="mt-1.5 block text-sm break-words text-ink-3">
            {t('source', { source: t(`${id}.source`) })}
          </span>
        </>
      }
    >
      <button type="button" className="term">
        {children ?? t(`${id}.name`)}
      </button>
    </Tooltip>
  );
}
