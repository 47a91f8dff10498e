import type { AnatomyState } from '@/lib/api/pod-diff';

/** The parts of the picture by key; the same keys stand on the elements as `data-part`. */
export const containerKey = (id: string) => `container:${id}`;
export const volumeKey = (name: string) => `volume:${name}`;
export const plugKey = (id: string) => `plug:${id}`;
export const GATE_KEY = 'gate';

/** Everything that belongs to the part which has the pointer or the focus, itself included; empty when nothing has. */
export function lightParts({ plugs, volumes, running }: AnatomyState, key: string | null): ReadonlySet<string> {
  if (key === null) return new Set();
  const proxies = running.filter(({ role }) => role === 'proxy').map(({ id }) => containerKey(id));
  const lit = new Set([key]);
  const add = (...keys: readonly string[]) => {
    for (const each of keys) lit.add(each);
  };
  for (const volume of volumes) {
    const mounters = volume.mountedBy.map(({ container }) => containerKey(container));
    if (key === volumeKey(volume.name)) add(...mounters);
    if (mounters.includes(key)) add(volumeKey(volume.name));
  }
  for (const plug of plugs) {
    const owner = containerKey(plug.container);
    const isCaptured = plug.viaPort !== undefined;
    const isAsked =
      key === plugKey(plug.id) || key === owner || (isCaptured && (key === GATE_KEY || proxies.includes(key)));
    if (!isAsked) continue;
    add(plugKey(plug.id), owner);
    if (isCaptured) add(GATE_KEY, ...proxies);
  }
  return lit;
}
