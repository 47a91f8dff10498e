import { ExportMenu } from '@/components/shared/export-menu';
import type { PreviewRow } from '@/lib/api/preview';
import type { PreviewStream } from './use-preview-stream';

function toExportRow({ kind, name, pods, becomes, rendering, because, refusals, containers, requests }: PreviewRow) {
  return {
    kind,
    name,
    pods,
    becomes,
    rendering,
    because: because.code,
    refusals: refusals.map(({ because: { code } }) => code).join(' '),
    containers: containers.map((container) => container.name).join(' '),
    replicas: requests?.replicas ?? 0,
    cpuPerPod: requests?.perPod.cpu ?? '0',
    memoryPerPod: requests?.perPod.memory ?? '0',
    cpu: requests?.total.cpu ?? '0',
    memory: requests?.total.memory ?? '0',
    cpuAdded: requests?.adds.cpu ?? '0',
    memoryAdded: requests?.adds.memory ?? '0',
  };
}

/** The preview of a namespace as it is known so far. */
export function PreviewExport({ namespace, stream }: { readonly namespace: string; readonly stream: PreviewStream }) {
  const { start, rows, totals, status } = stream;
  const all = [...rows.values()];
  return (
    <ExportMenu
      fileName={`${namespace}-preview`}
      rows={() => all.map(toExportRow)}
      json={() => ({
        status,
        ...(start === undefined ? {} : { start }),
        rows: all,
        ...(totals === undefined ? {} : { totals }),
      })}
    />
  );
}
