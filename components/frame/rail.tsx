'use client';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { isCurrentPage, PAGES } from './pages';

interface RailProps {
  readonly isFolded: boolean;
  readonly onFold: (isFolded: boolean) => void;
}

/** The pages. Folded, a word shows beside its icon on hover and focus. */
export function Rail({ isFolded, onFold }: RailProps) {
  const t = useTranslations('frame');
  const path = usePathname();
  const Icon = isFolded ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav aria-label={t('rail.label')} className="rail" data-print="hide">
      <ul className="rail-list">
        {PAGES.map(({ id, href, icon: PageIcon }) => (
          <li key={id}>
            <Link href={href} aria-current={isCurrentPage(href, path) ? 'page' : undefined} className="rail-link">
              <PageIcon aria-hidden="true" size={16} strokeWidth={1.75} />
              <span className="rail-word">{t(`pages.${id}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" className="rail-link rail-fold" aria-expanded={!isFolded} onClick={() => onFold(!isFolded)}>
        <Icon aria-hidden="true" size={16} strokeWidth={1.75} />
        <span className="rail-word">{t(isFolded ? 'rail.unfold' : 'rail.fold')}</span>
      </button>
    </nav>
  );
}
