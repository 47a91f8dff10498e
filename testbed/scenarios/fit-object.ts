import type { NewObject } from '@/demo/server/object-types';
import type { LiveObjects } from './live-objects';

/** Something of a scenario that a real cluster does not get as it is told, and why. */
export interface LeftOut {
  readonly object: string;
  readonly why: 'kind is not served' | 'istiod makes it';
}

export type Fit =
  | { readonly isLeftOut: false; readonly object: NewObject; readonly status: NewObject['status'] }
  | { readonly isLeftOut: true; readonly leftOut: LeftOut };

const MANAGED_GATEWAY = 'gateway.istio.io/managed';
const GATEWAY_API = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' };

/**
 * What a real cluster takes of an object: its status goes through the status subresource, a kind that nobody defined
 * cannot exist, and where Gateway API is served istiod itself makes what stands behind a Gateway.
 */
export async function fitObject(objects: LiveObjects, told: NewObject): Promise<Fit> {
  const { status, ...object } = told;
  const leftOut = (why: LeftOut['why']): Fit => ({ isLeftOut: true, leftOut: { object: nameOf(told), why } });
  if (!(await objects.isServed(told))) return leftOut('kind is not served');
  const isManaged = told.metadata.labels?.[MANAGED_GATEWAY] !== undefined;
  if (isManaged && (await objects.isServed(GATEWAY_API))) return leftOut('istiod makes it');
  return {
    isLeftOut: false,
    object: { ...object, apiVersion: told.apiVersion, kind: told.kind, metadata: told.metadata },
    status,
  };
}

function nameOf({ kind, metadata: { namespace, name } }: NewObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''}`;
}
