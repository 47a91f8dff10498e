import { flattenPod, type PodParts } from '@/lib/core/injection/engine/flatten-pod';
import {
  isEqualJson,
  isList,
  isObject,
  type JsonObject,
  type JsonValue,
  objectAt,
  textsOf,
} from '@/lib/core/injection/engine/json-types';
import { dropDefaults } from '@/lib/core/injection/uninject/drop-defaults';
import { STATUS_PATH } from '@/lib/core/injection/uninject/uninject-pod';
import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { LIMIT_RANGER_ANNOTATION, OVERRIDES_ANNOTATION, TOKEN_MOUNT_PATH } from '@/lib/core/pod/pod-names.data';
import type { FieldDifference } from './rendering-check';

const NAMED_PART = /^spec\.(containers|initContainers|volumes|imagePullSecrets)\[(.*?)\](?=[.[]|$)/;
/** What injection notes down of the pod that it was sent, admission's additions included. */
const BOOKKEEPING: ReadonlySet<string> = new Set([STATUS_PATH, `metadata.annotations[${OVERRIDES_ANNOTATION}]`]);
const LONGEST_TEXT = 240;

interface Compared {
  /** The pod as it was sent to be created. */
  readonly sent: JsonObject;
  /** What the injector makes of it now. */
  readonly rendered: JsonObject;
  readonly running: JsonObject;
}

/**
 * Lists where a running pod differs from what the injector would make of it now.
 *
 * Output: only fields that injection writes, in the order of the pod; what admission, the scheduler and controllers add is no difference.
 */
export function compareRendered({ sent, rendered, running }: Compared): readonly FieldDifference[] {
  const [before, wanted, found] = [sent, rendered, running].map((pod) => flattenPod(dropDefaults(pod)));
  if (before === undefined || wanted === undefined || found === undefined) return [];
  const injected = namesOf(rendered, running);
  const hasLimitRange = textsOf(objectAt(running, 'metadata').annotations)[LIMIT_RANGER_ANNOTATION] !== undefined;
  const paths = [...new Set([...wanted.keys(), ...found.keys()])];
  return paths.flatMap((path): FieldDifference[] => {
    const [is, should] = [found.get(path), wanted.get(path)];
    if (BOOKKEEPING.has(path) || isEqualJson(is, should) || !isInjections(path, before, wanted, injected)) return [];
    if (should === undefined && (isAdmissions(path, hasLimitRange) || isOfLimit(path, is, found))) return [];
    return [{ path: path.replace(/^spec\./, ''), ...sideOf('running', is), ...sideOf('wanted', should) }];
  });
}

/** Whether injection has a hand in a part: in a container or volume of its own, or where it changes what was sent. */
function isInjections(path: string, before: PodParts, wanted: PodParts, injected: ReadonlySet<string>): boolean {
  const [part] = NAMED_PART.exec(path) ?? [];
  if (part !== undefined && injected.has(part)) return true;
  return !isEqualJson(before.get(path), wanted.get(path));
}

/** A request that nobody made is as high as the limit. Source: Kubernetes, pkg/apis/core/v1/defaults.go, SetDefaults_Pod. */
function isOfLimit(path: string, request: JsonValue | undefined, found: PodParts): boolean {
  return path.includes('.requests[') && isEqualJson(request, found.get(path.replace('.requests[', '.limits[')));
}

function isAdmissions(path: string, hasLimitRange: boolean): boolean {
  return path.endsWith(`.volumeMounts[${TOKEN_MOUNT_PATH}]`) || (hasLimitRange && path.includes('.resources.'));
}

/** The parts that one of the two status annotations names. */
function namesOf(...pods: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(
    pods.flatMap((pod) => {
      const status = parseJson(textsOf(objectAt(pod, 'metadata').annotations)[STATUS_ANNOTATION]);
      return ['containers', 'initContainers', 'volumes', 'imagePullSecrets'].flatMap((list) => {
        const names = isObject(status) ? status[list] : undefined;
        return isList(names) ? names.map((name) => `spec.${list}[${String(name)}]`) : [];
      });
    }),
  );
}

function parseJson(text: string | undefined): JsonValue | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sideOf(side: 'running' | 'wanted', value: JsonValue | undefined) {
  if (value === undefined) return {};
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { [side]: text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text };
}
