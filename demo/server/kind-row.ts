import type { KubeObject } from './object-types';

/** A column of a Table answer, as `kubectl get` prints it. `priority` 1 is shown with `-o wide` only. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date' | 'boolean' | 'number';
  readonly format?: string;
  readonly priority?: number;
  readonly description?: string;
  readonly cell: (object: KubeObject, now: number) => string | number | boolean | null;
}

export type Subresource = 'status' | 'scale' | 'log';

/** Where the scale subresource finds its three values. */
export interface ScalePaths {
  readonly replicas: readonly string[];
  readonly statusReplicas: readonly string[];
  readonly selector: readonly string[];
}

/** One kind of the cluster. All that sets kinds apart is data in such a row. */
export interface KindRow {
  /** Empty for the core group. */
  readonly group: string;
  /** Served versions; the first is preferred and the one objects are stored in. */
  readonly versions: readonly string[];
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly subresources: readonly Subresource[];
  /** Whether metadata.generation counts changes outside metadata and status. */
  readonly hasGeneration: boolean;
  readonly columns: readonly Column[];
  /** Field selectors beside metadata.name and metadata.namespace: label to path. */
  readonly selectableFields: Readonly<Record<string, readonly string[]>>;
  /** Custom resources refuse strategic merge patches and report themselves so in discovery. */
  readonly isCustom: boolean;
  /** The version that the real server stores it in, where that is not the preferred one. */
  readonly storageVersion?: string;
  /** What every answer about the kind warns of. */
  readonly deprecation?: string;
  readonly scale?: ScalePaths;
  /** `graceful`: stays with a deletionTimestamp until its node lets go. `namespace`: stays until its content is gone. */
  readonly deletion?: 'graceful' | 'namespace';
}

/** The store's name of a kind: `pods`, `deployments.apps`, `gateways.networking.istio.io`. */
export function resourceId(row: Pick<KindRow, 'group' | 'plural'>): string {
  return row.group === '' ? row.plural : `${row.plural}.${row.group}`;
}

/** `v1` or `apps/v1`. */
export function apiVersionOf(row: Pick<KindRow, 'group'>, version: string): string {
  return row.group === '' ? version : `${row.group}/${version}`;
}
