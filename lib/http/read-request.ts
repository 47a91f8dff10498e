import 'server-only';
import type { ZodType } from 'zod';
import { BadRequest } from './bad-request';

const MOST_BODY_BYTES = 64 * 1024;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** A namespace's name from a path; 400 when it cannot be one. */
export function requireNamespaceName(text: string): string {
  if (DNS_LABEL.test(text)) return text;
  throw new BadRequest(`"${text}" is not a namespace name: lower-case letters, digits and "-", at most 63.`);
}

/** An object's name from a path; 400 when it cannot be one. */
export function requireObjectName(text: string): string {
  if (DNS_SUBDOMAIN.test(text)) return text;
  throw new BadRequest(`"${text}" is not an object name: lower-case letters, digits, "-" and ".".`);
}

/** A kind from a path, as the API spells it (`Deployment`); 400 when it cannot be one. */
export function requireKind(text: string): string {
  if (/^[A-Z][A-Za-z]{0,62}$/.test(text)) return text;
  throw new BadRequest(`"${text}" is not a kind, such as Deployment.`);
}

/** Query parameters checked against a schema; 400 names the parameter. */
export function parseQuery<T>(request: Request, schema: ZodType<T>): T {
  const parameters = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadRequest(`Parameter "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'not valid'}`);
}

/** The body as text, read no further than the limit: its announced length may be wrong or missing. */
async function readText(request: Request, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > mostBytes) {
      await reader?.cancel();
      throw new BadRequest(`The body is larger than ${mostBytes / 1024} KiB.`, 'too-large', 413);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** A JSON body checked against a schema; 400 names the field, 413 a body that is larger, by default than 64 KiB. */
export async function parseBody<T>(request: Request, schema: ZodType<T>, mostBytes = MOST_BODY_BYTES): Promise<T> {
  const text = await readText(request, mostBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadRequest('The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadRequest(`Field "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'not valid'}`);
}
