import type { InjectEngine, InjectorChoice, InjectRequest } from '@/lib/api/inject';

/** Everything on the page that a person fills in. */
export interface InjectInput {
  readonly manifests: string;
  /** A revision of the cluster, or a ConfigMap of the person's own. */
  readonly injector: 'revision' | 'upload';
  readonly revision: string;
  readonly upload: { readonly configMap: string; readonly values: string; readonly mesh: string };
  readonly engine: InjectEngine;
  readonly namespace: string;
  readonly native: 'cluster' | 'yes' | 'no';
}

export const EMPTY_INPUT: InjectInput = {
  manifests: '',
  injector: 'revision',
  revision: '',
  upload: { configMap: '', values: '', mesh: '' },
  engine: 'webhook',
  namespace: 'default',
  native: 'cluster',
};

/** What keeps an input from being rendered; undefined for nothing. */
export function findLack(input: InjectInput): 'manifests' | 'injector' | 'namespace' | undefined {
  if (input.manifests.trim() === '') return 'manifests';
  if (input.injector === 'upload' ? input.upload.configMap.trim() === '' : input.revision === '') return 'injector';
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(input.namespace) ? undefined : 'namespace';
}

export function toRequest({ manifests, engine, namespace, native, ...input }: InjectInput): InjectRequest {
  const nativeSidecars = native === 'cluster' ? {} : { nativeSidecars: native === 'yes' };
  return { manifests, injector: toChoice(input), engine, namespace, ...nativeSidecars };
}

function toChoice({
  injector,
  revision,
  upload,
}: Pick<InjectInput, 'injector' | 'revision' | 'upload'>): InjectorChoice {
  if (injector === 'revision') return { kind: 'revision', revision };
  const { configMap, values, mesh } = upload;
  return {
    kind: 'upload',
    configMap,
    ...(values.trim() === '' ? {} : { values }),
    ...(mesh.trim() === '' ? {} : { mesh }),
  };
}

/** Whether two inputs give the same result; the long texts are compared first, by the quickest means. */
export function isSameRequest(one: InjectRequest, two: InjectRequest): boolean {
  if (one.manifests !== two.manifests) return false;
  return JSON.stringify({ ...one, manifests: '' }) === JSON.stringify({ ...two, manifests: '' });
}
