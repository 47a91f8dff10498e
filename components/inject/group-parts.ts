import type { InjectedPart } from '@/lib/api/inject';

export interface PartGroup {
  /** Where its parts stand: `spec.containers[istio-proxy]`, `metadata.labels`, `spec.volumes`. */
  readonly place: string;
  readonly parts: readonly InjectedPart[];
}

const CONTAINER = /^spec\.(?:initContainers|containers)\[[^\]]*\]/;
const FIELD = /^[^.[]+\.[^.[]+/;

/** Parts by what they belong to, in the order of the pod. */
export function groupParts(parts: readonly InjectedPart[]): readonly PartGroup[] {
  const groups = new Map<string, InjectedPart[]>();
  for (const part of parts) {
    const place = (CONTAINER.exec(part.path) ?? FIELD.exec(part.path))?.[0] ?? part.path;
    const known = groups.get(place);
    if (known === undefined) groups.set(place, [part]);
    else known.push(part);
  }
  return [...groups].map(([place, members]) => ({ place, parts: members }));
}

/** What stands behind the place of its group. */
export function restOf(path: string, place: string): string {
  const rest = path.slice(place.length).replace(/^\./, '');
  return rest === '' ? path : rest;
}
