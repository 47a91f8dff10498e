import type { JsonObject } from './json-types';
import type { ProxyConfig } from './mesh-config';
import type { SharedData } from './run-templates';

/** The decoded data of one pod: what is the mesh's own is decoded already. */
export function sharedFor(
  shared: SharedData,
  mesh: JsonObject,
  proxyConfig: ProxyConfig,
  ownMesh?: JsonObject,
): SharedData {
  return {
    values: shared.values,
    meshConfig: ownMesh ?? shared.meshConfig,
    proxyConfig: proxyConfig === mesh.defaultConfig ? shared.proxyConfig : proxyConfig,
  };
}
