import { ApiError } from './api-error';

/** One media type that a client accepts. */
export interface MediaRange {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The media types of an Accept header, best first; anything at all when it names none. */
export function parseAccept(header: string | undefined): readonly MediaRange[] {
  const ranges = (header ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const [type = '', ...rest] = text.split(';').map((part) => part.trim());
      const parameters = Object.fromEntries(rest.map((part) => part.split('=', 2)));
      return { type, parameters, quality: Number(parameters.q ?? 1) };
    })
    .sort((left, right) => right.quality - left.quality);
  return ranges.length === 0 ? [{ type: '*/*', parameters: {} }] : ranges;
}

export function isYaml({ type }: MediaRange): boolean {
  return type === 'application/yaml';
}

export function isJson({ type }: MediaRange): boolean {
  return ['application/json', 'application/*', '*/*'].includes(type);
}

/** Whether an answer goes out as YAML: the first type that the server knows is that. */
export function prefersYaml(header: string | undefined): boolean {
  const first = parseAccept(header).find((range) => isYaml(range) || isJson(range));
  return first !== undefined && isYaml(first);
}

const TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const STREAMS = ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];

/** 406 from the router: nothing that the path gives is wanted. */
export function notRepresented(hasStreams: boolean): ApiError {
  const all = hasStreams ? [...TYPES, ...STREAMS] : TYPES;
  return new ApiError('NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${all.join(', ')}`, {});
}

/** 406 from the handler: the type is right, what it is asked to hold is not. */
export function notAccepted(types: readonly string[] = TYPES): ApiError {
  return new ApiError('NotAcceptable', `only the following media types are accepted: ${types.join(', ')}`);
}

export function streamNotAccepted(): ApiError {
  return notAccepted(STREAMS);
}
