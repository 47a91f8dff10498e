import { useTranslations } from 'next-intl';
import type { Loadable } from '@/components/shared/use-resource';
import type { Access } from '@/lib/api/answer-parts';
import type { AccessAnswer } from '@/lib/api/namespace';

/** Why a control is off: read only, a right that is lacking, or not known yet; undefined when it may be used. */
export function useRefusedReason(
  access: Loadable<AccessAnswer>,
  pick: (answer: AccessAnswer) => Access,
): string | undefined {
  const t = useTranslations('namespaces.refused');
  if (access.status === 'loading') return t('asking');
  if (access.status === 'failed') return access.error.message;
  if (access.value.isReadOnly) return t('readOnly');
  const { allowed, right } = pick(access.value);
  return allowed ? undefined : t('right', { right });
}
