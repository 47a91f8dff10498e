import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { StateShape } from '@/components/shared/state-shape';
import type { ControlPlane, GatewayWorkload } from '@/lib/api/control-planes';
import { workloadHref } from '@/lib/api/hrefs';

interface ProxyBoxProps {
  readonly plane: ControlPlane;
  readonly gateways: readonly GatewayWorkload[];
}

const MOST_VERSIONS = 4;
const MOST_GATEWAYS = 3;

/** The proxies that a revision serves, by version, and the gateways among them. */
export function ProxyBox({ plane, gateways }: ProxyBoxProps) {
  const t = useTranslations('controlPlanes.picture');
  const format = useFormatter();
  const { total, byVersion } = plane.proxies;
  return (
    <div className="w-full min-w-0 rounded-md border border-line-2 bg-surface px-3 py-2">
      <Link
        href={`/namespaces?revision=${encodeURIComponent(plane.revision)}`}
        className="font-semibold hover:underline"
        prefetch={false}
      >
        {t('proxies', { count: total })}
      </Link>
      <ul>
        {byVersion.slice(0, MOST_VERSIONS).map(({ version, count }) => (
          <li key={version} className="flex items-center gap-2 text-sm text-ink-2">
            <StateShape
              size={9}
              state={version === plane.version ? 'injected' : version === '–' ? 'unknown' : 'outdated'}
            />
            <span className="mono min-w-0 flex-1 truncate">{version}</span>
            <span>{format.number(count)}</span>
          </li>
        ))}
      </ul>
      {gateways.length > 0 && (
        <div className="mt-1 border-t border-line pt-1 text-sm text-ink-2">
          {t('gateways', { count: gateways.length })}
          <ul>
            {gateways.slice(0, MOST_GATEWAYS).map(({ namespace, kind, name }) => (
              <li key={`${namespace}/${kind}/${name}`} className="truncate">
                <Link
                  href={workloadHref(namespace, kind, name)}
                  className="mono block truncate leading-6 hover:underline"
                  prefetch={false}
                >
                  {namespace}/{name}
                </Link>
              </li>
            ))}
          </ul>
          {gateways.length > MOST_GATEWAYS && (
            <a href="#gateways" className="link inline-block leading-6">
              {t('moreGateways', { count: gateways.length - MOST_GATEWAYS })}
            </a>
          )}
        </div>
      )}
    </div>
  );
}
