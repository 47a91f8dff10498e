import { loadAll } from 'js-yaml';
import type { Pod } from '@/lib/core/kube/pod-types';
import { InputError } from './command';
import { readInput, readManifests } from './read-manifests';

/** The pod of a file: a Pod, the first of a list, or the pods that a workload makes. */
export function readPod(path: string): Pod {
  const text = path === '-' ? (readManifests(['-'])[0]?.text ?? '') : readInput(path);
  let documents: unknown[];
  try {
    documents = loadAll(text);
  } catch (error) {
    const line = /\((\d+):\d+\)/.exec(String(error))?.[1] ?? '1';
    throw new InputError(`${path}:${line}: this is not YAML; give a Pod as the cluster returns it`);
  }
  const pod = documents.flatMap(podsOf)[0];
  if (pod === undefined) {
    throw new InputError(`${path}:1: no Pod here; give one as the cluster returns it: kubectl get pod NAME -o yaml`);
  }
  return pod;
}

type Loose = { readonly [key: string]: Loose } & { readonly kind?: string; readonly items?: readonly Loose[] };

function podsOf(value: unknown): readonly Pod[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Loose;
  if (Array.isArray(object.items)) return object.items.flatMap(podsOf);
  // Entries of a list that was taken apart name no kind.
  if (object.kind === 'Pod' || Array.isArray(object.spec?.containers)) return [object as unknown as Pod];
  const template = object.spec?.template ?? object.spec?.jobTemplate?.spec?.template;
  return template?.spec === undefined ? [] : [{ metadata: {}, ...template } as unknown as Pod];
}
