import { postJson } from '@/components/shared/api-client';
import { type ApiError, toApiError } from '@/components/shared/api-error';
import { type InjectionActionName, type InjectionResult, injectionResultSchema } from '@/lib/api/injection';
import { type WorkloadSwitchResult, workloadSwitchResultSchema } from '@/lib/api/workload-switch';
import { INJECT_KEY } from '@/lib/core/kube/names';
import { injectionPath, workloadInjectionPath } from './injection-paths';
import { readCurrentLabels } from './read-current-labels';

/** A namespace or a workload as an action left it, with what gives back what stood there before. */
export interface UndoablePart {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `key=value` pairs that the action left; empty where it left none. */
  readonly after: string;
  readonly resourceVersion: string;
  /** Of a workload's template: its status may move on, an edit shows here. */
  readonly fingerprint?: string;
  /** Absent where no action writes what stood there before. */
  readonly undo?: { readonly action: InjectionActionName; readonly revision?: string };
}

export type UndoOutcome =
  | { readonly kind: 'undone'; readonly now: string }
  /** Somebody else changed the object since; `now` is what stands there. */
  | { readonly kind: 'changed'; readonly now: string }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'impossible' };

/** A namespace may move on between two tries for reasons that are not ours; three times in a row somebody means it. */
const MOST_TRIES = 3;

const pairs = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

const switchText = (value: string | null): string => (value === null ? '' : `${INJECT_KEY}=${value}`);

export function partOfNamespace({ namespace, after, resourceVersion, undo }: InjectionResult): UndoablePart {
  return {
    kind: 'Namespace',
    namespace,
    name: namespace,
    after: pairs(after),
    resourceVersion,
    ...(undo === undefined ? {} : { undo }),
  };
}

export function partOfWorkload(result: WorkloadSwitchResult): UndoablePart {
  const { kind, namespace, name, after, resourceVersion, fingerprint, undo } = result;
  const switched = { kind, namespace, name, after: switchText(after), resourceVersion, fingerprint };
  return { ...switched, ...(undo === undefined ? {} : { undo }) };
}

interface Standing {
  readonly resourceVersion: string;
  readonly now: string;
  /** Nobody touched what the action wrote. */
  readonly isOurs: boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What a conflict says of the object as it stands. */
function readStanding(part: UndoablePart, error: ApiError): Standing | undefined {
  const current = isObject(error.details) ? error.details.current : undefined;
  if (!isObject(current) || typeof current.resourceVersion !== 'string') return undefined;
  const { resourceVersion, fingerprint, label } = current;
  if (part.fingerprint !== undefined) {
    const now = switchText(typeof label === 'string' ? label : null);
    return { resourceVersion, now, isOurs: fingerprint === part.fingerprint };
  }
  const now = pairs(readCurrentLabels(error));
  return { resourceVersion, now, isOurs: now === part.after };
}

async function write(part: UndoablePart, undo: NonNullable<UndoablePart['undo']>, resourceVersion: string) {
  const body = { ...undo, resourceVersion };
  if (part.fingerprint === undefined) {
    return pairs(injectionResultSchema.parse(await postJson(injectionPath(part.namespace), body)).after);
  }
  const { fingerprint } = part;
  const answer = await postJson(workloadInjectionPath(part), { ...body, fingerprint });
  const { after } = workloadSwitchResultSchema.parse(answer);
  return switchText(after);
}

/**
 * Takes one part of an action back, as long as nothing else changed what it wrote: a new version of the object alone,
 * for its status or for labels that are not ours, is no reason to give up. Never throws.
 */
export async function undoPart(part: UndoablePart): Promise<UndoOutcome> {
  if (part.undo === undefined) return { kind: 'impossible' };
  let version = part.resourceVersion;
  for (let tries = 1; ; tries += 1) {
    try {
      return { kind: 'undone', now: await write(part, part.undo, version) };
    } catch (caught) {
      const error = toApiError(caught);
      const standing = error.code === 'conflict' ? readStanding(part, error) : undefined;
      if (standing === undefined || tries === MOST_TRIES) return { kind: 'failed', error };
      if (!standing.isOurs) return { kind: 'changed', now: standing.now };
      version = standing.resourceVersion;
    }
  }
}
