import { useTranslations } from 'next-intl';
import type { UsedInjector } from '@/lib/api/preview';
import { WarningList } from './warning-list';

/** Which injector rendered, as which release, from which objects of the cluster. */
export function UsedInjectors({ injectors }: { readonly injectors: readonly UsedInjector[] }) {
  const t = useTranslations('preview.injector');
  return (
    <>
      {injectors.map(({ revision, release, nativeSidecars, configMaps, problem }) => (
        <div key={revision} className="text-ink-2">
          <p>
            {t.rich(release === undefined ? 'unusable' : 'used', {
              revision,
              release: release ?? '',
              native: nativeSidecars === true ? 'yes' : 'no',
              configMaps: () =>
                configMaps.map(({ namespace, name, resourceVersion }, index) => (
                  <span key={name}>
                    {index > 0 && t('comma')}
                    <code title={t('version', { version: resourceVersion })}>
                      {namespace}/{name}
                    </code>
                  </span>
                )),
              code: (chunks) => <code>{chunks}</code>,
            })}
          </p>
          {problem !== undefined && <WarningList phrases={[problem]} />}
        </div>
      ))}
    </>
  );
}
