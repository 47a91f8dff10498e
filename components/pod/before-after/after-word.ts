import { useTranslations } from 'next-intl';
import { createContext, useContext } from 'react';

/** Whether the second pod is one that does not run yet. */
export const IsPlanned = createContext(false);

/** The name of the second pod: as it runs, or as it would run. */
export function useAfterWord(): string {
  const t = useTranslations('pod.beforeAfter');
  return t(useContext(IsPlanned) ? 'asPlanned' : 'asRuns');
}
