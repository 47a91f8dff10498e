'use client';
import { Braces, Download, Image as ImageIcon, Shapes, Table } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { announce } from '@/components/shared/announce';
import { Menu } from '@/components/shared/menu';
import { toGraphSvg } from '@/lib/core/graph/graph-svg';
import { buildGraphTable } from '@/lib/core/graph/graph-table';
import { type ExportRow, toCsv } from '@/lib/core/to-csv';
import { readSvgTheme, saveBlob, toPng } from './save-picture';
import type { Arranged } from './use-graph-layout';
import { useNodeTexts } from './use-node-texts';

const FILE = 'sidelight-graph';

const toRows = ({ graph }: Arranged): readonly ExportRow[] =>
  buildGraphTable(graph).map(({ node, counts, from, to }) => ({
    namespace: node.namespace,
    kind: node.objectKind || node.kind,
    name: node.name,
    state: node.state,
    pods: counts?.total ?? 0,
    versions: node.versions.join(' '),
    from: from.map(({ id }) => id).join(' '),
    to: to.map(({ id }) => id).join(' '),
    problems: node.problems.map(({ code }) => code).join(' '),
  }));

/** The picture as PNG or SVG, its data as JSON or CSV. */
export function GraphExport({ arranged }: { readonly arranged: Arranged }) {
  const t = useTranslations('graph');
  const texts = useNodeTexts();
  const svg = () =>
    toGraphSvg(arranged.graph, arranged.layout, readSvgTheme(), { title: t('title'), subtitle: texts.subtitle });
  const save = (ending: string, type: string, text: string) =>
    saveBlob(`${FILE}.${ending}`, new Blob([text], { type }));
  const savePng = async () => {
    try {
      saveBlob(`${FILE}.png`, await toPng(svg()));
    } catch {
      announce(t('export.failed'));
    }
  };
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="button">
          <Download aria-hidden="true" size={14} />
          {t('export.open')}
        </button>
      }
      items={[
        { id: 'png', label: t('export.png'), icon: ImageIcon, onSelect: () => void savePng() },
        { id: 'svg', label: t('export.svg'), icon: Shapes, onSelect: () => save('svg', 'image/svg+xml', svg()) },
        {
          id: 'json',
          label: t('export.json'),
          icon: Braces,
          onSelect: () =>
            save('json', 'application/json', JSON.stringify({ ...arranged.graph, layout: arranged.layout }, null, 2)),
        },
        {
          id: 'csv',
          label: t('export.csv'),
          icon: Table,
          onSelect: () => save('csv', 'text/csv;charset=utf-8', toCsv(toRows(arranged))),
        },
      ]}
    />
  );
}
