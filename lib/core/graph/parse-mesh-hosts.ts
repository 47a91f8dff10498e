import type { StringMap } from '@/lib/core/kube/object-types';
import type { DocumentRecord, ObjectRecord } from '@/lib/core/kube/records';
import { fieldsList, specOf, stringMapField, textField, textList, toFields } from './document-fields';

export interface ServiceEntry {
  readonly record: ObjectRecord;
  readonly hosts: readonly string[];
  readonly ports: readonly string[];
  readonly location: string;
  readonly resolution: string;
  /** Labels of the workloads in its own namespace that stand behind it; empty for none. */
  readonly selector: StringMap;
}

/** Reads a ServiceEntry. */
export function parseServiceEntry(record: DocumentRecord): ServiceEntry {
  const spec = specOf(record.body);
  return {
    record,
    hosts: textList(spec, 'hosts'),
    ports: fieldsList(spec, 'ports').map((port) =>
      `${textField(port, 'number')} ${textField(port, 'protocol')}`.trim(),
    ),
    location: textField(spec, 'location') || 'MESH_EXTERNAL',
    resolution: textField(spec, 'resolution') || 'NONE',
    selector: stringMapField(toFields(spec.workloadSelector), 'labels'),
  };
}

export interface SubsetRule {
  readonly record: ObjectRecord;
  readonly host: string;
  readonly subsets: ReadonlyMap<string, StringMap>;
}

/** Reads the subsets of a DestinationRule; the host stays as written. */
export function parseDestinationRule(record: DocumentRecord): SubsetRule {
  const spec = specOf(record.body);
  return {
    record,
    host: textField(spec, 'host'),
    subsets: new Map(
      fieldsList(spec, 'subsets').map((subset) => [textField(subset, 'name'), stringMapField(subset, 'labels')]),
    ),
  };
}
