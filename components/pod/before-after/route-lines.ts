import type { AnatomyState } from '@/lib/api/pod-diff';
import { containerKey, GATE_KEY, plugKey, volumeKey } from './light-parts';

/** Where an element stands inside the picture, in pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface AnatomyLine {
  readonly id: string;
  /** Path data; it ends at the arrow's tip. */
  readonly path: string;
  readonly tip: { readonly x: number; readonly y: number; readonly points: 'right' | 'left' | 'down' | 'none' };
  /** Keys of the parts it joins: it lights up when all of them do. */
  readonly joins: readonly string[];
  readonly kind: 'captured' | 'direct' | 'mount';
  /** Drawn only while lit; all the others are always there. */
  readonly isQuiet: boolean;
  /** A port number that stands beside the tip. */
  readonly label?: string;
}

const LANE = 12;
const INSET = 14;
const clamp = (value: number, { top, bottom }: Place) => Math.min(Math.max(value, top + INSET), bottom - INSET);
const middle = ({ left, right }: Place) => Math.round((left + right) / 2);

/** The ways through a pod: plug, gate, proxy, application; and from each drawer to who mounts it. Parts without a place are left out. */
export function routeLines(state: AnatomyState, places: ReadonlyMap<string, Place>): readonly AnatomyLine[] {
  const at = (key: string) => places.get(key);
  return [...routeCaptured(state, at), ...routeDirect(state, at), ...routeMounts(state, at)];
}

type At = (key: string) => Place | undefined;

/** All captured ports share one way from the gate to the proxy, and come back to the application behind each of them. */
function routeCaptured({ plugs, running }: AnatomyState, at: At): readonly AnatomyLine[] {
  const captured = plugs.filter(({ viaPort }) => viaPort !== undefined);
  const proxy = running.find(({ role }) => role === 'proxy');
  const gate = at(GATE_KEY);
  const target = proxy && at(containerKey(proxy.id));
  if (proxy === undefined || gate === undefined || target === undefined || captured.length === 0) return [];
  const proxyKey = containerKey(proxy.id);
  const common = { kind: 'captured', isQuiet: false } as const;
  const toGate = captured.flatMap(({ id }): readonly AnatomyLine[] => {
    const plug = at(plugKey(id));
    if (plug === undefined) return [];
    const y = (plug.top + plug.bottom) / 2;
    const tip = { x: gate.left, y, points: 'right' } as const;
    return [{ ...common, id: `in/${id}`, path: `M${plug.right} ${y}H${tip.x}`, tip, joins: [plugKey(id), GATE_KEY] }];
  });
  const lane = target.top - LANE;
  const down = { x: middle(target), y: target.top, points: 'down' } as const;
  const trunk: AnatomyLine = {
    ...common,
    id: 'trunk',
    path: `M${gate.right} ${lane}H${down.x}V${down.y}`,
    tip: down,
    joins: [GATE_KEY, proxyKey],
    label: String(captured[0]?.viaPort ?? ''),
  };
  const owners = [...new Set(captured.map(({ container }) => container))];
  const back = owners.flatMap((owner): readonly AnatomyLine[] => {
    const box = at(containerKey(owner));
    if (box === undefined || owner === proxy.id) return [];
    const y = (box.top + box.bottom) / 2;
    const from = clamp(y, target);
    const bus = Math.round((box.right + target.left) / 2);
    const tip = { x: box.right, y, points: 'left' } as const;
    return [
      {
        ...common,
        id: `back/${owner}`,
        path: `M${target.left} ${from}H${bus}V${y}H${tip.x}`,
        tip,
        joins: [GATE_KEY, proxyKey, containerKey(owner)],
      },
    ];
  });
  return [...toGate, trunk, ...back];
}

/** Ports that no rule diverts. The proxy's own, behind an application, show on demand: their lines would cross its box. */
function routeDirect({ plugs, running }: AnatomyState, at: At): readonly AnatomyLine[] {
  const hasApplications = running.some(({ role }) => role !== 'proxy');
  return plugs
    .filter(({ viaPort }) => viaPort === undefined)
    .flatMap(({ id, container }): readonly AnatomyLine[] => {
      const [plug, box] = [at(plugKey(id)), at(containerKey(container))];
      if (plug === undefined || box === undefined) return [];
      const isProxy = running.some((each) => each.id === container && each.role === 'proxy');
      const y = (plug.top + plug.bottom) / 2;
      const to = clamp(y, box);
      const bend = box.left - LANE;
      const path = to === y ? `M${plug.right} ${y}H${box.left}` : `M${plug.right} ${y}H${bend}V${to}H${box.left}`;
      const tip = { x: box.left, y: to, points: 'right' } as const;
      const joins = [plugKey(id), containerKey(container)];
      return [{ id: `direct/${id}`, path, tip, joins, kind: 'direct', isQuiet: isProxy && hasApplications }];
    });
}

function routeMounts({ volumes }: AnatomyState, at: At): readonly AnatomyLine[] {
  return volumes.flatMap(({ name, mountedBy }) =>
    [...new Set(mountedBy.map(({ container }) => container))].flatMap((container): readonly AnatomyLine[] => {
      const [drawer, box] = [at(volumeKey(name)), at(containerKey(container))];
      if (drawer === undefined || box === undefined) return [];
      const [from, to] = [middle(drawer), middle(box)];
      const lane = box.bottom + LANE;
      const path = `M${from} ${drawer.top}V${lane}H${to}V${box.bottom}`;
      const tip = { x: to, y: box.bottom, points: 'none' } as const;
      const joins = [volumeKey(name), containerKey(container)];
      return [{ id: `mount/${name}/${container}`, path, tip, joins, kind: 'mount', isQuiet: true }];
    }),
  );
}
