import { type ZodType, z } from 'zod';
import { errorAnswerSchema } from './answer-parts';
import { ENDPOINTS, type Endpoint } from './endpoints.data';

type JsonSchema = Readonly<Record<string, unknown>>;

const toJsonSchema = (schema: ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The OpenAPI 3.1 document of the HTTP API, made from the schemas that the routes check with. */
export function buildOpenApi(version: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of ENDPOINTS) {
    const path = `/api/v1${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method]: toOperation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Sidelight', version, description: 'What sidecar injection does to a cluster, and why.' },
    paths,
    components: { schemas: { Error: toJsonSchema(errorAnswerSchema, 'output') } },
  };
}

function toOperation({ method, path, summary, query, body, answer }: Endpoint) {
  const content =
    answer === undefined
      ? { 'text/event-stream': { schema: { type: 'string' } } }
      : { 'application/json': { schema: toJsonSchema(answer, 'output') } };
  const failure = { $ref: '#/components/schemas/Error' };
  return {
    summary,
    operationId: `${method}${path.replace(/[{}]/g, '').replace(/[/-]([a-z])/g, (_match, letter: string) => letter.toUpperCase())}`,
    parameters: [...pathParameters(path), ...(query === undefined ? [] : queryParameters(query))],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: toJsonSchema(body, 'input') } } } }),
    responses: {
      200: { description: 'Done', content },
      default: { description: 'Why not', content: { 'application/json': { schema: failure } } },
    },
  };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: ZodType) {
  const { properties, required } = toJsonSchema(query, 'input');
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(isObject(properties) ? properties : {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: needed.includes(name),
    schema,
  }));
}
