import { existsSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { decodeKube } from '@/lib/core/injection/engine/decode-struct';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import { type WorkloadKind, workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { GOLDENS, type GoldenVector, goldenReleases, openGoldens } from '@/tests/vectors/golden-injectors';
import { diffPods, isCoveredBy } from './diff-pods';
import { readMarks } from './read-marks';
import { toReinject } from './reinject';
import { uninjectPod } from './uninject-pod';
import { uninjectWithInjector, type VerifiedPod } from './uninject-with-injector';
import { podAt, podPlaces } from './uninject-workload';
import { listUnknowns } from './uninjected-pod';

/**
 * The fields that cannot be known, per case: what un-injection has to report, exactly.
 *
 * A case that is not listed reports none, unless it is one that the file has never heard of.
 */
interface UnknownFields {
  readonly known: readonly string[];
  readonly alone: readonly Group[];
  readonly configured: readonly Group[];
}

interface Group {
  readonly unknown: readonly string[];
  readonly cases: readonly string[];
}

const FILE = 'lib/core/injection/uninject/testdata/unknown-fields.json';
const fields: UnknownFields = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, 'utf8'))
  : { known: [], alone: [], configured: [] };
const known = new Set(fields.known);
const listOf = (groups: readonly Group[]) =>
  new Map(groups.flatMap(({ unknown, cases }) => cases.map((each) => [each, unknown] as const)));
const LISTS = { alone: listOf(fields.alone), configured: listOf(fields.configured) };

interface Subject {
  readonly kind: WorkloadKind;
  readonly input: JsonObject;
  readonly expected: JsonObject;
}

/** The objects of a golden that hold a pod, before and after, each through its type. */
function subjectsOf(vector: GoldenVector): readonly Subject[] {
  const objects = (text: string) =>
    loadAll(text)
      .filter((each) => each !== null && each !== undefined)
      .map((each) => JSON.parse(JSON.stringify(each)))
      .flatMap((each) => (each.kind === 'List' ? each.items : [each]));
  const inputs = objects(vector.input);
  const outputs = objects(vector.expected ?? '');
  return inputs.flatMap((input, index): readonly Subject[] => {
    const kind = workloadKind(vector.engine === 'webhook' ? 'Pod' : input.kind);
    return kind === undefined ? [] : [{ kind, input: typed(kind, input), expected: typed(kind, outputs[index]) }];
  });
}

function typed({ struct }: WorkloadKind, object: JsonObject): JsonObject {
  const decoded = decodeKube(struct, object, { isLoose: true });
  if (!decoded.ok) throw new Error(decoded.faults[0].text);
  return decoded.value;
}

/** Asserts the rule that holds for every case: a difference from what was sent is one that un-injection reports. */
function expectWritten(name: string, { kind, input }: Subject, got: VerifiedPod | ReturnType<typeof uninjectPod>) {
  const [place] = podPlaces(kind).slice(-1);
  if (place === undefined) throw new Error(`${kind.kind} has no pod`);
  const sent = podAt(input, place);
  const unknown = listUnknowns(got.parts).map(({ path }) => path);
  const open = (written: JsonObject) =>
    diffPods(written, got.pod).filter((path) => !unknown.some((part) => isCoveredBy(path, part)));
  // What was injected before it was sent is taken back to before that, where nothing in it tells of the first time.
  const isInjectedTwice = readMarks(sent) !== undefined && open(sent).length > 0;
  expect([name, open(isInjectedTwice ? uninjectPod(sent).pod : sent)]).toEqual([name, []]);
  return { unknown, isInjectedTwice };
}

const releases = goldenReleases();

describe.skipIf(releases.length === 0)(`goldens of ${GOLDENS}, backwards`, () => {
  describe.each(releases)('%s', (release) => {
    const { cases, read, injectorFor } = openGoldens(release);
    const subjects = cases.flatMap((name) => {
      const vector = read(name);
      if (vector.expected === undefined) return [];
      return subjectsOf(vector).map((subject, index) => ({ name: `${release}/${name}#${index}`, vector, subject }));
    });

    it.each(subjects)('$name from the pod alone', ({ name, subject }) => {
      const place = podPlaces(subject.kind).at(-1);
      if (place === undefined) throw new Error('no place');
      const { unknown } = expectWritten(name, subject, uninjectPod(podAt(subject.expected, place)));
      if (known.has(name)) expect(unknown).toEqual(LISTS.alone.get(name) ?? []);
    });

    it.each(subjects)('$name with its configuration', ({ name, vector, subject }) => {
      const { kind, expected } = subject;
      const place = podPlaces(kind).at(-1);
      if (place === undefined) throw new Error('no place');
      const { engine, requestNamespace = '', namespaceAnnotations = {} } = vector;
      const target = { kind, object: expected, place, engine, namespace: requestNamespace, namespaceAnnotations };
      const reinject = toReinject(injectorFor(vector), target);
      const result = uninjectWithInjector(podAt(expected, place), reinject);
      const { unknown } = expectWritten(name, subject, result);
      if (known.has(name)) expect(unknown).toEqual(LISTS.configured.get(name) ?? []);
      const wasInjected = readMarks(podAt(subject.input, place)) !== undefined;
      if (result.isInjected && !wasInjected) expect(result).toMatchObject({ verified: 'same', differences: [] });
    });
  });

  it('knows of every case that is listed', () => {
    for (const list of [LISTS.alone, LISTS.configured]) {
      expect([...list.keys()].filter((name) => !known.has(name))).toEqual([]);
    }
  });
});
