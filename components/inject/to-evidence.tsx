import type { InjectedPart } from '@/lib/api/inject';
import { PartsView } from './parts-view';

/** What the engine knows of each part; it takes the place of what can be told from both pods alone. */
export function toEvidence(key: string, parts: readonly InjectedPart[], yaml: string) {
  return {
    list: <PartsView key={key} parts={parts} yaml={yaml} />,
    rows: () =>
      parts.map(({ path, change, origin, annotations, values, lines }) => ({
        path,
        change,
        origin: origin.code,
        annotations: annotations.join(' '),
        values: values.join(' '),
        firstLine: lines?.first ?? '',
        lastLine: lines?.last ?? '',
      })),
    json: parts,
  };
}
