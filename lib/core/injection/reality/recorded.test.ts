import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decideNative } from '@/lib/core/injection/decide-native';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { openInjector } from '@/lib/core/injection/open-injector';
import { checkRendering } from './check-rendering';
import type { RenderingCheck } from './rendering-check';

const FULL = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded', 'full');
const isThere = existsSync(FULL);
if (!isThere) console.warn(`skipped: no recorded cluster at ${FULL}`);

// biome-ignore lint/suspicious/noExplicitAny: what a real API server sent
type Recorded = any;
const items = (file: string): Recorded[] => JSON.parse(readFileSync(join(FULL, `${file}.json`), 'utf8')).items;
const MAKERS = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController'];
// What a list leaves out of its items.
const toPod = (pod: Recorded) => ({ apiVersion: 'v1', kind: 'Pod', ...pod });

describe.skipIf(!isThere)('what real istiod injected, rendered again', () => {
  let pods: Recorded[];
  let makers: Map<string, Recorded>;
  let injectors: Map<string, Injector>;

  const open = (change: (values: string) => string = (values) => values) => {
    const maps = new Map(items('configmaps-istio-system').map((map) => [map.metadata.name, map.data]));
    const kubeletVersions = items('nodes').map(({ status }) => status.nodeInfo.kubeletVersion);
    const of = (revision: string, suffix: string): [string, Injector] => {
      const { config, values } = maps.get(`istio-sidecar-injector${suffix}`);
      const texts = { config, values: change(values), mesh: maps.get(`istio${suffix}`).mesh, revision };
      const nativeSidecars = decideNative({ values, kubeletVersions });
      const opened = openInjector({ ...texts, nativeSidecars, engine: 'webhook' });
      if (!opened.ok) throw new Error(opened.message);
      return [revision, opened.value];
    };
    return new Map([of('default', ''), of('1-10-2', '-1-10-2')]);
  };

  beforeAll(() => {
    makers = new Map(
      MAKERS.flatMap((kind) =>
        items(`${kind.toLowerCase()}s`).map((object) => [object.metadata.uid, { kind, object }]),
      ),
    );
    pods = items('pods')
      .map(toPod)
      .filter(({ metadata }) => metadata.annotations?.['sidecar.istio.io/status'] !== undefined);
    injectors = open();
  });

  const check = (pod: Recorded, by: Map<string, Injector>, withMaker = true): RenderingCheck => {
    const { revision } = JSON.parse(pod.metadata.annotations['sidecar.istio.io/status']);
    const owner = pod.metadata.ownerReferences?.[0]?.uid;
    const maker = withMaker ? makers.get(owner) : undefined;
    const injector = by.get(revision);
    if (injector === undefined) throw new Error(`no injector of revision ${revision}`);
    const { namespace } = pod.metadata;
    return checkRendering(injector, { running: pod, ...(maker && { maker }), namespace, namespaceAnnotations: {} });
  };
  const nameOf = ({ metadata }: Recorded) => `${metadata.namespace}/${metadata.name}`;

  it('comes out the same for every pod, of its owner’s template', () => {
    const odd = pods.flatMap((pod) => {
      const found = check(pod, injectors);
      return found.kind === 'same' ? [] : [[nameOf(pod), found]];
    });
    expect(odd).toEqual([]);
    expect(pods.length).toBeGreaterThan(100);
  });

  it('comes out the same for every pod, of what was recovered from it alone', () => {
    const odd = pods.flatMap((pod) => {
      const found = check(pod, injectors, false);
      return found.kind === 'same' ? [] : [[nameOf(pod), found]];
    });
    expect(odd).toEqual([]);
  });

  it('names the field when a value of the injector changes', () => {
    const later = open((values) =>
      values.replace('"cpu":"100m"', '"cpu":"150m"').replace('"cpu": "100m"', '"cpu": "150m"'),
    );
    const nginx = pods.find(({ metadata }) => metadata.namespace === 'mission');
    expect(check(nginx, later)).toEqual({
      kind: 'differs',
      differences: ['istio-init', 'istio-proxy'].map((name) => ({
        path: `initContainers[${name}].resources.requests[cpu]`,
        running: '100m',
        wanted: '150m',
      })),
    });
  });
});
