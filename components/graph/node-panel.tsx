'use client';
import { Crosshair } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { CopyName } from '@/components/shared/copy-button';
import { Phrase } from '@/components/shared/phrase';
import { PodsBar } from '@/components/shared/pods-bar';
import { StateBadge } from '@/components/shared/state-badge';
import { namespaceHref, workloadHref } from '@/lib/api/hrefs';
import type { GraphRow } from '@/lib/core/graph/graph-table';
import { NodeLinks } from './node-links';
import { toStateName } from './node-state-name';
import { ProblemList } from './problem-list';
import { useNodeTexts } from './use-node-texts';

interface NodePanelProps {
  readonly row: GraphRow;
  readonly isFocused: boolean;
  readonly onSelect: (id: string) => void;
  readonly onFocus: (id: string) => void;
  /** Draws the objects of one namespace in place of what is shown. */
  readonly onNamespace: (name: string) => void;
}

/** What is known of one node, and where to go from it. */
export function NodePanel({ row, isFocused, onSelect, onFocus, onNamespace }: NodePanelProps) {
  const t = useTranslations('graph');
  const texts = useNodeTexts();
  const { node, from, to } = row;
  const state = toStateName(node.state);
  return (
    <>
      <div className="flex flex-col gap-1.5">
        {state !== null && <StateBadge state={state}>{texts.state(node.state)}</StateBadge>}
        {node.because !== undefined && (
          <p className="text-ink-2">
            <Phrase value={node.because} />
          </p>
        )}
        {node.counts !== undefined && node.counts.total > 0 && <PodsBar counts={node.counts} />}
      </div>
      <ProblemList problems={node.problems} isBroken={node.state === 'broken'} />
      <dl className="flex flex-col gap-2">
        {node.facts.map(({ name, values }) => (
          <div key={name}>
            <dt className="text-sm text-ink-3">{t(`fact.${name}`)}</dt>
            {values.map((value) => (
              <dd key={value} className="min-w-0 break-all">
                {name === 'hosts' || name === 'selector' ? (
                  <CopyName text={value} />
                ) : (
                  <span className="mono">{value}</span>
                )}
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <NodeLinks direction="from" links={from} home={node.namespace} onSelect={onSelect} />
      <NodeLinks direction="to" links={to} home={node.namespace} onSelect={onSelect} />
      <div className="mt-auto flex flex-wrap gap-2 border-t border-line pt-3">
        {node.kind === 'workload' && (
          <Link className="button" href={workloadHref(node.namespace, node.objectKind, node.name)}>
            {t('panel.openWorkload')}
          </Link>
        )}
        {node.kind === 'namespace' || node.isOutside ? (
          <button type="button" className="button" onClick={() => onNamespace(node.namespace)}>
            {t('panel.drawNamespace', { namespace: node.namespace })}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            aria-pressed={isFocused}
            onClick={() => onFocus(isFocused ? '' : node.id)}
          >
            <Crosshair aria-hidden="true" size={14} />
            {t(isFocused ? 'panel.showAll' : 'panel.focus')}
          </button>
        )}
        <Link className="button" href={namespaceHref(node.namespace)}>
          {t('panel.openNamespace', { namespace: node.namespace })}
        </Link>
      </div>
    </>
  );
}
