import 'server-only';
import { KindTable } from './kind-table';
import type { KindId, RecordOf } from './watched-kind';

export type KindTables = { readonly [Id in KindId]: KindTable<RecordOf[Id]> };

/** An empty table per watched kind, spelled out so that each keeps its own type of record. */
export function newKindTables(): KindTables {
  return {
    namespaces: new KindTable(),
    pods: new KindTable(),
    deployments: new KindTable(),
    replicasets: new KindTable(),
    statefulsets: new KindTable(),
    daemonsets: new KindTable(),
    jobs: new KindTable(),
    cronjobs: new KindTable(),
    replicationcontrollers: new KindTable(),
    services: new KindTable(),
    endpointslices: new KindTable(),
    mutatingwebhookconfigurations: new KindTable(),
    events: new KindTable(),
    configmaps: new KindTable(),
    nodes: new KindTable(),
    'gateways.networking.istio.io': new KindTable(),
    'virtualservices.networking.istio.io': new KindTable(),
    'destinationrules.networking.istio.io': new KindTable(),
    'serviceentries.networking.istio.io': new KindTable(),
    'workloadentries.networking.istio.io': new KindTable(),
    'peerauthentications.security.istio.io': new KindTable(),
    'gatewayclasses.gateway.networking.k8s.io': new KindTable(),
    'gateways.gateway.networking.k8s.io': new KindTable(),
    'httproutes.gateway.networking.k8s.io': new KindTable(),
    'grpcroutes.gateway.networking.k8s.io': new KindTable(),
  };
}
