import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { RevisionProgressList } from '@/components/overview/revision-progress-list';
import { Phrase } from '@/components/shared/phrase';
import { StateBadge } from '@/components/shared/state-badge';
import type { ControlPlane } from '@/lib/api/control-planes';
import { podHref } from '@/lib/api/hrefs';
import { HEALTH_STATE, planeAnchor } from './health-look';
import { ProxiesTable } from './proxies-table';

function Row({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3">
      <dt className="text-ink-3">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Plane({ plane }: { readonly plane: ControlPlane }) {
  const t = useTranslations('controlPlanes');
  const { revision, health, because, image, ready, wanted, namespace, pods, injector, tags } = plane;
  return (
    <li id={planeAnchor(revision)} className="border-b border-line py-3 last:border-b-0 target:bg-accent-bg">
      <h3 className="mb-1 flex flex-wrap items-baseline gap-x-3">
        <span className="mono text-prose font-semibold">{revision}</span>
        <StateBadge state={HEALTH_STATE[health]}>{t(`health.${health}`)}</StateBadge>
      </h3>
      <p className="mb-2 text-ink-2">
        <Phrase value={because} />
      </p>
      <dl className="flex flex-col gap-1">
        <Row term={t('detail.image')}>
          <code>{image || '–'}</code>
        </Row>
        <Row term={t('detail.replicas')}>
          {t('replicas', { ready, wanted })} · {namespace}
        </Row>
        {tags.length > 0 && (
          <Row term={t('detail.tags')}>
            <code>{tags.join(', ')}</code>
          </Row>
        )}
        {pods.length > 0 && (
          <Row term={t('detail.pods')}>
            {pods.map(({ name, nodeName, isReady }) => (
              <span key={name} className="block">
                <Link href={podHref(namespace, name)} className="mono hover:underline" prefetch={false}>
                  {name}
                </Link>{' '}
                <span className="text-ink-3">{nodeName}</span>
                {!isReady && <span className="text-state-missing"> {t('detail.notReady')}</span>}
              </span>
            ))}
          </Row>
        )}
        <Row term={t('detail.injector')}>
          {injector === undefined ? (
            <span className="text-ink-3">{t('detail.noInjector')}</span>
          ) : (
            <>
              <code>{injector.configMap}</code>{' '}
              <span className="text-ink-2">
                {t('detail.policy', { policy: injector.policy })}
                {injector.injectsByDefault && ` · ${t('detail.byDefault')}`}
              </span>
            </>
          )}
        </Row>
      </dl>
    </li>
  );
}

/** Each control plane in words, and how far its pods are. */
export function PlaneDetails({ planes }: { readonly planes: readonly ControlPlane[] }) {
  const t = useTranslations('controlPlanes');
  return (
    <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
      <section>
        <h2 className="mb-2 text-prose font-semibold">{t('planes')}</h2>
        <ul>
          {planes.map((plane) => (
            <Plane key={plane.revision} plane={plane} />
          ))}
        </ul>
      </section>
      <div className="flex min-w-0 flex-col gap-8">
        <RevisionProgressList progress={planes.map(({ progress }) => progress)} />
        <ProxiesTable planes={planes} />
      </div>
    </div>
  );
}
