'use client';
import { useTranslations } from 'next-intl';
import { announce } from '@/components/shared/announce';
import { Block } from '@/components/shared/block';
import { MissingParts } from '@/components/shared/missing-parts';
import { PageHead } from '@/components/shared/page-head';
import { SkeletonLine } from '@/components/shared/skeleton';
import { useResource } from '@/components/shared/use-resource';
import { type GraphAnswer, graphAnswerSchema } from '@/lib/api/graph';
import './graph.css';
import { GraphCanvas } from './graph-canvas';
import { GraphEmpty } from './graph-empty';
import { GraphPanel } from './graph-panel';
import { GraphSkeleton } from './graph-skeleton';
import { GraphTableView } from './graph-table-view';
import { GraphToolbar } from './graph-toolbar';
import { GraphVerdict } from './graph-verdict';
import { useGraphLayout } from './use-graph-layout';
import { useGraphQuery } from './use-graph-query';
import { useShownGraph } from './use-shown-graph';

const KINDS = [
  'namespaces',
  'services',
  'pods',
  'events',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'replicationcontrollers',
  'mutatingwebhookconfigurations',
  'gateways.networking.istio.io',
  'virtualservices.networking.istio.io',
  'destinationrules.networking.istio.io',
  'serviceentries.networking.istio.io',
  'gateways.gateway.networking.k8s.io',
  'httproutes.gateway.networking.k8s.io',
  'grpcroutes.gateway.networking.k8s.io',
] as const;

/** The mesh as a picture or a table: what stands where, what leads to what, and what has a sidecar. */
export function GraphPageView() {
  const t = useTranslations('graph');
  const [query, setQuery] = useGraphQuery();
  const path = `/api/v1/graph?${new URLSearchParams({ namespaces: query.namespaces.join(',') })}`;
  const data = useResource(path, graphAnswerSchema, KINDS, { keepPrevious: true });
  const answer = data.status === 'ready' ? data.value : undefined;
  const key = answer === undefined ? '' : `${answer.meta.cluster} ${answer.chosen.join(',')} ${answer.isCollapsed}`;
  const { arranged, isArranging, arrange } = useGraphLayout(answer?.graph, key);
  const { shown, found, lit } = useShownGraph(arranged?.graph, query);
  const drawn = arranged && { ...arranged, graph: shown };

  const select = (id: string) => void setQuery({ sel: id || null });
  const selectNext = () => {
    const ids = [...(found ?? [])];
    const next = ids[(ids.indexOf(query.sel) + 1) % ids.length];
    if (next === undefined) announce(t('empty.noMatch'));
    else select(next);
  };
  const picture = (ready: GraphAnswer) => {
    if (drawn === undefined) return <GraphSkeleton />;
    if (shown.nodes.length === 0) {
      return (
        <GraphEmpty
          answer={ready}
          onAllNamespaces={() => void setQuery({ namespaces: null })}
          onShowHidden={() => void setQuery({ hide: null, focus: null })}
        />
      );
    }
    const panel = query.sel !== '' && (
      <GraphPanel
        graph={arranged?.graph ?? shown}
        selected={query.sel}
        focus={query.focus}
        onSelect={select}
        onFocus={(id) => void setQuery({ focus: id || null })}
        onNamespace={(name) => void setQuery({ namespaces: [name], sel: null, focus: null })}
      />
    );
    if (query.view === 'table') {
      return (
        <div className="flex flex-wrap items-start gap-4">
          <div className="min-w-0 flex-1 basis-140">
            <GraphTableView graph={shown} found={found} isNarrow={panel !== false} onSelect={select} />
          </div>
          {panel && <div className="graph-table-panel">{panel}</div>}
        </div>
      );
    }
    return (
      <div className="graph-stage">
        <div className="min-w-0 flex-1">
          <GraphCanvas
            arranged={drawn}
            selected={query.sel}
            lit={lit}
            isArranging={isArranging}
            onSelect={select}
            onArrange={arrange}
          />
        </div>
        {panel}
      </div>
    );
  };

  return (
    <div className="graph-page" data-view={query.view}>
      <PageHead
        title={t('title')}
        verdict={answer === undefined ? <SkeletonLine className="mt-1 w-96" /> : <GraphVerdict answer={answer} />}
      />
      {answer !== undefined && <MissingParts parts={answer.meta.missing} />}
      <GraphToolbar
        query={query}
        setQuery={setQuery}
        namespaces={answer?.namespaces ?? []}
        focusName={arranged?.graph.nodes.find(({ id }) => id === query.focus)?.name}
        shown={found?.size ?? shown.nodes.length}
        total={answer?.graph.nodes.length ?? 0}
        arranged={drawn}
        onNext={selectNext}
      />
      <div className="graph-body">
        <Block data={data} skeleton={<GraphSkeleton />}>
          {picture}
        </Block>
      </div>
    </div>
  );
}
