import type { InjectionMarks } from './read-marks';
import { CNI_DEFAULTS, NETWORKS_ANNOTATION } from './template-traces.data';
import { toPart, type UninjectedPart } from './uninjected-pod';

interface KeyResult {
  readonly value?: string;
  readonly parts: readonly UninjectedPart[];
}

const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';
const NETWORK_IN_JSON = /, \{"name": "(?:[\w-]+\/)?istio-cni"(?:, "namespace": "[^"]*")?\}(?=[^\]]*\]$)/;
const NETWORK_IN_LIST = /, (?:[\w-]+\/)?istio-cni$/;
const STATUS_PORT = '15020';
const NETWORK_ALONE = /^(?:[\w-]+\/)?istio-cni$/;

/**
 * Takes the plug-in's network out of the list of a pod's networks.
 *
 * Source: Istio, pkg/kube/inject/template.go, appendMultusNetwork.
 */
export function recoverNetworks(value: string): KeyResult {
  const path = `metadata.annotations[${NETWORKS_ANNOTATION}]`;
  const values = { key: NETWORKS_ANNOTATION };
  if (NETWORK_ALONE.test(value)) {
    return { parts: [toPart({ path, fate: 'taken-off', certainty: 'implied', code: 'network-entry', values })] };
  }
  const without = value.replace(NETWORK_IN_JSON, '').replace(NETWORK_IN_LIST, '');
  if (without === value) return { value, parts: [] };
  return {
    value: without,
    parts: [toPart({ path, fate: 'restored', certainty: 'implied', code: 'network-entry', values })],
  };
}

/**
 * Judges a capture setting that the template writes down for the plug-in: the pod's own, else the mesh's.
 *
 * Output: undefined for other annotations. Without the configuration the mesh's settings are not known, so each is open.
 */
export function recoverCapture(key: string, value: string, { sent, env }: InjectionMarks): KeyResult | undefined {
  const usual = CNI_DEFAULTS.get(key);
  if (usual === undefined) return undefined;
  const path = `metadata.annotations[${key}]`;
  const values = { key };
  const own = key === EXCLUDED ? withoutStatusPort(value) : value;
  const isSent = sent?.has('metadata', 'annotations', key);
  if (isSent === false) {
    return { parts: [toPart({ path, fate: 'taken-off', certainty: 'recorded', code: 'capture-setting', values })] };
  }
  const mode = key.endsWith('interceptionMode') ? (env.get('ISTIO_META_INTERCEPTION_MODE') ?? usual) : usual;
  if (own === mode && isSent !== true) {
    const part = { path, fate: 'taken-off', certainty: 'unknown', code: 'capture-setting', values } as const;
    return { parts: [toPart({ ...part, alternatives: [value] })] };
  }
  if (isSent === true && own === value) return { value: own, parts: [] };
  const alternatives = [null, value];
  const part = { path, fate: 'kept', certainty: 'unknown', code: 'capture-setting', values, alternatives } as const;
  return { value: own, parts: [toPart(part)] };
}

/** The template adds the agent's port to the ports that are left alone. */
function withoutStatusPort(value: string): string {
  const ports = value.split(',');
  return ports.at(-1)?.trim() === STATUS_PORT ? ports.slice(0, -1).join(',') : value;
}
