import type { KeyboardEvent } from 'react';

const STOP = '[data-map-stop]';

/**
 * Arrow keys for the map: up and down through rules and chains as they stand, right follows a jump, left goes back to
 * the first rule that leads here, Home and End go to both ends.
 */
export function moveThroughMap(event: KeyboardEvent<HTMLElement>, edges: readonly Edge[]): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOP)];
  const active = document.activeElement;
  const at = active instanceof HTMLElement ? stops.indexOf(active) : -1;
  if (at < 0) return;
  const next = nextStop(event.key, stops, at, edges);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
}

function nextStop(
  key: string,
  stops: readonly HTMLElement[],
  at: number,
  edges: readonly Edge[],
): HTMLElement | undefined {
  const idOf = (stop: HTMLElement | undefined) => stop?.dataset.mapStop ?? '';
  const find = (id: string | undefined) => stops.find((stop) => idOf(stop) === id);
  const here = idOf(stops[at]);
  switch (key) {
    case 'ArrowDown':
      return stops[at + 1];
    case 'ArrowUp':
      return stops[at - 1];
    case 'Home':
      return stops[0];
    case 'End':
      return stops.at(-1);
    case 'ArrowRight':
      return find(edges.find((edge) => edge.from === here)?.to);
    case 'ArrowLeft': {
      const chain = here.split('/').slice(0, 2).join('/');
      return find(edges.find((edge) => edge.to === here || edge.to === chain)?.from);
    }
    default:
      return undefined;
  }
}
