import { readdirSync } from 'node:fs';
import { join } from 'node:path';

type Handler = (
  request: Request,
  context: { readonly params: Promise<Readonly<Record<string, string>>> },
) => Response | Promise<Response>;

interface RouteModule {
  readonly GET?: Handler;
  readonly POST?: Handler;
}

interface FoundRoute {
  readonly handlers: RouteModule;
  readonly params: Readonly<Record<string, string>>;
}

const APP = join(process.cwd(), 'app');

/** Files of all route handlers, as paths below `app` without the file name: `api/v1/namespaces/[namespace]`. */
export const ROUTES: readonly string[] = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/route.ts'))
  .map((path) => path.slice(0, -'/route.ts'.length));

function match(route: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = route.split('/');
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\[(\w+)\]$/.exec(part)?.[1];
    if (name !== undefined) params[name] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

/** The handlers of a path, found as Next finds them: by folder, names in brackets being parameters. */
export async function findRoute(pathname: string): Promise<FoundRoute> {
  const segments = pathname.split('/').slice(1);
  for (const route of ROUTES) {
    const params = match(route, segments);
    if (params === undefined) continue;
    const handlers: RouteModule = await import(join(APP, route, 'route.ts'));
    return { handlers, params };
  }
  throw new Error(`no route handler for ${pathname}`);
}
