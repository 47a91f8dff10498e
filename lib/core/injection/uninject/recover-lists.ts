import { isObject, type JsonObject, objectsAt, textAt } from '@/lib/core/injection/engine/json-types';
import type { InjectionMarks } from './read-marks';
import { mountsOf } from './recover-own-containers';
import { SHIPPED_TEMPLATES, VOLUME_SOURCES } from './template-traces.data';
import { type Recovered, toPart, type UninjectedPart } from './uninjected-pod';

const nameOf = (item: JsonObject) => textAt(item, 'name');

interface Judged {
  readonly item?: JsonObject;
  readonly part: UninjectedPart;
}

/**
 * Takes off the volumes that templates brought.
 *
 * Input: the author's containers, whose mounts tell of a volume that both had.
 * Output: a volume of the author's under a template's name comes back with the source that it has now, which may not be its own.
 * Source: Kubernetes, strategicpatch: what a patch brings stands before what was there, unless it was there too.
 */
export function recoverVolumes(
  spec: JsonObject,
  containers: readonly JsonObject[],
  marks: InjectionMarks,
): Recovered<readonly JsonObject[]> {
  const volumes = objectsAt(spec, 'volumes');
  const mounted = new Set(containers.flatMap(mountsOf));
  const isLate = findLate(volumes, marks.volumes);
  const judged = judgeItems(volumes, marks.volumes, (volume, index) => {
    const name = nameOf(volume);
    const path = `spec.volumes[${name}]`;
    const values = { name };
    if (marks.sent !== undefined && !marks.sent.has('spec', 'volumes', { name })) {
      return { part: toPart({ path, fate: 'taken-off', certainty: 'recorded', code: 'template-volume', values }) };
    }
    const foreign = foreignSource(volume, marks);
    if (foreign !== undefined) {
      const part = { path, fate: 'restored', certainty: 'unknown', code: 'own-volume', values } as const;
      return { item: foreign, part: toPart({ ...part, alternatives: [volume] }) };
    }
    const isOwn = marks.sent !== undefined || mounted.has(name) || isLate(index);
    const part = { path, certainty: 'unknown', code: 'shared-volume', values } as const;
    if (isOwn) return { item: volume, part: toPart({ ...part, fate: 'kept' }) };
    const certainty = marks.isDeduced ? 'implied' : 'recorded';
    return { part: toPart({ path, fate: 'taken-off', certainty, code: 'template-volume', values }) };
  });
  return withOrder('volumes', judged);
}

/** Items that a template names too are put where the template has them. */
function withOrder(list: string, judged: Recovered<readonly JsonObject[]>): Recovered<readonly JsonObject[]> {
  const moved = judged.parts.filter(({ fate }) => fate !== 'taken-off').map(({ path }) => path);
  if (moved.length === 0 || judged.value.length < 2) return judged;
  const values = { names: moved.map((path) => /\[(.*)\]$/.exec(path)?.[1] ?? '').join(', ') };
  const part = {
    path: `spec.${list}#order`,
    fate: 'kept',
    certainty: 'unknown',
    code: 'own-item-order',
    values,
  } as const;
  return { ...judged, parts: [...judged.parts, toPart(part)] };
}

/** What a volume has beside the source that a shipped template gives it: that the author had, and perhaps more. */
function foreignSource(volume: JsonObject, { templates }: InjectionMarks): JsonObject | undefined {
  const usual = VOLUME_SOURCES.get(nameOf(volume));
  if (usual === undefined || templates.some((each) => !SHIPPED_TEMPLATES.has(each))) return undefined;
  const foreign = Object.entries(volume).filter(([key]) => key !== 'name' && !usual.includes(key));
  return foreign.length === 0 ? undefined : { name: nameOf(volume), ...Object.fromEntries(foreign) };
}

/** Takes off the pull secrets that templates brought; one that the author named as well shows by its place. */
export function recoverSecrets(spec: JsonObject, marks: InjectionMarks): Recovered<readonly JsonObject[]> {
  const secrets = objectsAt(spec, 'imagePullSecrets');
  if (marks.hasOpenSecrets) return { value: secrets, parts: secrets.flatMap((secret) => doubtSecret(secret, marks)) };
  const isLate = findLate(secrets, marks.imagePullSecrets);
  return judgeItems(secrets, marks.imagePullSecrets, (secret, index) => {
    const name = nameOf(secret);
    const path = `spec.imagePullSecrets[${name}]`;
    const values = { name };
    const isOwn = marks.sent?.has('spec', 'imagePullSecrets', { name }) ?? isLate(index);
    if (isOwn) {
      return {
        item: secret,
        part: toPart({ path, fate: 'restored', certainty: 'recorded', code: 'own-secret', values }),
      };
    }
    return { part: toPart({ path, fate: 'taken-off', certainty: 'recorded', code: 'template-secret', values }) };
  });
}

/** Without the status annotation a template's pull secret looks like one of the author's. */
function doubtSecret(secret: JsonObject, { sent }: InjectionMarks): readonly UninjectedPart[] {
  const name = nameOf(secret);
  if (sent?.has('spec', 'imagePullSecrets', { name }) === true) return [];
  const part = { fate: 'kept', certainty: 'unknown', code: 'secret-not-listed', alternatives: [null] } as const;
  return [toPart({ ...part, path: `spec.imagePullSecrets[${name}]`, values: { name } })];
}

function judgeItems(
  items: readonly JsonObject[],
  names: ReadonlySet<string>,
  judge: (item: JsonObject, index: number) => Judged,
): Recovered<readonly JsonObject[]> {
  const judged = items.map((item, index) => (names.has(nameOf(item)) ? judge(item, index) : { item }));
  return {
    value: judged.flatMap(({ item }): readonly JsonObject[] => (item === undefined ? [] : [item])),
    parts: judged.flatMap((each) => ('part' in each ? [each.part] : [])),
  };
}

/** Right behind an item that no template names, an item that one names was there before. */
function findLate(items: readonly JsonObject[], names: ReadonlySet<string>): (index: number) => boolean {
  return (index) => {
    const before = items[index - 1];
    return isObject(before) && !names.has(nameOf(before));
  };
}
