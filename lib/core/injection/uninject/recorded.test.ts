import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type JsonObject, objectAt, objectsAt, textAt, textsOf } from '@/lib/core/injection/engine/json-types';
import { workloadKind } from '@/lib/core/injection/engine/workload-kinds';
import { openInjector } from '@/lib/core/injection/open-injector';
import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import { compareWithOwner } from './compare-with-owner';
import { stripClusterParts } from './strip-cluster-parts';
import { uninjectWorkload } from './uninject-documents';
import { uninjectPod } from './uninject-pod';
import { listUnknowns } from './uninjected-pod';

const ROOT = join(resolve(process.env.SIDELIGHT_VECTORS ?? '../shared'), 'recorded');
const isThere = existsSync(ROOT);
const lists = new Map<string, readonly JsonObject[]>();
function list(path: string): readonly JsonObject[] {
  const known = lists.get(path);
  if (known !== undefined) return known;
  const items: readonly JsonObject[] = isThere ? JSON.parse(readFileSync(join(ROOT, path), 'utf8')).items : [];
  lists.set(path, items);
  return items;
}
const metadataOf = (object: JsonObject | undefined) => objectAt(object, 'metadata');
const nameOf = (object: JsonObject) =>
  `${textAt(metadataOf(object), 'namespace')}/${textAt(metadataOf(object), 'name')}`;

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const FILES: Readonly<Record<string, string>> = {
  ReplicaSet: 'replicasets',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  CronJob: 'cronjobs',
};

/** What kubectl itself wrote: when it restarted a workload, and the file that it applied. */
const AFTERWARDS: ReadonlySet<string> = new Set(
  ['kubectl.kubernetes.io/restartedAt', APPLIED].map((key) => `metadata.annotations[${key}]`),
);

/** The object that a person applied: the owner of the owners. */
function findApplied(object: JsonObject, folder: string): JsonObject | undefined {
  const owner = objectsAt(metadataOf(object), 'ownerReferences').find(({ controller }) => controller === true);
  if (owner === undefined) return object;
  const file = FILES[textAt(owner, 'kind')];
  if (file === undefined || !existsSync(join(ROOT, folder, `${file}.json`))) return undefined;
  const found = list(`${folder}/${file}.json`).find((each) => textAt(metadataOf(each), 'uid') === textAt(owner, 'uid'));
  return found && findApplied(found, folder);
}

/** The pod in the file that was applied, as kubectl kept it. */
function appliedTemplate(pod: JsonObject, folder: string) {
  const object = findApplied(pod, folder);
  const text = textsOf(metadataOf(object).annotations)[APPLIED];
  if (object === undefined || text === undefined) return undefined;
  const applied: JsonObject = JSON.parse(text);
  const kind = textAt(applied, 'kind');
  const spec = objectAt(kind === 'CronJob' ? objectAt(objectAt(applied, 'spec'), 'jobTemplate') : applied, 'spec');
  const template = kind === 'Pod' ? applied : objectAt(spec, 'template');
  return { kind, name: textAt(metadataOf(object), 'name'), template };
}

const pods = ['mission-after', 'full'].flatMap((folder) =>
  list(`${folder}/pods.json`).map((pod) => ({ folder, pod, name: nameOf(pod) })),
);
const injected = pods.filter(({ pod }) => textsOf(metadataOf(pod).annotations)[STATUS_ANNOTATION] !== undefined);

/** As kubectl prints a pod: without the API server's bookkeeping. */
function withoutFields(pod: JsonObject): JsonObject {
  const { managedFields: _fields, ...metadata } = metadataOf(pod);
  return { ...pod, metadata };
}

describe.skipIf(!isThere)('recorded pods, without their injection', () => {
  it.each([
    ['with the API server’s bookkeeping', (pod: JsonObject) => pod],
    ['as kubectl prints them', withoutFields],
  ])('are what was applied, field by field, %s', (_name, view) => {
    let compared = 0;
    const different = pods.flatMap(({ pod, folder, name }) => {
      const owner = appliedTemplate(pod, folder);
      if (owner === undefined) return [];
      compared += 1;
      const seen = view(pod);
      const { pod: bare, parts } = uninjectPod(seen);
      const metadata = metadataOf(seen);
      return compareWithOwner({ owner, pod: stripClusterParts(bare), metadata, parts, otherWebhooks: [] })
        .filter(({ path }) => !AFTERWARDS.has(path))
        .map(({ path, ofOwner, ofPod }) => [name, path, ofOwner, ofPod]);
    });
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(150);
  });

  const maps = list('full/configmaps-istio-system.json');
  const dataOf = (name: string) => textsOf(maps.find((map) => textAt(metadataOf(map), 'name') === name)?.data);
  const injectorOf = (revision: string) => {
    const suffix = revision === 'default' ? '' : `-${revision}`;
    const { config = '', values = '' } = dataOf(`istio-sidecar-injector${suffix}`);
    const { mesh = '' } = dataOf(`istio${suffix}`);
    const texts = { config, values, mesh, revision, version: '1.31-dev', nativeSidecars: true, istiodEnv: {} };
    const opened = openInjector({ ...texts, engine: 'webhook' });
    if (!opened.ok) throw new Error(opened.message);
    return opened.value;
  };
  const injectors = isThere ? new Map(['default', '1-10-2'].map((each) => [each, injectorOf(each)])) : new Map();

  it('come out the same when they are injected again by their own revision', () => {
    const kind = workloadKind('Pod');
    const failed = injected.flatMap(({ pod, name }) => {
      const status = JSON.parse(textsOf(metadataOf(pod).annotations)[STATUS_ANNOTATION] ?? '{}');
      const injector = injectors.get(status.revision);
      const done =
        kind === undefined || injector === undefined
          ? undefined
          : uninjectWorkload(kind, pod, [{ injector, engine: 'webhook' }]);
      const { verified, differences } = done?.result ?? {};
      return verified === 'same' ? [] : [[name, verified, differences]];
    });
    expect(failed).toEqual([]);
    expect(injected.length).toBeGreaterThan(50);
  });

  it('leave few things unknown: ports that may have been named, and what the injector replaced', () => {
    const counts: Record<string, number> = {};
    for (const { pod } of injected) {
      for (const { because } of listUnknowns(uninjectPod(pod).parts)) {
        counts[because.code] = (counts[because.code] ?? 0) + 1;
      }
    }
    expect(counts).toEqual({
      'uninject.gateway-security': 1,
      'uninject.own-container-order': 2,
      'uninject.own-item-order': 1,
      'uninject.probe-lost': 1,
      'uninject.probe-port-name': 8,
      'uninject.sent-value-replaced': 1,
      'uninject.shared-volume': 1,
    });
  });
});
