import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Fragment, type ReactNode } from 'react';
import { CopyButton } from './copy-button';
import { type Fact, Facts } from './facts';

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

interface PageHeadProps {
  readonly crumbs?: readonly Crumb[];
  /** The kind of object, before its name ("Pod"). */
  readonly kind?: string;
  readonly title: string;
  /** The title is an object's name: set in mono, with a copy button. */
  readonly isName?: boolean;
  /** The answer to the question the page is for. */
  readonly verdict?: ReactNode;
  readonly facts?: readonly Fact[];
  readonly actions?: ReactNode;
}

/** What the page is about and its answer, first. */
export function PageHead({ crumbs = [], kind, title, isName = false, verdict, facts = [], actions }: PageHeadProps) {
  const t = useTranslations('shared.head');
  return (
    <header className="mb-4">
      {crumbs.length > 0 && (
        <nav aria-label={t('crumbs')} className="mb-0.5 flex flex-wrap gap-x-1.5 text-ink-3">
          {crumbs.map(({ label, href }, index) => (
            <Fragment key={`${label} ${href ?? ''}`}>
              {index > 0 && <span aria-hidden="true">/</span>}
              {href === undefined ? (
                <span>{label}</span>
              ) : (
                <Link href={href} className="hover:text-ink hover:underline">
                  {label}
                </Link>
              )}
            </Fragment>
          ))}
        </nav>
      )}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="group flex min-w-0 flex-wrap items-baseline gap-x-2 text-title font-semibold tracking-tight">
            {kind !== undefined && <span className="text-prose font-medium tracking-normal text-ink-3">{kind}</span>}
            <span className={`min-w-0 break-words ${isName ? 'mono tracking-normal' : ''}`}>{title}</span>
            {isName && <CopyButton text={title} />}
          </h1>
          {verdict !== undefined && <div className="mt-0.5 max-w-prose-wide text-prose text-ink-2">{verdict}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {facts.length > 0 && <Facts facts={facts} className="mt-3" />}
    </header>
  );
}
