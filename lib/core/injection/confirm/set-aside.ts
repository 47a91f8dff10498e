import {
  isEqualJson,
  isObject,
  type JsonObject,
  type JsonValue,
  objectAt,
  textAt,
} from '@/lib/core/injection/engine/json-types';
import type { Phrase } from '@/lib/core/phrase';
import { LIMIT_RANGER_ANNOTATION, OVERRIDES_ANNOTATION } from '@/lib/core/pod/pod-names.data';
import { parseLimitRanges } from '@/lib/core/pod/strip-limit-range';
import { API_SERVER_RULES, type ApiServerRule, TOKEN_MOUNT, TOKEN_VOLUME } from './api-server-rules.data';
import { tellConfirm } from './confirm-phrases.data';
import { type Difference, listDifferences } from './list-differences';

/**
 * Says why a place differs although nobody but the API server wrote there; undefined where it is a difference.
 *
 * Input: a difference with the engine's pod on its left, and both pods.
 */
export function explainAddition(found: Difference, made: JsonObject, came: JsonObject): Phrase | undefined {
  if (isOverrides(found, came)) return tellConfirm('aside.overrides');
  if (found.left !== undefined || found.kind === 'order') return undefined;
  if (TOKEN_VOLUME.test(found.path) || TOKEN_MOUNT.test(found.path)) return tellConfirm('aside.token');
  if (isFromLimitRange(found, came)) return tellConfirm('aside.limit-range');
  const pattern = found.pattern.replace(/^spec\.initContainers\b/, 'spec.containers');
  const rule = API_SERVER_RULES.find((each) => each.pattern.test(pattern) && isWritten(each, found, made));
  return rule === undefined ? undefined : tellConfirm(rule.because);
}

function isWritten(rule: ApiServerRule, { path, right, within }: Difference, made: JsonObject): boolean {
  const item = within.at(-1) ?? {};
  if (rule.like === 'limit') return isEqualJson(objectAt(objectAt(item, 'resources'), 'limits')[lastKey(path)], right);
  if (rule.like === 'container-port') {
    return objectAt(made, 'spec').hostNetwork === true && item.containerPort === right;
  }
  return rule.values === undefined || rule.values.some((value) => isEqualJson(value, right));
}

/**
 * The injector notes the containers that it merges with its own as it was sent them: the API server had filled them in
 * and mounted the token by then.
 */
function isOverrides({ path, left, right }: Difference, came: JsonObject): boolean {
  if (path !== `metadata.annotations[${OVERRIDES_ANNOTATION}]`) return false;
  const [one, two] = [readOverrides(left), readOverrides(right)];
  if (one === undefined || two === undefined) return false;
  return listDifferences(one, two).every((found) => explainAddition(found, one, came) !== undefined);
}

function readOverrides(text: JsonValue | undefined): JsonObject | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const spec: JsonValue = JSON.parse(text);
    return isObject(spec) ? { spec } : undefined;
  } catch {
    return undefined;
  }
}

function lastKey(path: string): string {
  return /\[([^\]]*)\]$/.exec(path)?.[1] ?? '';
}

/** The LimitRanger plug-in notes in an annotation what it filled in. */
function isFromLimitRange({ path, within }: Difference, came: JsonObject): boolean {
  const note: JsonValue | undefined = objectAt(objectAt(came, 'metadata'), 'annotations')[LIMIT_RANGER_ANNOTATION];
  if (typeof note !== 'string') return false;
  if (path === `metadata.annotations[${LIMIT_RANGER_ANNOTATION}]`) return true;
  const [, kind, resource] = /\.resources\.(requests|limits)\[([^\]]*)\]$/.exec(path) ?? [];
  const container = within.find((item) => isObject(item) && textAt(item, 'name') !== '');
  return parseLimitRanges(note).some(
    (entry) =>
      entry.kind === kind && entry.container === textAt(container, 'name') && entry.resources.includes(resource ?? ''),
  );
}
