import { basename } from 'node:path';

/** A file that a Go module carries beside its packages; it is kept with the programs under its own name. */
export interface ModuleFile {
  readonly module: string;
  readonly path: string;
  readonly name: string;
}

const carried = (module: string, path: string): ModuleFile => ({ module, path, name: basename(path) });
const stage = (path: string) => carried('sigs.k8s.io/kwok', `kustomize/stage/node/${path}`);
const gatewayKind = (plural: string) =>
  carried('sigs.k8s.io/gateway-api', `config/crd/standard/gateway.networking.k8s.io_${plural}.yaml`);

/** KWOK's stages of nodes that report ready, and keep reporting. */
export const NODE_STAGES: readonly ModuleFile[] = [
  stage('fast/node-initialize.yaml'),
  stage('heartbeat-with-lease/node-heartbeat-with-lease.yaml'),
];

/** Definitions of Gateway API's kinds; with them istiod deploys gateways by itself. */
export const GATEWAY_KINDS: readonly ModuleFile[] = [
  'gatewayclasses',
  'gateways',
  'httproutes',
  'grpcroutes',
  'referencegrants',
].map(gatewayKind);

export const MODULE_FILES: readonly ModuleFile[] = [...NODE_STAGES, ...GATEWAY_KINDS];
