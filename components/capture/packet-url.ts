import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import type { PacketRequestBody } from '@/lib/api/capture';

/** A packet in the address, by the names of `sidelight trace`'s flags. */
const PARAMETERS = {
  direction: parseAsStringLiteral(['in', 'out']),
  proto: parseAsStringLiteral(['tcp', 'udp']),
  dst: parseAsString,
  dport: parseAsInteger,
  src: parseAsString,
  sport: parseAsInteger,
  uid: parseAsInteger,
  gid: parseAsInteger,
  inInterface: parseAsString,
  outInterface: parseAsString,
  mark: parseAsInteger,
  state: parseAsStringLiteral(['NEW', 'ESTABLISHED', 'RELATED', 'INVALID']),
};
const URL_KEYS = { inInterface: 'in-interface', outInterface: 'out-interface' } as const;

const NOTHING = {
  direction: null,
  proto: null,
  dst: null,
  dport: null,
  src: null,
  sport: null,
  uid: null,
  gid: null,
  inInterface: null,
  outInterface: null,
  mark: null,
  state: null,
} as const;

/** The packet that the address names, if any, and a way to name another one or none. */
export function usePacketUrl(): readonly [PacketRequestBody | null, (request: PacketRequestBody | null) => void] {
  const [state, setState] = useQueryStates(PARAMETERS, { urlKeys: URL_KEYS });
  const { direction, proto, dport } = state;
  const request =
    direction === null || dport === null
      ? null
      : {
          direction,
          protocol: proto ?? ('tcp' as const),
          destinationPort: dport,
          ...(state.dst !== null && { destination: state.dst }),
          ...(state.src !== null && { source: state.src }),
          ...(state.sport !== null && { sourcePort: state.sport }),
          ...(state.uid !== null && { uid: state.uid }),
          ...(state.gid !== null && { gid: state.gid }),
          ...(state.inInterface !== null && { inInterface: state.inInterface }),
          ...(state.outInterface !== null && { outInterface: state.outInterface }),
          ...(state.mark !== null && { mark: state.mark }),
          ...(state.state !== null && { state: state.state }),
        };
  const setRequest = useCallback(
    (next: PacketRequestBody | null) => void setState(next === null ? NOTHING : toParameters(next)),
    [setState],
  );
  return [request, setRequest];
}

function toParameters(request: PacketRequestBody) {
  const { direction, protocol, destination, destinationPort, source, sourcePort, ...rest } = request;
  const addresses = { dst: destination ?? null, src: source ?? null, sport: sourcePort ?? null };
  return { ...NOTHING, direction, proto: protocol, dport: destinationPort, ...addresses, ...rest };
}
