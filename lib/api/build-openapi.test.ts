import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildOpenApi } from './build-openapi';
import { ENDPOINTS } from './endpoints.data';

const ROUTES = join(process.cwd(), 'app/api/v1');

/** `/namespaces/[namespace]/route.ts` as the document spells it. */
const routePaths = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('route.ts'))
  .map((name) => `/${name.replace(/\/?route\.ts$/, '').replace(/\[(\w+)\]/g, '{$1}')}`)
  .filter((path) => path !== '/openapi.json');

describe('buildOpenApi', () => {
  it('describes every route and nothing else', () => {
    expect([...new Set(ENDPOINTS.map(({ path }) => path))].sort()).toEqual(routePaths.sort());
  });

  it.each(ENDPOINTS.map(({ method, path }) => [method, path]))('%s %s has a route file', (_method, path) => {
    expect(existsSync(join(ROUTES, path.replace(/\{(\w+)\}/g, '[$1]'), 'route.ts'))).toBe(true);
  });

  it('gives schemas for parameters, bodies and answers', () => {
    expect(buildOpenApi('1')).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/api/v1/namespaces': {
          get: { parameters: expect.arrayContaining([expect.objectContaining({ name: 'sort' })]) },
        },
        '/api/v1/namespaces/{namespace}/injection': {
          post: {
            requestBody: { content: { 'application/json': { schema: { required: ['action', 'resourceVersion'] } } } },
          },
        },
      },
    });
  });

  it('has an operation id for each operation, none twice', () => {
    const text = JSON.stringify(buildOpenApi('1'));
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(ENDPOINTS.length);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
