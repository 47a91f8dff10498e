import type { PacketRequestBody } from '@/lib/api/capture';

/** What stands in the fields of the tracer, as typed. */
export interface PacketFields {
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp';
  readonly destination: string;
  readonly destinationPort: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly uid: string;
  readonly gid: string;
  readonly inInterface: string;
  readonly outInterface: string;
  readonly mark: string;
  readonly state: '' | 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID';
}

export type FieldName = keyof PacketFields;
/** A key of the catalog's tracer part. */
export type FieldProblem = 'wrongPort' | 'wrongNumber' | 'noDestination';

export function toFields(request: PacketRequestBody): PacketFields {
  const text = (value: string | number | undefined) => (value === undefined ? '' : String(value));
  return {
    direction: request.direction,
    protocol: request.protocol,
    destination: text(request.destination),
    destinationPort: text(request.destinationPort),
    source: text(request.source),
    sourcePort: text(request.sourcePort),
    uid: text(request.uid),
    gid: text(request.gid),
    inInterface: text(request.inInterface),
    outInterface: text(request.outInterface),
    mark: text(request.mark),
    state: request.state ?? '',
  };
}

interface ReadFields {
  /** Absent while a field is wrong. */
  readonly request?: PacketRequestBody;
  readonly problems: Readonly<Partial<Record<FieldName, FieldProblem>>>;
}

const LAST_PORT = 65_535;
const LAST_ID = 4_294_967_295;

/** Reads the fields; marks may be written as `0x539`, empty ones are left to the usual values. */
export function readFields(fields: PacketFields): ReadFields {
  const problems: Partial<Record<FieldName, FieldProblem>> = {};
  const number = (name: FieldName, from: number, to: number, problem: FieldProblem) => {
    const text = fields[name].trim();
    if (text === '') return undefined;
    const value = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    problems[name] = problem;
    return undefined;
  };
  const isOut = fields.direction === 'out';
  const destination = fields.destination.trim();
  if (isOut && destination === '') problems.destination = 'noDestination';
  const destinationPort = number('destinationPort', 1, LAST_PORT, 'wrongPort');
  if (destinationPort === undefined) problems.destinationPort = 'wrongPort';
  const optional = {
    destination: destination || undefined,
    source: fields.source.trim() || undefined,
    sourcePort: number('sourcePort', 1, LAST_PORT, 'wrongPort'),
    uid: isOut ? number('uid', 0, LAST_ID, 'wrongNumber') : undefined,
    gid: isOut ? number('gid', 0, LAST_ID, 'wrongNumber') : undefined,
    inInterface: isOut ? undefined : fields.inInterface.trim() || undefined,
    outInterface: isOut ? fields.outInterface.trim() || undefined : undefined,
    mark: number('mark', 0, LAST_ID, 'wrongNumber'),
    state: fields.state || undefined,
  };
  if (destinationPort === undefined || Object.keys(problems).length > 0) return { problems };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    request: { direction: fields.direction, protocol: fields.protocol, destinationPort, ...given },
    problems,
  };
}
