import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Interner } from '@/lib/cluster/projections/interner';
import { projectDocument } from '@/lib/cluster/projections/project-document';
import { projectPod } from '@/lib/cluster/projections/project-pod';
import { projectService } from '@/lib/cluster/projections/project-service';
import { projectWorkload } from '@/lib/cluster/projections/project-workload';
import type { MeshRecords } from './build-mesh-graph';
import { buildMeshGraph } from './build-mesh-graph';
import { verdict } from './mesh-fixtures';

const FOLDER = join(process.env.SIDELIGHT_VECTORS ?? '../shared', 'recorded/full');
const WORKLOADS = {
  deployments: 'Deployment',
  replicasets: 'ReplicaSet',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  jobs: 'Job',
  cronjobs: 'CronJob',
  replicationcontrollers: 'ReplicationController',
};

type Json = Record<string, unknown>;
const items = (name: string): readonly Json[] =>
  (JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as { items: Json[] }).items;

function readRecords(): MeshRecords {
  const interner = new Interner();
  const documents = (name: string, kind: string) => items(name).map((item) => projectDocument(item, kind, interner));
  return {
    services: items('services').map((item) => projectService(item, interner)),
    workloads: Object.entries(WORKLOADS).flatMap(([name, kind]) =>
      items(name).map((item) => projectWorkload(item, kind, interner)),
    ),
    pods: items('pods').map((item) => projectPod(item, interner)),
    istioGateways: documents('istio-gateways', 'Gateway'),
    virtualServices: documents('istio-virtualservices', 'VirtualService'),
    destinationRules: documents('istio-destinationrules', 'DestinationRule'),
    serviceEntries: documents('istio-serviceentries', 'ServiceEntry'),
    apiGateways: documents('gwapi-gateways', 'Gateway'),
    httpRoutes: documents('gwapi-httproutes', 'HTTPRoute'),
    grpcRoutes: [],
  };
}

describe.skipIf(!existsSync(FOLDER))('the recorded cluster', () => {
  const build = (...namespaces: readonly string[]) =>
    buildMeshGraph(readRecords(), { namespaces, injectionOf: () => verdict({ injected: 1 }) });
  const edges = (...namespaces: readonly string[]) => build(...namespaces).edges.map(({ id }) => id);

  it('draws bookinfo from its ingress proxy to every version', () => {
    expect(edges('bookinfo')).toEqual([
      'bookinfo/istio-gateway/bookinfo-gateway>bookinfo/service/productpage:routes',
      ...[
        'details-v1>bookinfo/deployment/details-v1',
        'details>bookinfo/deployment/details-v1',
        'productpage-v1>bookinfo/deployment/productpage-v1',
        'productpage>bookinfo/deployment/productpage-v1',
        'ratings-v1>bookinfo/deployment/ratings-v1',
        'ratings>bookinfo/deployment/ratings-v1',
        'reviews-v1>bookinfo/deployment/reviews-v1',
        'reviews-v2>bookinfo/deployment/reviews-v2',
        'reviews-v3>bookinfo/deployment/reviews-v3',
        'reviews>bookinfo/deployment/reviews-v1',
        'reviews>bookinfo/deployment/reviews-v2',
        'reviews>bookinfo/deployment/reviews-v3',
      ].map((pair) => `bookinfo/service/${pair}:selects`),
      'istio-system/deployment/istio-ingressgateway>bookinfo/istio-gateway/bookinfo-gateway:serves',
    ]);
  });

  it('tells that the routes of reviews leave v2 and v3 out', () => {
    const unrouted = build('bookinfo').edges.filter(({ isUnrouted }) => isUnrouted);
    expect(unrouted.map(({ target }) => target)).toEqual([
      'bookinfo/deployment/reviews-v2',
      'bookinfo/deployment/reviews-v3',
    ]);
  });

  it('draws the Gateway API variant with the proxy that Istio deployed', () => {
    expect(edges('gwapi')).toEqual(
      expect.arrayContaining([
        'gwapi/deployment/bookinfo-gateway-istio>gwapi/gateway/bookinfo-gateway:serves',
        'gwapi/gateway/bookinfo-gateway>gwapi/service/productpage:routes',
      ]),
    );
  });

  it('draws the whole cluster without an edge that ends nowhere', () => {
    const graph = build();
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(ids.size).toBe(graph.nodes.length);
    expect(graph.edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
    expect(graph.nodes.filter(({ kind }) => kind === 'absent')).toEqual([]);
    expect(graph.boxes.length).toBeGreaterThan(25);
  });
});
